/**
 * `ringback check FILE...`: every problem of each document as `file:line:col: message`, in the order of the text, warnings
 * marked; or, with `--format json`, all of them as one JSON array of `Finding`. An expression that does not parse is an error
 * here, though a session would go on with error.execution (SCXML 5.9). A note says that a document was read as the ORS dialect,
 * and why; without one it was read as SCXML 1.0.
 */
import { problemsOf } from '../../engine/index.js';
import { fileOf, formatProblem, type Problem } from '../../engine/position.js';
import { moduleTables, platformModels } from '../ors/modules/tables.js';
import { readDocument, resourcesOf } from './file.js';
import type { Terminal } from './terminal.js';

/** A problem as other programs read it. */
interface Finding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly severity: Problem['severity'];
  readonly message: string;
}

export const checkFormats = ['text', 'json'] as const;
type Format = (typeof checkFormats)[number];

/** Answers the exit code: 1 if a document has an error or a file cannot be read, else 0. */
export const runCheck = (
  files: readonly string[],
  terminal: Pick<Terminal, 'out' | 'err'>,
  format: Format = 'text',
): number => {
  let failed = false;
  const findings: Finding[] = [];
  for (const file of files) {
    const text = readDocument(file, terminal);
    const problems = text === undefined ? [] : problemsIn(text, file);
    if (format === 'text') for (const problem of problems) terminal.out(line(problem, file));
    findings.push(...problems.map((problem) => finding(problem, file)));
    failed ||= text === undefined || problems.some(isError);
  }
  if (format === 'json') terminal.out(JSON.stringify(findings, undefined, 2));
  return failed ? 1 : 0;
};

const problemsIn = (text: string, file: string): readonly Problem[] =>
  problemsOf(text, { uri: file, resources: resourcesOf(file), modules: moduleTables, platform: platformModels });

const isError = ({ severity }: Problem): boolean => severity === 'error';

const line = (problem: Problem, file: string): string =>
  formatProblem(isError(problem) ? problem : { ...problem, message: `${problem.severity}: ${problem.message}` }, file);

const finding = ({ severity, at, message }: Problem, file: string): Finding => ({
  file: fileOf(at, file),
  line: at.line,
  column: at.column,
  severity,
  message,
});
