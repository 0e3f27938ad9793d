/** Held places, growing priorities, pauses, media, clusters, and the time to dial. */
import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import { BadTarget } from '../../../server/routing/target.js';
import { SharedReservations } from '../../support/routing/reservations.js';
import { agent, world } from './world.js';

describe('a place in the queue', () => {
  const agents = [agent('A', 'G'), agent('B', 'G', { capacity: { chat: 2 } })];

  it('is kept while it is held, and the others go on', async () => {
    const { clock, router, told, submit } = world(agents);
    submit('1', { held: true });
    submit('2');
    expect(router.standing('1')).to.deep.equal({ state: 'waiting', position: 1 });
    router.report('A', 'Ready');
    await clock.advance(10);
    router.update('1', { held: false });
    expect(told).to.deep.equal(['0 2 -> A']);
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 2 -> A', '10 1 -> B']);
  });

  it('is snoozed for a time', async () => {
    const { clock, router, told, submit } = world(agents);
    submit('1');
    router.update('1', { held: 5_000 });
    router.report('A', 'Ready');
    await clock.advance(6_000);
    expect(told).to.deep.equal(['5000 1 -> A']);
  });

  it('is paused with its service, and goes on at its old place', () => {
    const { router, told, submit } = world(agents);
    submit('1', { service: 'sales', priority: 1 });
    submit('2');
    router.pause('sales', true);
    submit('3', { service: 'sales', priority: 1 });
    router.report('A', 'Ready');
    router.pause('sales', false);
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 2 -> A', '0 1 -> B']);
  });

  it('moves up as the priority grows: base + increment x floor(age / interval)', async () => {
    const { clock, router, told, submit } = world(agents);
    submit('fixed', { priority: 25 });
    submit('grows', { priority: 5, increment: { by: 10, everyMs: 60_000 } });
    submit('older', { priority: 5, increment: { by: 10, everyMs: 60_000 }, ageStartMs: -120_000 });
    expect(router.standing('older')).to.deep.equal({ state: 'waiting', position: 1 });
    expect(router.standing('grows')).to.deep.equal({ state: 'waiting', position: 3 });
    await clock.advance(60_000);
    expect(['older', 'fixed', 'grows'].map((id) => router.standing(id))).to.deep.equal(
      [1, 2, 3].map((position) => ({ state: 'waiting', position })),
    );
    await clock.advance(120_000);
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['180000 older -> A', '180000 grows -> B']);
  });

  it('is changed: priority, targets, agents that are not wanted', () => {
    const { router, told, submit } = world([...agents, agent('C', 'H')]);
    submit('1');
    submit('2');
    expect(router.update('2', { priority: 9, exclude: ['A'] })).to.equal(true);
    router.report('A', 'Ready');
    router.report('C', 'Ready');
    expect(told).to.deep.equal(['0 1 -> A']);
    expect(() => router.update('2', { targets: ['X@S.GA'], priority: 0 })).to.throw(BadTarget);
    router.update('2', { targets: ['H@S.GA'] });
    expect(told.at(-1)).to.equal('0 2 -> C');
    expect(router.update('9', {})).to.equal(false);
  });

  it('is for a medium: as many chats as the capacity allows, and no call beside them', () => {
    const { router, told, submit } = world(agents);
    router.report('B', 'Ready');
    submit('c1', { media: 'chat' });
    router.confirm('c1#1', 'accepted');
    router.report('B', 'Busy');
    router.report('B', 'Ready');
    router.occupy('B', 'chat', 1);
    submit('call');
    submit('c2', { media: 'chat' });
    expect(told).to.deep.equal(['0 c1 -> B', '0 c1 accepted', '0 c2 -> B']);
    router.confirm('c2#1', 'rejected');
    router.occupy('B', 'chat', 2);
    submit('c3', { media: 'chat' });
    router.occupy('B', 'chat', 0);
    expect(told.slice(3)).to.deep.equal(['0 call -> B']);
  });
});

describe('routers of a cluster', () => {
  it('never take one agent both', async () => {
    const clock = virtualClock();
    const cluster = new SharedReservations(() => clock.now());
    const agents = [agent('A', 'G'), agent('B', 'G')];
    const [one, two] = [world(agents, { clock, cluster }), world(agents, { clock, cluster })];
    for (const { router } of [one, two]) for (const id of ['A', 'B']) router.report(id, 'Ready');
    one.submit('1');
    two.submit('2');
    await clock.settle();
    expect([one.told, two.told]).to.deep.equal([['0 1 -> A'], ['0 2 -> B']]);
    two.submit('3');
    await clock.advance(999);
    expect(two.told).to.have.length(1);
    one.router.confirm('1#1', 'rejected');
    await clock.advance(2_000);
    expect(two.told.at(-1)).to.match(/3 -> A$/);
  });

  it('do without an agent when nobody says who has him, and let go of one that is granted too late', async () => {
    const clock = virtualClock();
    const log: string[] = [];
    let grant: (has: boolean) => void = () => undefined;
    const cluster = {
      reserve: (id: string) =>
        id === 'A' ? Promise.reject(new Error('down')) : new Promise<boolean>((yes) => (grant = yes)),
      release: (id: string, reservation: string) => void log.push(`released ${id} ${reservation}`),
    };
    const { router, told, submit } = world([agent('A', 'G'), agent('B', 'G')], { clock, cluster });
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    submit('1');
    await clock.settle();
    expect([told, router.standing('1').state]).to.deep.equal([[], 'waiting']);
    router.cancel('1');
    grant(true);
    await clock.settle();
    expect([told, log]).to.deep.equal([['0 1 cancelled'], ['released B 1#2']]);
  });
});

describe('the time to dial', () => {
  const dialling = { dialMs: 20_000 };
  const agents = ['A', 'B', 'C'].map((id) => agent(id, 'G'));

  it('is when as many agents will be free as answer: 85 of 100 dials', () => {
    const { router, told, submit } = world(agents);
    for (const id of ['1', '2', '3', '4']) submit(id, { held: true, dialling });
    router.report('A', 'Ready');
    expect(told).to.deep.equal(['0 1 dial, 1.']);
    router.report('B', 'Ready');
    router.report('C', 'Ready');
    expect(told.slice(1)).to.deep.equal(['0 2 dial, 2.', '0 3 dial, 3.']);
  });

  it('counts of a busy agent the part of a call that ends while it rings', async () => {
    const { clock, router, told, submit } = world(agents);
    for (const id of ['A', 'B', 'C']) router.report(id, 'Busy');
    await clock.advance(60_000);
    for (const id of ['A', 'B', 'C']) router.report(id, 'NotReady');
    for (const id of ['A', 'B', 'C']) router.report(id, 'Busy');
    submit('1', { held: true, dialling: { dialMs: 16_000 } });
    expect(told).to.deep.equal([]);
    submit('2', { held: true, dialling, priority: 1 });
    expect(told).to.deep.equal(['60000 2 dial, 1.']);
  });

  it('is told by position or expected wait where that is asked for', async () => {
    const { clock, router, told, submit } = world(agents);
    submit('1');
    submit('2', { held: true, dialling: { dialMs: 0, position: 1 } });
    expect(told).to.deep.equal([]);
    router.cancel('1');
    expect(told.at(-1)).to.equal('0 2 dial, 1.');
    router.peg('other', 30_000);
    submit('3', { vq: 'other', held: true, dialling: { dialMs: 0, etaMs: 30_000 } });
    expect(told.at(-1)).to.equal('0 3 dial, 1.');
    await clock.advance(1);
  });
});
