/** The seeds of the days: the same in every run, or others by SEED=n. */
export const seedOf = (day: number): string => `${process.env['SEED'] ?? '1'}/${day}`;
