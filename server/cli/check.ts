/**
 * `ringback check FILE...`: every problem of each document as `file:line:col: message`, in the order of the text, warnings
 * marked. A document whose structure is wrong cannot be compiled; its expressions are then judged by `expressions.ts`.
 */
import { check } from '../../engine/check.js';
import { ecmascript } from '../../engine/datamodel/ecmascript/index.js';
import { nullDatamodel } from '../../engine/datamodel/null.js';
import type { Document } from '../../engine/document.js';
import { compileText } from '../../engine/index.js';
import { read } from '../../engine/parse/document.js';
import { parseXmlTree } from '../../engine/parse/xml.js';
import { DocumentError, formatProblem, inOrder, type Problem } from '../../engine/position.js';
import { judgeExpressions } from './expressions.js';
import { readDocument, resourcesOf } from './file.js';
import type { Terminal } from './terminal.js';

/** Answers the exit code: 1 if a document has an error or a file cannot be read, else 0. */
export const runCheck = (files: readonly string[], terminal: Pick<Terminal, 'out' | 'err'>): number => {
  let failed = false;
  for (const file of files) {
    const text = readDocument(file, terminal);
    const problems = text === undefined ? [] : problemsOf(text, file);
    for (const problem of problems) terminal.out(line(problem, file));
    failed ||= text === undefined || problems.some(isError);
  }
  return failed ? 1 : 0;
};

const isError = ({ severity }: Problem): boolean => severity === 'error';

const line = (problem: Problem, file: string): string =>
  formatProblem(isError(problem) ? problem : { ...problem, message: `warning: ${problem.message}` }, file);

const problemsOf = (text: string, file: string): readonly Problem[] => {
  const { document, problems } = read(text, { uri: file });
  if (!document) return problems;
  const structure = [...problems, ...check(document)];
  const content = structure.some(isError) ? expressionProblems(document) : compileProblems(text, file);
  return inOrder([...structure, ...content]);
};

const expressionProblems = (document: Document): readonly Problem[] => {
  const datamodel = document.datamodel === 'null' ? nullDatamodel : ecmascript({ parseXml: parseXmlTree });
  return judgeExpressions(document, datamodel.builder());
};

const compileProblems = (text: string, file: string): readonly Problem[] => {
  try {
    return compileText(text, { trusted: true, uri: file, resources: resourcesOf(file) }).problems;
  } catch (error) {
    if (error instanceof DocumentError) return error.problems;
    throw error;
  }
};
