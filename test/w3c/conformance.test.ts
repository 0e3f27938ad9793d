/** The table of the W3C's assertions: complete, and in README.md as the suite gives it. */
import { expect } from 'chai';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../server/root.js';
import { exceptions } from './judge.js';
import { report, reported } from './report.js';
import { assertions, bySection } from './sections.js';

describe("the W3C's assertions", () => {
  const all = assertions();

  it('are 200, by section as the REC has them', () => {
    const counts = [...bySection(all)].map(([section, { length }]) => `${section}: ${length}`);
    expect(counts).to.deep.equal([
      '3.2 scxml: 2',
      '3.3 state: 1',
      '3.7 final: 2',
      '3.8 onentry: 2',
      '3.9 onexit: 2',
      '3.10 history: 4',
      '3.12 events: 4',
      '3.13 SelectingTransitions: 21',
      '4.2 raise: 1',
      '4.3 if: 3',
      '4.6 foreach: 7',
      '4.9 EvaluationofExecutableContent: 2',
      '5.3 data: 7',
      '5.4 assign: 3',
      '5.5 donedata: 1',
      '5.6 content: 3',
      '5.7 param: 3',
      '5.8 script: 4',
      '5.9 Expressions: 8',
      '5.10 SystemVariables: 20',
      '6.2 send: 19',
      '6.3 cancel: 3',
      '6.4 invoke: 29',
      'B.1 minimal-profile: 1',
      'B.2 ecma-profile: 20',
      'C.1 SCXMLEventProcessor: 16',
      'C.2 BasicHTTPEventProcessor: 12',
    ]);
    expect(new Set(all.map(({ id }) => id))).to.have.lengthOf(200);
  });

  it('are 158 mandatory and 33 optional automatic ones, and 8 and 1 for a reader', () => {
    const count = (mandatory: boolean, manual: boolean) =>
      all.filter((assertion) => assertion.mandatory === mandatory && assertion.manual === manual).length;
    expect([count(true, false), count(false, false)]).to.deep.equal([158, 33]);
    expect([count(true, true), count(false, true)]).to.deep.equal([8, 1]);
  });

  it('all have a document, but 513', () => {
    expect(all.filter(({ cases }) => cases.length === 0).map(({ id }) => id)).to.deep.equal(['513']);
  });

  it('stand in README.md as the suite gives them: mend it with `npm run conformance`', () => {
    const readme = readFileSync(join(packageRoot, 'README.md'), 'utf8');
    expect(reported(readme)).to.equal(report(all, new Map(Object.entries(exceptions))));
  });

  it('have exceptions that are assertions', () => {
    expect(all.map(({ id }) => id)).to.include.members(Object.keys(exceptions));
  });
});
