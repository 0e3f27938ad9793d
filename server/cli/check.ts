/**
 * `ringback check FILE...`: every problem of each document as `file:line:col: message`, in the order of the text, warnings
 * marked. An expression that does not parse is an error here, though a session would go on with error.execution (SCXML 5.9).
 */
import { problemsOf } from '../../engine/index.js';
import { formatProblem, type Problem } from '../../engine/position.js';
import { readDocument, resourcesOf } from './file.js';
import type { Terminal } from './terminal.js';

/** Answers the exit code: 1 if a document has an error or a file cannot be read, else 0. */
export const runCheck = (files: readonly string[], terminal: Pick<Terminal, 'out' | 'err'>): number => {
  let failed = false;
  for (const file of files) {
    const text = readDocument(file, terminal);
    const problems = text === undefined ? [] : problemsOf(text, { uri: file, resources: resourcesOf(file) });
    for (const problem of problems) terminal.out(line(problem, file));
    failed ||= text === undefined || problems.some(isError);
  }
  return failed ? 1 : 0;
};

const isError = ({ severity }: Problem): boolean => severity === 'error';

const line = (problem: Problem, file: string): string =>
  formatProblem(isError(problem) ? problem : { ...problem, message: `warning: ${problem.message}` }, file);
