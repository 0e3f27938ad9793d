/** What is wrong with the options of an office-hours or capacity service. Every file of this folder that reads options throws it. */
export class CalendarMistake extends Error {
  /** `write`: what to put there instead. */
  constructor(
    readonly service: string,
    readonly option: string,
    given: string,
    write: string,
  ) {
    super(`service ${service}: ${option} is "${given.slice(0, 100)}": ${write}`);
    this.name = 'CalendarMistake';
  }
}
