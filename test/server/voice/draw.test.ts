import { expect } from 'chai';
import type { Behaviour, CustomerRule, Span } from '../../../server/voice/simulated/behaviour.js';
import { chance } from '../../../server/voice/simulated/chance.js';
import { behaviourOf } from '../../../server/voice/simulated/customers.js';
import { spanOf } from '../../../server/voice/simulated/draw.js';

const draws = (span: Span, seed = 'a') =>
  Array.from({ length: 4_000 }, (_, i) => spanOf(span, (part) => chance(seed, i, part))).sort((a, b) => a - b);
const at = (sorted: readonly number[], share: number) => sorted[Math.floor(sorted.length * share)] ?? NaN;
const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

describe('spans of time', () => {
  it('that are a number are always that', () => {
    expect(new Set(draws(7_000))).to.deep.equal(new Set([7_000]));
  });

  it('between two are spread evenly', () => {
    const drawn = draws({ between: [2_000, 6_000] });
    expect([at(drawn, 0), at(drawn, 0.999)]).to.satisfy(([from = 0, to = 0]) => from >= 2_000 && to <= 6_000);
    for (const share of [0.1, 0.5, 0.9]) expect(at(drawn, share)).to.be.closeTo(2_000 + share * 4_000, 150);
  });

  it('with a mean are exponential, and not above the most', () => {
    const drawn = draws({ mean: 60_000 });
    expect(meanOf(drawn)).to.be.closeTo(60_000, 3_000);
    expect(at(drawn, 0.5)).to.be.closeTo(60_000 * Math.LN2, 3_000);
    expect(at(draws({ mean: 60_000, most: 90_000 }), 0.999)).to.equal(90_000);
  });

  it('around a median are log-normal: two thirds within the spread', () => {
    const drawn = draws({ median: 90_000, spread: 2 });
    expect(at(drawn, 0.5)).to.be.closeTo(90_000, 5_000);
    expect(at(drawn, 0.159)).to.be.closeTo(45_000, 4_000);
    expect(at(drawn, 0.841)).to.be.closeTo(180_000, 12_000);
    expect(at(draws({ median: 90_000, spread: 2, most: 100_000 }), 0.999)).to.equal(100_000);
  });

  it('are whole milliseconds, the same for the same seed', () => {
    const spans: Span[] = [{ between: [0, 9_999] }, { mean: 500 }, { median: 500, spread: 3 }];
    for (const span of spans) {
      expect(draws(span).every(Number.isInteger)).to.equal(true);
      expect(draws(span)).to.deep.equal(draws(span));
      expect(draws(span)).not.to.deep.equal(draws(span, 'b'));
    }
  });
});

describe('customers by distributions', () => {
  const human: Behaviour = {
    kind: 'human',
    answerMs: { between: [1_000, 20_000] },
    patienceMs: { mean: 60_000 },
    impatient: 30,
    talkMs: { median: 120_000, spread: 2 },
    presses: [{ digits: '1' }],
  };
  const rules: CustomerRule[] = [
    {
      does: {
        kind: 'random',
        of: [
          { weight: 60, does: human },
          { weight: 20, does: { kind: 'noAnswer' } },
          { weight: 20, does: { kind: 'machine', greetingMs: { between: [3_000, 9_000] } } },
        ],
      },
    },
  ];
  const people = (seed: string) => Array.from({ length: 2_000 }, (_, i) => behaviourOf(rules, `${i}`, 1, seed));

  it('are as many of each kind as the weights say, and each has times of their own', () => {
    const all = people('a');
    const humans = all.flatMap((one) => (one.kind === 'human' ? [one] : []));
    expect(humans.length).to.be.within(1_120, 1_280);
    expect(all.filter(({ kind }) => kind === 'machine').length).to.be.within(330, 470);
    expect(new Set(humans.map(({ answerMs }) => answerMs)).size).to.be.greaterThan(900);
    // what is drawn for one time says nothing about another
    const slow = humans.filter(({ answerMs = 0 }) => answerMs > 10_500).map(({ talkMs = 0 }) => talkMs);
    const quick = humans.filter(({ answerMs = 0 }) => answerMs <= 10_500).map(({ talkMs = 0 }) => talkMs);
    expect(
      at(
        slow.sort((a, b) => a - b),
        0.5,
      ) /
        at(
          quick.sort((a, b) => a - b),
          0.5,
        ),
    ).to.be.within(0.8, 1.25);
  });

  it('lose their patience by the share that does', () => {
    const humans = people('a').flatMap((one) => (one.kind === 'human' ? [one] : []));
    const share = humans.filter(({ patienceMs }) => patienceMs !== undefined).length / humans.length;
    expect(share).to.be.within(0.26, 0.34);
  });

  it('are the same for the same seed, and others for another', () => {
    expect(people('a')).to.deep.equal(people('a'));
    expect(people('a')).not.to.deep.equal(people('b'));
  });

  it('are other people at the next attempt', () => {
    expect(behaviourOf([{ does: human }], '1', 1, 'a')).not.to.deep.equal(behaviourOf([{ does: human }], '1', 2, 'a'));
  });
});
