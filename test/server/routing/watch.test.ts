import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { routing } from '../../../server/routing/routing.js';

const alice = { id: 'alice', dn: '7001', switch: 'S', place: 'P', groups: ['G'] };

describe('what routing shows of a centre', () => {
  it('tells each new state of an agent once, those that only routing knows among them', () => {
    const router = routing({ clock: virtualClock(), agents: [alice] });
    const told: string[] = [];
    router.watch((agent, state) => told.push(`${agent} ${state}`));
    router.start((event) => {
      told.push(event.type);
      if (event.type === 'selected') router.confirm(event.selected.reservation, 'rejected');
    });
    router.report('alice', 'Ready');
    router.report('alice', 'Ready');
    router.submit({ id: 'r', vq: 'V', targets: ['alice@StatServer.A'] });
    expect(told).to.deep.equal(['alice Ready', 'alice Reserved', 'selected', 'alice Ready']);
  });

  it('shows the queues that were used, who waits in each, and for how long the first one does', async () => {
    const clock = virtualClock();
    const router = routing({ clock, agents: [alice] });
    router.start(() => undefined);
    router.peg('Pegged', 1000);
    router.submit({ id: 'r', vq: 'V', targets: ['alice@StatServer.A'] });
    await clock.advance(4000);
    router.submit({ id: 's', vq: 'V', priority: 9, targets: ['alice@StatServer.A'] });
    expect(router.queues()).to.deep.equal([
      { name: 'Pegged', waiting: 0, longestMs: 0 },
      { name: 'V', waiting: 2, longestMs: 4000 },
    ]);
  });
});
