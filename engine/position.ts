/** A place in a document's text: line and column count from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One thing that is wrong with a document, and where. `check` lists them all; `compile` refuses on any `error`. */
export interface Problem {
  readonly severity: 'error' | 'warning';
  readonly at: Position;
  readonly message: string;
}

/** A document that cannot be run: everything that is wrong with it, in the order of the text. */
export class DocumentError extends Error {
  override readonly name = 'DocumentError';
  constructor(
    readonly problems: readonly Problem[],
    readonly uri: string,
  ) {
    super(problems.map((problem) => formatProblem(problem, uri)).join('\n'));
  }
}

/** `file:line:col: message`, the form that editors and terminals make clickable. */
export const formatProblem = ({ at, message }: Problem, uri: string): string =>
  `${uri}:${at.line}:${at.column}: ${message}`;

/** Problems in the order of the text. */
export const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort(({ at: a }, { at: b }) => a.line - b.line || a.column - b.column);
