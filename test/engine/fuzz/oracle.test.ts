/**
 * The engine against the oracle (`test/support/oracle`), an interpreter of Appendix D that shares nothing with it but the reading of
 * documents: whatever random charts do that invoke each other, both tell the same. What once differed stays in `cases.ts`.
 * `FUZZ_RUNS` sets how many charts, `FUZZ_SEED` the first seed; `npm run fuzz` is a long run that says how far it is.
 *
 * 1. Charts come in batches, each with the next seed, so that a long run can be repeated from where it failed.
 * 2. SCXML leaves open in which order sessions get their turn, and XState has another order than `step-host.ts`: the oracle knows
 *    both.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { engine, oracle } from './against-oracle.js';
import { actor } from './by-actor.js';
import { cases } from './cases.js';
import { Charts } from './charts.js';
import { families, writeFamily } from './family.js';
import { moves, type Move } from './sketch.js';

const runs = Number(process.env['FUZZ_RUNS'] ?? 200);
const first = Number(process.env['FUZZ_SEED'] ?? 20261122);
const batch = 100;
const batches = Array.from({ length: Math.ceil(runs / batch) }, (_, index) => ({
  seed: first + index,
  numRuns: Math.min(batch, runs - index * batch),
}));

const agree = (text: string, sequence: readonly Move[]): void => {
  const what = `${text}\n${JSON.stringify(sequence)}`;
  const charts = new Charts();
  const inTurn = oracle(text, sequence, 'one queue');
  expect(engine(text, sequence, charts), what).to.deep.equal(inTurn);
  // Alone, a session's turn is always next.
  const expected = text.includes('<invoke') ? oracle(text, sequence, 'mailboxes') : inTurn;
  const byActor = `by createActor\n${what}`;
  expect(actor(text, sequence, false, charts), byActor).to.deep.equal(expected);
  expect(actor(text, sequence, true, charts), `restored before every move, ${byActor}`).to.deep.equal(expected);
};

/** Long enough for a chart to come back to where it was. */
const journeys = fc.tuple(moves, moves, moves).map((parts) => parts.flat());

describe('the engine and the oracle', function () {
  this.timeout(600_000);

  for (const { seed, numRuns } of batches)
    it(`agree on ${numRuns} random charts, seed ${seed}`, () => {
      fc.assert(
        fc.property(families, journeys, (family, sequence) => {
          agree(writeFamily(family), sequence);
        }),
        { seed, numRuns },
      );
    });

  for (const [name, { clause, text, moves: sequence, told }] of Object.entries(cases))
    it(`agree that ${name} (${clause})`, () => {
      expect(oracle(text, sequence, 'one queue'), 'the oracle').to.deep.equal(told);
      agree(text, sequence);
    });
});
