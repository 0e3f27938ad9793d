/** What the tests of `check` share: small documents, and tables of a document and the problems that it must have. */
import { expect } from 'chai';
import { check } from '../../../engine/check.js';
import { read } from '../../../engine/parse/document.js';
import type { Problem } from '../../../engine/position.js';

export const problemsOf = (text: string): Problem[] => {
  const { document, problems } = read(text);
  expect(problems.filter(({ severity }) => severity === 'error')).to.deep.equal([]);
  if (!document) throw new Error('no document');
  return check(document);
};
export const lines = (text: string): string[] =>
  problemsOf(text).map(({ severity, at, message }) => `${severity} ${at.line}:${at.column}: ${message}`);
/** The body starts on line 2, so columns are those of the table. */
export const scxml = (body: string, attributes = ''): string => `<scxml version="1.0" ${attributes}>\n${body}</scxml>`;
export const inState = (body: string): string => scxml(`<state id="s">${body}</state>`);
export const inEntry = (body: string): string => inState(`<onentry>${body}</onentry>`);

export type Row = [text: string, ...problems: string[]];
export const judge = (rows: readonly Row[]): void => {
  for (const [text, ...expected] of rows) {
    it(`${expected.length === 0 ? 'accepts' : 'tells of'} ${text.replace(/<\/?scxml[^>]*>|\n/g, '')}`, () => {
      const found = lines(text);
      expect(found, found.join('\n')).to.have.length(expected.length);
      found.forEach((line, index) => expect(line).to.include(expected[index]));
    });
  }
};
