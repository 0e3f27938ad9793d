import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { SharedReservations } from '../../../server/routing/cluster.js';
import { routing } from '../../../server/routing/routing.js';
import { routerContract } from '../../contracts/router.js';
import { agent } from './world.js';

describe('router contract: a router', () => routerContract((agents, clock) => routing({ agents, clock })));

describe('router contract: a router of a cluster', () =>
  routerContract((agents, clock) => {
    const cluster = new SharedReservations(() => clock.now());
    // the other one has nothing to do
    routing({ agents, clock, cluster }).start(() => undefined);
    return routing({ agents, clock, cluster });
  }));

describe('two routers of a cluster', () => {
  it('never have one agent at the same time', async () => {
    const clock = virtualClock();
    const cluster = new SharedReservations(() => clock.now());
    const told: string[] = [];
    const routers = ['first', 'second'].map((name) => {
      const router = routing({ agents: [agent('A', 'G')], clock, cluster });
      router.start(({ type }) => told.push(`${name} ${type}`));
      router.report('A', 'Ready');
      return router;
    });
    for (const [n, router] of routers.entries())
      router.submit({ id: `session${n}/1/0`, vq: 'VQ', targets: ['G@S.GA'] });
    await clock.advance(5_000);
    expect(told).to.deep.equal(['first selected']);
    routers[0]?.cancel('session0/1/0');
    await clock.advance(5_000);
    expect(told).to.deep.equal(['first selected', 'first ended', 'second selected']);
  });
});
