/** What a command may touch of the process that runs it: `cli.ts` gives the real one, tests give theirs. */
import type { Screen } from './screen.js';

export interface Terminal {
  /** A line to standard output. */
  out(line: string): void;
  /** A line to standard error. */
  err(line: string): void;
  /** All of standard input. */
  input(): Promise<string>;
  /** Standard input, line by line, as it comes. */
  lines(): AsyncIterable<string>;
  /** Asks for a line; undefined when nobody sits there. */
  readonly prompt: (() => void) | undefined;
  /** Undefined when standard output is a file or a pipe. */
  readonly screen: Screen | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}
