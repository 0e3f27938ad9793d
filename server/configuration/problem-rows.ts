/** What operators meet who configure services: rows of the table in `../problems.ts`. */
export const configurationRows = {
  SERVICE_NOT_FOUND: {
    status: 404,
    message: (name: string) => `there is no service ${name}: GET /ringback/services shows them`,
  },
  SERVICE_EXISTS: {
    status: 409,
    message: (name: string) => `there is a service ${name}: PUT or PATCH changes it, another name makes another`,
  },
  SERVICE_IN_USE: {
    status: 409,
    message: (name: string, count: number) =>
      `the service ${name} has ${count} callbacks that are not over, which could not be started any more: cancel them, or ask with ?force=true`,
  },
  CONFIGURATION_INVALID: {
    status: 400,
    message: (count: number, first: string) => `nothing was changed, for ${count} mistakes: ${first}`,
  },
} as const;
