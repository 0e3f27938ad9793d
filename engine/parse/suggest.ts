/** "Did you mean": the known name that is nearest to what an author wrote. For messages of every reader and judge. */

/** Longer names, and very many of them, are not worth the time. */
const longest = 60;
const most = 500;

const of = (row: readonly number[], index: number): number => row[index] ?? Infinity;

/** Insertions, deletions, changes and swaps of neighbours that lead from one text to the other. */
const distance = (one: string, other: string): number => {
  let before: number[] = [];
  let above = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const change = one[i - 1] === other[j - 1] ? 0 : 1;
      const swapped = one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
      const swap = swapped ? of(before, j - 2) + 1 : Infinity;
      row[j] = Math.min(of(above, j) + 1, of(row, j - 1) + 1, of(above, j - 1) + change, swap);
    }
    [before, above] = [above, row];
  }
  return of(above, other.length);
};

/** One slip for each three letters; another case is no slip at all. */
const nearest = (name: string, known: Iterable<string>): string | undefined => {
  if (name.length > longest) return undefined;
  const candidates = [...known].filter((one) => Math.abs(one.length - name.length) <= 3);
  if (candidates.length > most) return undefined;
  const lower = name.toLowerCase();
  let best: { name: string; slips: number } | undefined;
  for (const candidate of candidates) {
    const slips = distance(lower, candidate.toLowerCase());
    if (slips <= name.length / 3 && (!best || slips < best.slips)) best = { name: candidate, slips };
  }
  return best?.name;
};

/** `: did you mean X?`, or what else there is to say, or nothing. `show` writes the name as the author would. */
export const didYouMean = (
  name: string,
  known: Iterable<string>,
  { show = (one: string) => one, otherwise = '' }: { show?: (name: string) => string; otherwise?: string } = {},
): string => {
  const found = nearest(name, known);
  return found === undefined ? otherwise : `: did you mean ${show(found)}?`;
};
