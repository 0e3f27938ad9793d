/**
 * What every RouterPort does for places in its queues: targets one after the other, media, holds and pauses, times to dial and to wait.
 * Called beside `router.ts`.
 */
import { expect } from 'chai';
import type { VirtualClock } from '../../server/clock/virtual.js';
import type { Agent, RouterPort, TargetStep } from '../../server/routing/port.js';
import { openRouter, type MakeRouter, type OpenRouter } from './router-open.js';

const agents: readonly Agent[] = (
  [
    ['A', 'G', { capacity: { chat: 2 } }],
    ['B', 'H', {}],
    ['C', 'I', { skills: { English: 5, Loans: 1 } }],
  ] as const
).map(([id, group, more]) => ({
  ...{ id, dn: `7${id}`, switch: 'SIP', place: `P${id}`, groups: ['All', group], ...more },
}));

const available = (target: string, operator: '<' | '>', value: number): TargetStep => ({
  ...{ target, timeoutMs: 1_000 },
  unless: { stat: 'StatAgentsAvailable', operator, value },
});

export function routerPlacesContract(makeRouter: MakeRouter): void {
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
  const present = async (...ids: string[]): Promise<void> => {
    for (const id of ids) router.report(id, 'NotReady');
    await clock.settle();
  };

  describe('targets one after the other', () => {
    for (const clear of [false, true])
      it(`are waited for in their time, and ${clear ? 'given up' : 'kept'} then`, async () => {
        await present('A', 'B');
        await submit('1', { targets: [{ target: 'G@S.GA', timeoutMs: 10, clear }, { target: 'H@S.GA' }] });
        await ready('B');
        expect(told).to.deep.equal([]);
        await present('B');
        await clock.advance(10);
        await ready('A');
        expect(told).to.deep.equal(clear ? [] : ['1 -> A']);
        await ready('B');
        expect(told).to.deep.equal([`1 -> ${clear ? 'B' : 'A'}`]);
      });

    const passed: [what: string, steps: TargetStep[], taken: string][] = [
      ['while nobody is logged in there, by default', [{ target: 'I@S.GA' }, { target: 'H@S.GA' }], 'B'],
      ['while less than so many are free', [available('G@S.GA', '<', 1), { target: 'H@S.GA' }], 'B'],
      ['not while as many are', [available('H@S.GA', '<', 1), { target: 'G@S.GA' }], 'B'],
      ['while more than so many are free', [available('H@S.GA', '>', 0), { target: 'All@S.GA' }], 'B'],
      ['but never the last', [{ target: 'I@S.GA' }, available('H@S.GA', '>', 0)], 'B'],
    ];
    for (const [what, steps, taken] of passed)
      it(`are passed over ${what}`, async () => {
        await present('A');
        await ready('B');
        await submit('1', { targets: steps });
        expect(told).to.deep.equal([`1 -> ${taken}`]);
      });

    it('are 15 at most', async () => {
      const steps = Array.from({ length: 16 }, () => ({ target: 'G@S.GA' }));
      await submit('1', { targets: steps.slice(1) });
      await submit('2', { targets: steps });
      expect(told).to.deep.equal(['2 bad-target']);
    });
  });

  it('takes who has the skills', async () => {
    await ready('A', 'B', 'C');
    await submit('1', { targets: ['?:English>4 & Loans=1@S.GA'] });
    await submit('2', { targets: ['?:English>4 & Loans=2@S.GA'] });
    expect(told).to.deep.equal(['1 -> C']);
  });

  it('gives as many chats as the capacity allows, and no call beside them', async () => {
    await ready('A');
    router.occupy('A', 'chat', 1);
    await submit('call');
    await submit('chat', { media: 'chat' });
    expect(told).to.deep.equal(['chat -> A']);
    await confirm('chat', 'rejected');
    router.occupy('A', 'chat', 2);
    await submit('more', { media: 'chat' });
    expect(told).to.have.length(1);
    router.occupy('A', 'chat', 0);
    await clock.settle();
    expect(told.at(-1)).to.equal('call -> A');
  });

  it('gives the next chat as soon as the one before is there, accepted before or after', async () => {
    await ready('A');
    for (const id of ['1', '2', '3']) await submit(id, { media: 'chat' });
    router.occupy('A', 'chat', 1);
    await confirm('1', 'accepted');
    expect(told.filter((each) => each.includes('->'))).to.deep.equal(['1 -> A', '2 -> A']);
    await confirm('2', 'accepted');
    router.occupy('A', 'chat', 2);
    router.occupy('A', 'chat', 1);
    await clock.settle();
    expect(told.at(-1)).to.equal('3 -> A');
  });

  it('offers it to none of the agents who are excluded, those of an update included', async () => {
    await submit('1', { targets: ['All@S.GA'], exclude: ['A'] });
    await ready('A');
    router.update('1', { exclude: ['A', 'B'] });
    await ready('B');
    expect(told).to.deep.equal([]);
    await ready('C');
    expect(told).to.deep.equal(['1 -> C']);
  });

  it('keeps the place of one that is snoozed, for so long', async () => {
    await submit('1');
    await submit('2');
    router.update('1', { held: 5_000 });
    await clock.advance(4_999);
    expect([told, router.standing('1')]).to.deep.equal([[], { state: 'waiting', position: 1 }]);
    await clock.advance(1);
    await ready('A');
    expect(told).to.deep.equal(['1 -> A']);
  });

  it('keeps the places of a service that is paused, of new requests, too, and ends them in their time', async () => {
    await submit('1', { service: 'S', priority: 1 });
    router.pause('S', true);
    await submit('2', { service: 'S', priority: 1, timeoutMs: 100 });
    await submit('3');
    await ready('A');
    expect(told).to.deep.equal(['3 -> A']);
    await clock.advance(100);
    expect(told.at(-1)).to.equal('2 timeout');
    await confirm('3', 'accepted');
    router.pause('S', false);
    await present('A');
    await ready('A');
    expect(told.at(-1)).to.equal('1 -> A');
  });

  describe('the time to dial', () => {
    const held = { held: true, targets: ['All@S.GA'] };

    it('is told once, in the order of service, while there are as many agents as customers who answer', async () => {
      for (const id of ['1', '2', '3', '4']) await submit(id, { ...held, dialling: { dialMs: 20_000 } });
      await ready('A');
      expect(told).to.deep.equal(['1 dial, 1.']);
      await ready('B', 'C');
      expect(told).to.deep.equal(['1 dial, 1.', '2 dial, 2.', '3 dial, 3.']);
    });

    it('takes more customers the fewer of them answer', async () => {
      for (const id of ['1', '2', '3']) await submit(id, { ...held, dialling: { dialMs: 20_000, success: 50 } });
      await ready('A');
      expect(told).to.deep.equal(['1 dial, 1.', '2 dial, 2.']);
    });

    it('is told by position, and by the expected wait, where that is asked for', async () => {
      await submit('0', { targets: ['All@S.GA'] });
      await submit('1', { ...held, dialling: { dialMs: 0, position: 1 } });
      expect(told).to.deep.equal([]);
      router.cancel('0');
      await clock.settle();
      expect(told.at(-1)).to.equal('1 dial, 1.');
      router.peg('other', 30_000);
      await submit('2', { ...held, vq: 'other', dialling: { dialMs: 0, etaMs: 29_999 } });
      await submit('3', { ...held, vq: 'third', dialling: { dialMs: 0, etaMs: 30_000 } });
      expect(told.at(-1)).to.equal('1 dial, 1.');
      router.cancel('2');
      await submit('4', { ...held, vq: 'other', dialling: { dialMs: 0, etaMs: 30_000 } });
      expect(told.at(-1)).to.equal('4 dial, 1.');
    });
  });

  it('expects waits by what agents spend on calls: those who are logged in and have had one', async () => {
    expect(router.expectedWait('VQ', 'urs2').known).to.equal(false);
    for (const [id, ms] of [
      ['A', 60_000],
      ['B', 120_000],
    ] as const) {
      router.report(id, 'Busy');
      await clock.advance(ms);
      router.report(id, 'NotReady');
    }
    for (const id of ['1', '2']) await submit(id, { targets: ['All@S.GA'] });
    // 1/60 + 1/120 a second: 40 s a call, for two and the new one
    expect(router.expectedWait('VQ', 'urs2')).to.deep.include({
      known: true,
      perCallMs: 40_000,
      waiting: 2,
      waitMs: 120_000,
    });
    router.report('B', 'LoggedOut');
    expect(router.expectedWait('VQ', 'urs2')).to.deep.include({ perCallMs: 60_000, waitMs: 180_000 });
  });
}
