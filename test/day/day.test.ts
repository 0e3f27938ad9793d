// A simulated day ends with nothing left over, and the same seed gives the same day. `npm run day` is the whole of it.
import { expect } from 'chai';
import { simulateDay, type DayOutcome } from './day.js';
import { SHORT_DAY } from './sizes.js';

describe('a simulated day', () => {
  let first: DayOutcome;
  before(async () => {
    first = await simulateDay(SHORT_DAY, 'one');
  });

  it('takes every call, and completes every callback with a reason', () => {
    const { callbacks, calls } = first;
    expect(calls.inbound).to.equal(SHORT_DAY.inbound);
    expect(calls.outbound).to.be.at.least(SHORT_DAY.callbacks);
    expect(calls.answered).to.be.greaterThan(SHORT_DAY.inbound / 2);
    for (const what of Object.keys(callbacks)) expect(what).to.match(/^COMPLETED [A-Z_]+$/);
    expect(Object.values(callbacks).reduce((sum, count) => sum + count, 0)).to.equal(SHORT_DAY.callbacks);
  });

  it('leaves no call, session, request or agent behind, and no line of trouble in the log', () => {
    expect(first.left).to.deep.equal({ calls: 0, sessions: 0, requests: 0, agents: 0, troubles: [] });
  });

  it('is the same day for the same seed, event by event, and another one for another', async () => {
    expect(await simulateDay(SHORT_DAY, 'one')).to.deep.equal(first);
    expect((await simulateDay(SHORT_DAY, 'two')).trace).to.not.equal(first.trace);
  });
});
