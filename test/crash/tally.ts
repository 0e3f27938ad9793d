/** Compares what should be there once with what is. */

export interface Tally {
  /** How many there should be. */
  readonly expected: number;
  readonly lost: readonly string[];
  /** There more than once, or never asked for. */
  readonly doubled: readonly string[];
}

/** `may`: allowed to be there as well, once. */
export const tally = (must: Iterable<string>, found: Iterable<string>, may: Iterable<string> = []): Tally => {
  const wanted = new Set(must);
  const allowed = new Set([...wanted, ...may]);
  const seen = new Set<string>();
  const doubled: string[] = [];
  for (const each of found) {
    if (seen.has(each) || !allowed.has(each)) doubled.push(each);
    seen.add(each);
  }
  return { expected: wanted.size, lost: [...wanted].filter((each) => !seen.has(each)), doubled };
};
