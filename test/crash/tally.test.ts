import { expect } from 'chai';
import { tally } from './tally.js';

describe('tally', () => {
  const cases = [
    { found: ['a', 'b'], lost: [], doubled: [] },
    { found: ['a'], lost: ['b'], doubled: [] },
    { found: ['a', 'b', 'b'], lost: [], doubled: ['b'] },
    { found: ['a', 'b', 'c'], lost: [], doubled: [] },
    { found: ['a', 'b', 'c', 'c'], lost: [], doubled: ['c'] },
    { found: ['a', 'b', 'd'], lost: [], doubled: ['d'] },
  ];
  for (const { found, ...outcome } of cases)
    it(`of a and b, and c perhaps, finds in ${found.join(' ')}: ${outcome.lost.length} lost, ${outcome.doubled.length} too many`, () => {
      expect(tally(['a', 'b'], found, ['c'])).to.deep.equal({ expected: 2, ...outcome });
    });
});
