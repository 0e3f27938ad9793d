/**
 * Documents with one mistake each, and what an author is told of it: everything in the list, nothing else, at the place of the
 * mistake. The line of `<scxml>` is line 1.
 */
import { expect } from 'chai';
import { problemsOf } from '../../../../engine/index.js';
import type { Modules } from '../../../../engine/modules.js';

export type Row = [mistake: string, body: string, ...problems: string[]];

const modules: Modules = {
  'x.org/phone': {
    call: { attributes: { to: 'value', mode: 'literal' }, required: ['to'], params: true },
    play: {
      attributes: { file: 'value' },
      content: true,
      children: { voices: { attributes: {}, children: { voice: { attributes: { expr: 'value' } } } } },
    },
  },
};
const open =
  '<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript" xmlns:p="http://x.org/phone"';
const files: Readonly<Record<string, string>> = { 'lib.js': 'var lib = 1;\nfunction add(a) { return a + lib; }' };

export const told = (body: string, attributes = ''): string[] =>
  problemsOf(`${open}${attributes}>\n${body}\n</scxml>`, { modules, resources: (src) => files[src] }).map(
    ({ severity, at, message }) => `${severity} ${at.line}:${at.column}: ${message}`,
  );

export const judge = (rows: readonly Row[]): void => {
  for (const [mistake, body, ...expected] of rows) {
    it(`${expected.length === 0 ? 'accepts' : 'tells of'} ${mistake}`, () => {
      const found = told(body);
      expect(found, found.join('\n')).to.have.length(expected.length);
      found.forEach((line, index) => expect(line.slice(0, expected[index]?.length)).to.equal(expected[index]));
    });
  }
};

export const entry = (content: string): string => `<state id="s"><onentry>\n${content}</onentry></state>`;
export const data = (...ids: string[]): string =>
  `<datamodel>${ids.map((id) => `<data id="${id}"/>`).join('')}</datamodel>`;
