/** Rows under headings, as wide as the terminal: where that is narrow, columns are left out, the least important first. */
import { cut, plain, widthOf } from './plain.js';

export interface Column<R> {
  readonly title: string;
  readonly of: (row: R) => string;
  /** The larger, the longer it stays; the first column always does. */
  readonly rank: number;
  readonly toTheRight?: true;
}

/** A cell is never wider. */
const WIDEST = 48;
const GAP = '  ';

interface Laid {
  readonly cells: readonly string[];
  readonly width: number;
  readonly rank: number;
  readonly toTheRight: boolean;
}

/** Lines of at most `width` columns; the first has the headings. */
export const table = <R>(columns: readonly Column<R>[], rows: readonly R[], width: number): string[] => {
  const laid = fitting(
    columns.map(({ title, of, rank, toTheRight = false }) => {
      const cells = [title, ...rows.map((row) => cut(plain(of(row)), WIDEST))];
      return { cells, rank, toTheRight, width: Math.max(...cells.map(widthOf)) };
    }),
    width,
  );
  return ['', ...rows].map((_, line) => {
    const cells = laid.map(({ cells: { [line]: cell = '' }, width: wide, toTheRight }) => {
      const space = ' '.repeat(wide - widthOf(cell));
      return toTheRight ? space + cell : cell + space;
    });
    return cut(cells.join(GAP).trimEnd(), width);
  });
};

const fitting = (columns: readonly Laid[], width: number): readonly Laid[] => {
  const needed = columns.reduce((sum, column) => sum + column.width + GAP.length, -GAP.length);
  if (needed <= width || columns.length === 1) return columns;
  const [, ...others] = columns;
  const least = Math.min(...others.map(({ rank }) => rank));
  return fitting(
    columns.filter((column, index) => index === 0 || column.rank !== least),
    width,
  );
};
