/**
 * What every RouterPort does (`server/routing/port.ts`), whatever decides behind it. A router's own test calls this with the way to
 * make one that has these agents, on this clock. `router-places.ts` has what is asked of places, `router-cluster.ts` two routers.
 */
import { expect } from 'chai';
import type { VirtualClock } from '../../server/clock/virtual.js';
import type { Agent, RouterPort } from '../../server/routing/port.js';
import { openRouter, type MakeRouter, type OpenRouter } from './router-open.js';

const agents: readonly Agent[] = ['A', 'B'].map((id) => ({
  ...{ id, dn: `7${id}`, switch: 'SIP', place: `P${id}`, groups: ['G'] },
}));

export function routerContract(makeRouter: MakeRouter): void {
  let clock: VirtualClock;
  let router: RouterPort;
  let told: string[];
  let submit: OpenRouter['submit'];
  let ready: OpenRouter['ready'];
  let confirm: OpenRouter['confirm'];
  beforeEach(() => {
    ({ clock, router, told, submit, ready, confirm } = openRouter(makeRouter, agents));
  });
  afterEach(() => router.stop());

  it('selects one agent for a request, and ends it once when that is confirmed', async () => {
    await submit('1');
    await ready('A', 'B');
    expect(router.standing('1').state).to.equal('selected');
    expect(router.agentState('A')).to.equal('Reserved');
    expect([await confirm('1', 'accepted'), await confirm('1', 'accepted')]).to.deep.equal([true, false]);
    expect([router.cancel('1'), router.update('1', { priority: 1 })]).to.deep.equal([false, false]);
    expect(router.standing('1')).to.deep.equal({ state: 'ended' });
    expect(told).to.deep.equal(['1 -> A', '1 accepted']);
  });

  it('takes a live request that is submitted again for the same one', async () => {
    for (const priority of [0, 9]) await submit('1', { priority });
    await ready('A', 'B');
    expect(told).to.deep.equal(['1 -> A']);
  });

  it('serves the higher priority first, then the greater age', async () => {
    await submit('young');
    await submit('old', { ageStartMs: -1_000 });
    await submit('urgent', { priority: 1 });
    expect(router.standing('young')).to.deep.equal({ state: 'waiting', position: 3 });
    await ready('A', 'B');
    expect(told).to.deep.equal(['urgent -> A', 'old -> B']);
  });

  it('moves a request by its new priority, and offers it to nobody who is excluded', async () => {
    await submit('1');
    await submit('2');
    expect(router.update('2', { priority: 5, exclude: ['A'] })).to.equal(true);
    expect(router.standing('2')).to.deep.equal({ state: 'waiting', position: 1 });
    await ready('A', 'B');
    expect(told).to.deep.equal(['1 -> A', '2 -> B']);
  });

  it('keeps the place of a held request, and offers it when it is released', async () => {
    await submit('1', { held: true });
    await submit('2');
    await ready('A');
    expect(told).to.deep.equal(['2 -> A']);
    router.update('1', { held: false });
    await ready('B');
    expect(told).to.deep.equal(['2 -> A', '1 -> B']);
  });

  it('changes nothing when an update has a bad target', async () => {
    await submit('1');
    expect(() => router.update('1', { targets: ['Nobody@S.GA'] })).to.throw('Nobody');
    await ready('A');
    expect(told).to.deep.equal(['1 -> A']);
  });

  for (const outcome of ['rejected', 'timeout', 'no-answer'] as const)
    it(`puts a request back at its old place when the offer is ${outcome}`, async () => {
      await ready('A');
      await submit('1');
      await submit('2');
      expect(await confirm('1', outcome)).to.equal(true);
      expect(await confirm('1', 'accepted')).to.equal(false);
      await ready('B');
      expect(told).to.deep.equal(['1 -> A', '2 -> A', '1 -> B']);
    });

  it('frees the agent of a request that is cancelled', async () => {
    await ready('A');
    await submit('1');
    expect([router.cancel('1'), router.agentState('A')]).to.deep.equal([true, 'Ready']);
    await submit('2');
    expect(told).to.deep.equal(['1 -> A', '1 cancelled', '2 -> A']);
  });

  it('ends a request that has waited too long, and one that nobody confirms', async () => {
    await submit('late', { timeoutMs: 100 });
    await clock.advance(100);
    await ready('A');
    await submit('lost', { reserveMs: 100 });
    await clock.advance(100);
    expect(told).to.deep.equal(['late timeout', 'lost -> A', 'lost expired']);
    expect(router.agentState('A')).to.equal('Ready');
  });

  it('ends a request with a bad target, and offers one for a place without an agent', async () => {
    await submit('1', { targets: ['Nobody@S.GA'] });
    await submit('2', { targets: ['9000@S.RP'] });
    expect(told).to.deep.equal(['1 bad-target', '2 -> 9000']);
  });

  it('offers nothing of a service that is paused', async () => {
    router.pause('S', true);
    await submit('1', { service: 'S' });
    await ready('A');
    expect(told).to.deep.equal([]);
    router.pause('S', false);
    await clock.settle();
    expect(told).to.deep.equal(['1 -> A']);
  });

  it('refuses what an adapter says of agents that are not configured', () => {
    expect(() => router.report('X', 'Ready')).to.throw('"X"');
    expect(() => router.occupy('X', 'chat', 1)).to.throw('"X"');
    expect(router.agentState('X')).to.equal(undefined);
  });

  it('does not guess a wait, and knows one from calls that were pegged', () => {
    expect(router.waiting('VQ')).to.equal(0);
    expect(router.expectedWait('VQ', 'urs')).to.include({ known: false, waiting: 0 });
    for (let n = 0; n < 20; n += 1) router.peg('VQ', 60_000);
    expect(router.expectedWait('VQ', 'urs')).to.include({ known: true, waitMs: 60_000 });
    expect(router.statistic('G@S.GA', 'no such statistic')).to.equal(undefined);
  });

  it('tells nothing after it was stopped', async () => {
    await submit('1', { timeoutMs: 10 });
    router.stop();
    await clock.advance(100);
    expect(told).to.deep.equal([]);
  });
}
