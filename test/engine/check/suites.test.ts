/** The documents of the suites and our own strategies: nothing is held against them that is not wrong. */
import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { problemsOf } from '../../../engine/index.js';
import { formatProblem, type Problem } from '../../../engine/position.js';
import { resourcesOf } from '../../../server/cli/file.js';
import { packageRoot } from '../../../server/root.js';

const suites = join(packageRoot, 'node_modules/@scion-scxml/test-framework/test');

const told = (folder: string, severity?: Problem['severity']): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.scxml'))
    .sort()
    .flatMap((file) => {
      const path = join(folder, file);
      const problems = problemsOf(readFileSync(path, 'utf8'), { uri: file, resources: resourcesOf(path) });
      return problems
        .filter((problem) => severity === undefined || problem.severity === severity)
        .map((problem) => formatProblem(problem, file.replace(/(\.txml)?\.scxml$/, '').replaceAll('\\', '/')));
    });

/** What these documents do wrong to see that it is an error when they run; only these places are told. */
const meant = [
  ...['assign/assign_invalid:19:44: Unexpected token', 'data/data_invalid:6:32: Unexpected token'],
  'w3c-ecma/test152:28:24: "\'continue\'" cannot be the name of a variable: choose another',
  'w3c-ecma/test156:17:29: variable "Var5" is assigned to and not declared: did you mean Var1?',
  ...['w3c-ecma/test156:17:41: Unexpected token', 'w3c-ecma/test277:4:28: Unexpected token'],
  'w3c-ecma/test301:3:2: script "D:\\foo" cannot be loaded: the document is refused',
  ...['w3c-ecma/test307:17:40: Unexpected token', 'w3c-ecma/test307:35:40: Unexpected token'],
  ...['w3c-ecma/test309:4:21: Unexpected token', 'w3c-ecma/test312:9:34: Unexpected token'],
  ...['w3c-ecma/test313:10:34: Unexpected token', 'w3c-ecma/test314:21:36: Unexpected token'],
  'w3c-ecma/test322:15:23: _sessionid is read-only (SCXML 5.10)',
  'w3c-ecma/test324:11:23: _name is read-only (SCXML 5.10)',
  'w3c-ecma/test326:15:23: _ioprocessors is read-only (SCXML 5.10)',
  'w3c-ecma/test329:14:24: _sessionid is read-only (SCXML 5.10)',
  'w3c-ecma/test329:24:24: _event is read-only (SCXML 5.10)',
  'w3c-ecma/test329:33:24: _name is read-only (SCXML 5.10)',
  'w3c-ecma/test329:43:24: _ioprocessors is read-only (SCXML 5.10)',
  'w3c-ecma/test344:7:21: Unexpected token',
  'w3c-ecma/test346:8:23: _sessionid is read-only (SCXML 5.10)',
  'w3c-ecma/test346:18:23: _event is read-only (SCXML 5.10)',
  'w3c-ecma/test346:31:23: _ioprocessors is read-only (SCXML 5.10)',
  'w3c-ecma/test346:41:23: _name is read-only (SCXML 5.10)',
  'w3c-ecma/test436:17:54: the null datamodel has no value expressions (SCXML B.1)',
  'w3c-ecma/test436:18:54: the null datamodel has no value expressions (SCXML B.1)',
  'w3c-ecma/test457:27:24: "\'continue\'" cannot be the name of a variable: choose another',
  ...['w3c-ecma/test487:8:34: Unexpected token', 'w3c-ecma/test488:17:20: Unexpected token'],
  'w3c-ecma/test528:15:22: Unexpected token',
];

describe('check of whole suites', () => {
  it('finds in the documents of SCION and the W3C exactly the errors that they have on purpose', () => {
    expect(told(suites, 'error')).to.deep.equal(meant);
  });

  it('warns there of 12 undeclared variables and 11 transitions that are never taken, as they are', () => {
    const warnings = told(suites, 'warning');
    const count = (words: string): number => warnings.filter((line) => line.includes(words)).length;
    expect([count('is read and not declared'), count('is never taken')]).to.deep.equal([12, 11]);
    expect(count('without end') + count('never stops') + count('again and again')).to.equal(0);
  });
});
