// Callbacks among faults of every kind. `npm run chaos` has a thousand; SEED=n draws others.
import { expect } from 'chai';
import { chaos } from './chaos.js';
import { seedOf } from './seed.js';
import { SHORT, WHOLE } from './sizes.js';

describe('whatever fails around callbacks', () => {
  for (let day = 1; day <= SHORT.days; day += 1)
    it(`each of them ends once with a reason, and leaves nothing behind: day ${seedOf(day)}`, async () => {
      const { wrong, faults } = await chaos(seedOf(day), SHORT.callbacks);
      expect(wrong, `SEED=${seedOf(day).replace(/\/.*/, '')} npx mocha test/chaos/chaos.test.ts`).to.deep.equal([]);
      expect(faults.deaths).to.be.greaterThan(0);
    }).timeout(60_000);

  it('a process begins though it cannot write at once what starts a callback again', async () => {
    const { wrong } = await chaos('2/9', WHOLE.callbacks);
    expect(wrong).to.not.include('no process runs');
  }).timeout(60_000);
});
