/** Places in the text of a document and in what it includes, and the problems that are found there. Every room of the engine speaks of them. */
import { nameOf } from './parse/include/name.js';

/** A text that stands in a document by XInclude. */
export interface Included {
  /** Relative to the outermost document, or a URL. */
  readonly uri: string;
  readonly parse: 'xml' | 'text';
  /** What its states' ids begin with, without the dot; '' for nothing. */
  readonly prefix: string;
}

/** A place in a document's text, or in one that it includes: line and column count from 1, as editors do. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly included?: Included;
}

/**
 * One thing that is wrong with a document, and where. `check` lists them all; `compile` refuses on any `error`. A note says how the
 * document was taken.
 */
export interface Problem {
  readonly severity: 'error' | 'warning' | 'note';
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
  `${fileOf(at, uri)}:${at.line}:${at.column}: ${message}`;

/** The text in which a place lies. */
export const fileOf = ({ included }: Position, uri: string): string => (included ? nameOf(included.uri, uri) : uri);

/** Problems in the order of the text, those of included texts behind. */
export const inOrder = (problems: readonly Problem[]): Problem[] =>
  [...problems].sort(
    ({ at: a }, { at: b }) => byText(a.included, b.included) || a.line - b.line || a.column - b.column,
  );

/** The line of a place, for messages about another one. */
export const lineOf = ({ line, included }: Position): string =>
  included ? `line ${line} of ${included.uri}` : `line ${line}`;

const byText = ({ uri: a } = outermost, { uri: b } = outermost): number => Number(a > b) - Number(a < b);
const outermost = { uri: '' };
