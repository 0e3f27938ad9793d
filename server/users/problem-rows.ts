/** What users of callbacks can meet at the door (`door.ts`): rows of the table in `../problems.ts`. */
export const userRows = {
  USER_UNKNOWN: {
    status: 401,
    message: () =>
      'name or password is wrong: send those of a user, with HTTP Basic; an operator sets them with "ringback user"',
  },
  USER_LOCKED: {
    status: 429,
    message: (seconds: number) =>
      `this failed too often, for this user or from this address: try again in ${seconds} s, with the right password`,
  },
  USER_NOT_ALLOWED: {
    status: 403,
    message: (name: string, right: string) =>
      `the roles of "${name}" do not allow to ${right} here: an administrator gives others, with "ringback user"`,
  },
  USERS_UNREADABLE: {
    status: 503,
    message: () =>
      'the list of users cannot be read, so nobody is let in: an operator looks at users.json of the data folder',
  },
} as const;
