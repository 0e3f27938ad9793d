/** What decides everything in a walk: a number, and what is drawn from it. */

/** Any of a list, a chance below one, or a number: who draws decides everything. */
export interface Draw {
  of<T>(values: readonly T[]): T;
  chance(of: number): boolean;
  /** For what is to be drawn again, by who knows this number. */
  seed(): number;
}

/** mulberry32 */
export const drawFrom = (seed: number): Draw => {
  let state = seed;
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    of: (values) => values[Math.floor(next() * values.length)] as (typeof values)[number],
    chance: (of) => next() < of,
    seed: () => Math.floor(next() * 2 ** 32),
  };
};
