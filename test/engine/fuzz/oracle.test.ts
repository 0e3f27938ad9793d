/**
 * The engine against the oracle (`test/support/oracle`), an interpreter of Appendix D that shares nothing with it but the reading of
 * documents: whatever random charts do that invoke each other, both tell the same. What once differed stays in `cases.ts`.
 * `FUZZ_RUNS` sets how many charts, `FUZZ_SEED` the first seed; `npm run fuzz` is a long run that says how far it is.
 *
 * 1. Charts come in batches, each with the next seed, so that a long run can be repeated from where it failed.
 * 2. SCXML leaves open in which order sessions get their turn, and XState has another order than `step-host.ts`: by createActor are
 *    run the charts that invoke nothing.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { actor, engine, oracle } from './against-oracle.js';
import { cases } from './cases.js';
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
  const expected = oracle(text, sequence);
  const what = `${text}\n${JSON.stringify(sequence)}`;
  expect(engine(text, sequence), what).to.deep.equal(expected);
  if (text.includes('<invoke')) return;
  expect(actor(text, sequence), `by createActor\n${what}`).to.deep.equal(expected);
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
      expect(oracle(text, sequence), 'the oracle').to.deep.equal(told);
      agree(text, sequence);
    });
});
