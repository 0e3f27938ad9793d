/**
 * Random charts (`sketch.ts`, `document.ts`) played in every way (`ways.ts`): nobody can tell the ways apart.
 * `FUZZ_RUNS` sets the number of charts, `FUZZ_SEED` the seed.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { check } from '../../../engine/check.js';
import { compileText } from '../../../engine/index.js';
import { parse } from '../../../engine/parse/document.js';
import { write } from './document.js';
import { charts, moves } from './sketch.js';
import { live, ways } from './ways.js';

const numRuns = Number(process.env['FUZZ_RUNS'] ?? 200);
const seed = Number(process.env['FUZZ_SEED'] ?? 20261122);

describe('a random chart', function () {
  this.timeout(Math.max(60_000, numRuns * 300));

  it('is a document without errors', () => {
    fc.assert(
      fc.property(charts, (chart) => {
        const text = write(chart);
        expect(
          check(parse(text)).filter(({ severity }) => severity === 'error'),
          text,
        ).to.deep.equal([]);
      }),
      { numRuns, seed },
    );
  });

  it('goes the same way, whoever steps it and however often it is saved', () => {
    fc.assert(
      fc.property(charts, moves, (chart, sequence) => {
        const text = write(chart);
        const compiled = compileText(text, { trusted: true, uri: 'fuzz' });
        const expected = live(compiled, sequence);
        for (const [name, play] of Object.entries(ways))
          expect(play(compiled, sequence), `${name}\n${text}\n${JSON.stringify(sequence)}`).to.deep.equal(expected);
      }),
      { numRuns, seed },
    );
  });
});
