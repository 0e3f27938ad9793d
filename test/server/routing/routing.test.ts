import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { Agent, RoutingEvent, SubmitRequest } from '../../../server/routing/port.js';
import type { RouterOptions } from '../../../server/routing/offers.js';
import { routing } from '../../../server/routing/routing.js';

const agent = (id: string, ...groups: string[]): Agent => ({
  id,
  dn: `7${id}`,
  switch: 'SIP',
  place: `P${id}`,
  groups,
});

const whatOf = (event: RoutingEvent): string => {
  if (event.type === 'selected') return `-> ${event.selected.agent ?? event.selected.dn}`;
  return event.type === 'ended' ? event.why : `dial at ${event.position}`;
};

/** A router with agents A, B (Billing) and S (Sales), its outcomes as short lines, and the reservation of each id. */
function world(options: Partial<RouterOptions> = {}) {
  const clock = virtualClock();
  const agents = [agent('A', 'Billing'), agent('B', 'Billing'), agent('S', 'Sales')];
  const router = routing({ clock, agents, options });
  const told: string[] = [];
  const reservation: Record<string, string> = {};
  const events: RoutingEvent[] = [];
  router.start((event) => {
    events.push(event);
    if (event.type === 'selected') reservation[event.id] = event.selected.reservation;
    const what = whatOf(event);
    told.push(`${event.at} ${event.id} ${what}`);
  });
  const submit = (id: string, more: Partial<SubmitRequest> = {}) =>
    router.submit({ id, vq: 'VQ', targets: ['Billing@StatServer.GA'], ...more });
  const confirm = (id: string, outcome: Parameters<typeof router.confirm>[1]) =>
    router.confirm(reservation[id] ?? 'none', outcome);
  return { clock, router, told, events, reservation, submit, confirm };
}

describe('routing: first come, first served', () => {
  it('selects a free agent at once and says all that a caller needs to reach them', () => {
    const { router, events, submit } = world();
    router.report('B', 'Ready');
    expect(submit('1', { priority: 5 }).state).to.equal('selected');
    expect(events).to.deep.equal([
      {
        at: 0,
        id: '1',
        type: 'selected',
        selected: {
          reservation: '1#1',
          agent: 'B',
          dn: '7B',
          place: 'PB',
          switch: 'SIP',
          target: 'Billing@StatServer.GA',
          type: 'GA',
          vq: 'VQ',
          media: 'voice',
          priority: 5,
          waitedMs: 0,
          untilMs: 30_000,
        },
      },
    ]);
    expect(router.agentState('B')).to.equal('Reserved');
  });

  it('serves in order of arrival when agents become ready', async () => {
    const { clock, router, told, submit } = world();
    for (const id of ['1', '2', '3']) {
      submit(id);
      await clock.advance(1);
    }
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['3 1 -> A', '3 2 -> B']);
  });

  it('serves a higher priority first, then the greater age, whatever the queue', () => {
    const { router, told, submit } = world();
    submit('young', { ageStartMs: 0 });
    submit('old', { ageStartMs: -60_000, vq: 'other' });
    submit('urgent', { priority: 1 });
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 urgent -> A', '0 old -> B']);
  });

  it('offers to the agent who is free the longest', async () => {
    const { clock, router, told, submit } = world();
    router.report('B', 'Ready');
    await clock.advance(10);
    router.report('A', 'Ready');
    submit('1');
    submit('2');
    expect(told).to.deep.equal(['10 1 -> B', '10 2 -> A']);
  });

  it('lets a request pass only those that its agent cannot serve', () => {
    const { router, told, submit } = world();
    submit('1');
    submit('2', { targets: ['Sales@StatServer.GA'] });
    router.report('S', 'Ready');
    expect(told).to.deep.equal(['0 2 -> S']);
  });

  it('counts the calls waiting and their positions by queue', () => {
    const { router, submit } = world();
    expect(submit('1')).to.deep.equal({ state: 'waiting', position: 1 });
    expect(submit('2')).to.deep.equal({ state: 'waiting', position: 2 });
    submit('other', { vq: 'other' });
    expect(submit('3', { priority: 1 })).to.deep.equal({ state: 'waiting', position: 1 });
    expect(router.standing('2')).to.deep.equal({ state: 'waiting', position: 3 });
    expect([router.waiting('VQ'), router.waiting('other'), router.waiting('unused')]).to.deep.equal([3, 1, 0]);
  });

  it('takes a request that is submitted twice for one', () => {
    const { router, told, submit } = world();
    submit('1');
    expect(submit('1', { priority: 9 })).to.deep.equal({ state: 'waiting', position: 1 });
    router.report('A', 'Ready');
    expect(submit('1')).to.deep.include({ state: 'selected' });
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 1 -> A']);
  });
});

describe('routing: ends of a request', () => {
  it('ends a bad target with its reason', () => {
    const { events, submit } = world();
    expect(submit('1', { targets: ['Nobody@StatServer.GA'] })).to.deep.equal({ state: 'ended' });
    const text = 'Target "Nobody@StatServer.GA" names the agent group "Nobody", which does not exist';
    expect(events).to.deep.equal([{ at: 0, id: '1', type: 'ended', why: 'bad-target', text }]);
  });

  it('ends by timeout when nobody became ready in time', async () => {
    const { clock, told, submit } = world();
    submit('1', { timeoutMs: 1_000 });
    await clock.advance(999);
    expect(told).to.deep.equal([]);
    await clock.advance(1);
    expect(told).to.deep.equal(['1000 1 timeout']);
  });

  it('is cancelled while waiting, and while selected, which frees the agent', () => {
    const { router, told, submit } = world();
    submit('1');
    submit('2');
    expect(router.cancel('1')).to.equal(true);
    router.report('A', 'Ready');
    expect(router.cancel('2')).to.equal(true);
    expect(router.cancel('2')).to.equal(false);
    expect(told).to.deep.equal(['0 1 cancelled', '0 2 -> A', '0 2 cancelled']);
    expect(router.agentState('A')).to.equal('Ready');
  });

  it('expires a reservation that nobody confirms, and the agent serves the next', async () => {
    const { clock, router, told, submit, confirm } = world();
    router.report('A', 'Ready');
    submit('1', { reserveMs: 500 });
    submit('2');
    await clock.advance(500);
    expect(told).to.deep.equal(['0 1 -> A', '500 1 expired', '500 2 -> A']);
    expect(confirm('1', 'accepted')).to.equal(false);
  });

  it('keeps an agent as long as the phone rings, and waits a little for how that went', async () => {
    const { clock, router, told, submit, confirm } = world();
    for (const id of ['1', '2']) {
      router.report('A', 'Ready');
      submit(id, { reserveMs: 500 });
      router.report('A', 'Ringing');
      await clock.advance(5_000);
      router.report('A', 'NotReady');
      if (id === '1') expect(confirm(id, 'accepted')).to.equal(true);
    }
    await clock.advance(30_000);
    expect(told).to.deep.equal(['0 1 -> A', '5000 1 accepted', '5000 2 -> A', '40000 2 expired']);
  });

  it('ends accepted once the offer is, and does not free the agent before the call has come and gone', async () => {
    const { clock, router, told, submit, confirm } = world();
    router.report('A', 'Ready');
    submit('1');
    expect(confirm('1', 'accepted')).to.equal(true);
    expect(confirm('1', 'accepted')).to.equal(false);
    submit('2');
    expect(router.agentState('A')).to.equal('Reserved');
    await clock.advance(10);
    for (const state of ['Ringing', 'Busy', 'AfterCallWork', 'Ready'] as const) router.report('A', state);
    expect(told).to.deep.equal(['0 1 -> A', '0 1 accepted', '10 2 -> A']);
  });

  it('frees an agent whose accepted call never reached the phone when the reservation ends', async () => {
    const { clock, router, submit, confirm } = world();
    router.report('A', 'Ready');
    submit('1');
    confirm('1', 'accepted');
    await clock.advance(29_999);
    expect(router.agentState('A')).to.equal('Reserved');
    await clock.advance(1);
    expect(router.agentState('A')).to.equal('Ready');
  });

  it('frees an agent whose call was over before it was confirmed', () => {
    const { router, submit, confirm } = world();
    router.report('A', 'Ready');
    submit('1');
    for (const state of ['Busy', 'Ready'] as const) router.report('A', state);
    expect(router.agentState('A')).to.equal('Reserved');
    confirm('1', 'accepted');
    expect(router.agentState('A')).to.equal('Ready');
  });
});

describe('routing: a declined offer', () => {
  for (const outcome of ['rejected', 'no-answer', 'timeout'] as const) {
    it(`goes back to its old place after ${outcome}, and to another agent`, async () => {
      const { clock, router, told, submit, confirm } = world();
      router.report('A', 'Ready');
      submit('1');
      await clock.advance(10);
      submit('2');
      confirm('1', outcome);
      expect(router.standing('1')).to.deep.equal({ state: 'waiting', position: 1 });
      router.report('B', 'Ready');
      expect(told).to.deep.equal(['0 1 -> A', '10 2 -> A', '10 1 -> B']);
    });
  }

  it('waits for another agent who is at work, even on a call', async () => {
    const { clock, router, told, submit, confirm } = world();
    router.report('B', 'Busy');
    router.report('A', 'Ready');
    submit('1');
    confirm('1', 'rejected');
    await clock.advance(60_000);
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['0 1 -> A', '60000 1 -> B']);
  });

  it('comes to the same agent again, after a pause, when no other is at work', async () => {
    const { clock, router, told, submit, confirm } = world({ reofferMs: 2_000 });
    router.report('A', 'Ready');
    router.report('B', 'NotReady');
    submit('1');
    confirm('1', 'rejected');
    await clock.advance(10_000);
    expect(told).to.deep.equal(['0 1 -> A', '2000 1 -> A']);
  });

  it('ends by timeout at once when it waited too long during the offer', async () => {
    const { clock, router, told, submit, confirm } = world();
    router.report('A', 'Ready');
    submit('1', { timeoutMs: 1_000 });
    await clock.advance(5_000);
    confirm('1', 'no-answer');
    expect(told).to.deep.equal(['0 1 -> A', '5000 1 timeout']);
  });
});

describe('routing: the port', () => {
  it('tells outcomes in order when the sink itself asks for more', () => {
    const clock = virtualClock();
    const router = routing({ clock, agents: [agent('A', 'G'), agent('B', 'G')] });
    const told: string[] = [];
    router.start((event) => {
      told.push(`${event.id} ${event.type}`);
      if (event.type === 'selected') router.confirm(event.selected.reservation, 'accepted');
    });
    for (const id of ['1', '2']) router.submit({ id, vq: 'VQ', targets: ['G@S.GA'] });
    router.submit({ id: '3', vq: 'VQ', targets: ['G@S.GP'] });
    router.report('A', 'Ready');
    router.report('B', 'Ready');
    expect(told).to.deep.equal(['3 ended', '1 selected', '1 ended', '2 selected', '2 ended']);
  });

  it('refuses an agent that is not configured, and work before it is started', () => {
    const { router } = world();
    expect(() => router.report('X', 'Ready')).to.throw('Agent "X" reports Ready but is not configured');
    expect(router.agentState('X')).to.equal(undefined);
    const idle = routing({ clock: virtualClock(), agents: [] });
    expect(() => idle.submit({ id: '1', vq: 'VQ', targets: [] })).to.throw('submit while it was not started');
  });

  it('is silent after stop', async () => {
    const { clock, router, told, submit } = world();
    submit('1', { timeoutMs: 10 });
    router.stop();
    await clock.advance(100);
    expect(told).to.deep.equal([]);
  });
});
