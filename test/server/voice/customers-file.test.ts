import { expect } from 'chai';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { behaviourOf } from '../../../server/voice/simulated/customers.js';
import { customersOf, readCustomers } from '../../../server/voice/simulated/customers-file.js';
import { DEMO_CENTRE } from '../../../server/voice/simulated/demo.js';

const mistakesOf = (configured: unknown): string => {
  try {
    customersOf(configured, 'here');
  } catch (error) {
    return String(error);
  }
  return '';
};

const does = (behaviour: object) => [{ does: behaviour }];

describe('a file of customers', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'customers-'))));
  after(() => {
    rmSync(folder, { recursive: true });
  });
  const written = (text: string): string => {
    const file = join(folder, 'customers.json');
    writeFileSync(file, text);
    return file;
  };

  it('may be the example in its documentation', () => {
    const source = readFileSync('server/voice/simulated/customers-file.ts', 'utf8');
    const example = /^ \* {3}(\[\{[\s\S]*?\}\])$/m.exec(source)?.[1]?.replace(/^ \*/gm, '') ?? '';
    const rules = readCustomers(written(example));
    const kinds = ['11', '5550', '22'].map((number) => behaviourOf(rules, number, 1, 'seed').kind);
    expect(kinds.slice(0, 2)).to.deep.equal(['busy', 'noAnswer']);
    expect(kinds[2]).to.be.oneOf(['human', 'noAnswer', 'tone']);
  });

  it('may be the demo', () => {
    expect(customersOf(DEMO_CENTRE.customers, 'the demo')).to.equal(DEMO_CENTRE.customers);
  });

  it('that is none says so, with its name', () => {
    const file = written('[{');
    expect(() => readCustomers(file)).to.throw(`${file}: the customers cannot be read`);
    expect(() => readCustomers(join(folder, 'none.json'))).to.throw('ENOENT');
  });

  for (const [configured, mistake] of [
    [{}, 'the file must be a JSON list of rules'],
    [[{}], 'rule 1 needs does'],
    [[7], 'rule 1 must be an object'],
    [[{ numbr: '1', does: { kind: 'busy' } }], 'rule 1 has numbr, which is none of number, startsWith, endsWith, does'],
    [[{ number: 5, does: { kind: 'busy' } }], 'rule 1.number must be a text'],
    [does([]), 'rule 1.does must be a list, with one at least'],
    [
      does([{ kind: 'busy' }, { kind: 'bsy' }]),
      'rule 1.does[1] must be an object whose kind is one of human, machine,',
    ],
    [does({ kind: 'toString' }), 'rule 1.does must be an object whose kind is one of'],
    [does({ kind: 'human', answerMs: -1 }), 'rule 1.does.answerMs must be a number from 0 to 86400000'],
    [
      does({ kind: 'human', answerMs: {} }),
      'rule 1.does.answerMs must be a number, or an object with between, mean or',
    ],
    [does({ kind: 'human', talkMs: { between: [5, 1] } }), 'rule 1.does.talkMs.between must be two numbers'],
    [does({ kind: 'human', talkMs: { between: [1, 5, 9] } }), 'rule 1.does.talkMs.between must be two numbers'],
    [does({ kind: 'human', talkMs: { median: 5 } }), 'rule 1.does.talkMs needs spread'],
    [does({ kind: 'human', talkMs: { median: 5, spread: 0.5 } }), 'rule 1.does.talkMs.spread must be a number from 1'],
    [does({ kind: 'human', talkMs: { mean: '5' } }), 'rule 1.does.talkMs.mean must be a number'],
    [does({ kind: 'human', impatient: 101 }), 'rule 1.does.impatient must be a number from 0 to 100'],
    [does({ kind: 'human', presses: [{ digits: 'x' }] }), 'rule 1.does.presses[0].digits must be keys'],
    [does({ kind: 'machine', beep: 'no' }), 'rule 1.does.beep must be true or false'],
    [does({ kind: 'tone' }), 'rule 1.does needs tone'],
    [does({ kind: 'fails', state: 'Ok' }), 'rule 1.does.state must be one of Busy, SitInvalidNum'],
    [does({ kind: 'busy', answerMs: 1 }), 'rule 1.does has answerMs, which is none of kind'],
    [does({ kind: 'random', of: [] }), 'rule 1.does.of must be a list, with one at least'],
    [
      does({ kind: 'random', of: [{ weight: 0, does: { kind: 'busy' } }] }),
      'rule 1.does.of[0].weight must be a number',
    ],
    [does({ kind: 'random', of: [{ weight: 1, does: { kind: 'x' } }] }), 'rule 1.does.of[0].does must be an object'],
  ] as const)
    it(`is refused: ${mistake}`, () => {
      expect(mistakesOf(configured)).to.contain(`The customers of here cannot be used:\n${mistake}`);
    });

  it('is refused with all its mistakes at once', () => {
    expect(
      mistakesOf([{}, { does: { kind: 'fax', decideMs: 'x' } }])
        .split('\n')
        .slice(1),
    ).to.deep.equal(['rule 1 needs does', 'rule 2.does.decideMs must be a number from 0 to 86400000']);
  });
});
