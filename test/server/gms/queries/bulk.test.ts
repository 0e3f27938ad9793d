// Cancels of many at once leave others their turn: `administration.test.ts` has them over HTTP.
import { expect } from 'chai';
import { cancelAll } from '../../../../server/gms/queries/bulk.js';

/** Of one turn of the event loop, at most. */
const FEW = 8;

describe('cancelAll', () => {
  it('lets the event loop turn after every few cancels', async () => {
    const ids = Array.from({ length: 100 }, (_, n) => `1-${n}`);
    let cancelled = 0;
    let isOver = false;
    const seen: number[] = [0];
    const look = (): void => {
      seen.push(cancelled);
      if (!isOver) setImmediate(look);
    };
    setImmediate(look);
    const { success } = await cancelAll({ ids }, () => {
      cancelled += 1;
      return Promise.resolve();
    });
    isOver = true;
    const inOneTurn = seen.map((count, at) => count - (seen[at - 1] ?? 0));
    expect(success).to.have.length(ids.length);
    expect(cancelled).to.equal(ids.length);
    expect(Math.max(...inOneTurn)).to.be.within(1, FEW);
  });
});
