/** From an offset in a text to line and column; `xml.ts` counts in offsets, problems speak of places. */
import type { Position } from '../position.js';

const lineStarts = (text: string): number[] => {
  const starts = [0];
  for (let end = text.indexOf('\n'); end >= 0; end = text.indexOf('\n', end + 1)) starts.push(end + 1);
  return starts;
};

/** Finds the place of any offset of this text in O(log lines). */
export const locator = (text: string): ((offset: number) => Position) => {
  const starts = lineStarts(text);
  return (offset) => {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
};

/** The way back: the offset of a place. */
export const indexer = (text: string): ((at: Position) => number) => {
  const starts = lineStarts(text);
  return ({ line, column }) => (starts[line - 1] ?? 0) + column - 1;
};
