/** A time as a row has it: whole milliseconds, rounded so that nothing is done before it. */
export const timeOf = (milliseconds: number): number => Math.min(Math.ceil(milliseconds), Number.MAX_SAFE_INTEGER);
