import { expect } from 'chai';
import fc from 'fast-check';
import type { Agent, OfferOutcome, PhoneState, RoutingEvent } from '../../../server/routing/port.js';
import { isFree, longestIdle } from '../../../server/routing/roster.js';
import { decide, nextDue, routerOf, type Command, type RouterState } from '../../../server/routing/router.js';

const agents: Agent[] = ['A', 'B', 'C'].map((id) => ({
  id,
  dn: id,
  switch: 'S',
  place: id,
  groups: id === 'C' ? ['G'] : ['G', 'H'],
}));
const ids = ['1', '2', '3', '4', '5', '6'];
const ends = ['accepted', 'timeout', 'cancelled', 'expired', 'bad-target'];

const command: fc.Arbitrary<Command> = fc.oneof(
  fc
    .record({
      id: fc.constantFrom(...ids),
      targets: fc.constantFrom(['G@S.GA'], ['H@S.GA'], ['C@S.A', 'H@S.GA'], ['X@S.GA']),
      priority: fc.nat(1),
      timeoutMs: fc.integer({ min: 1, max: 60 }),
      reserveMs: fc.integer({ min: 1, max: 30 }),
    })
    .map((request): Command => ({ type: 'submit', request: { vq: 'VQ', ...request } })),
  fc.constantFrom(...ids).map((id): Command => ({ type: 'cancel', id })),
  fc
    .record({
      reservation: fc.tuple(fc.constantFrom(...ids), fc.integer({ min: 1, max: 2 })).map(([id, n]) => `${id}#${n}`),
      outcome: fc.constantFrom<OfferOutcome>('accepted', 'rejected', 'timeout', 'no-answer'),
    })
    .map((confirm): Command => ({ type: 'confirm', ...confirm })),
  fc
    .record({
      agent: fc.constantFrom('A', 'B', 'C'),
      state: fc.constantFrom<PhoneState>('Ready', 'Ready', 'Ready', 'NotReady', 'Ringing', 'Busy', 'LoggedOut'),
    })
    .map((report): Command => ({ type: 'report', ...report })),
  fc.constant<Command>({ type: 'time' }),
);
const history = fc.array(fc.tuple(fc.nat(8), command), { minLength: 1, maxLength: 60 });

/** Runs a history, shows every step to `look`, lets phones stop ringing, and then time pass until nothing is due any more. */
function live(
  steps: [number, Command][],
  look: (state: RouterState, told: readonly RoutingEvent[], now: number) => void,
) {
  let state = routerOf(agents, { reserveMs: 20, reofferMs: 5 });
  let now = 0;
  const log: RoutingEvent[] = [];
  const run = (next: Command): boolean => {
    const decided = decide(state, next, now);
    state = decided.state;
    log.push(...decided.decisions);
    look(state, decided.decisions, now);
    return decided.done;
  };
  let submitted = 0;
  for (const [pause, next] of steps) {
    now += pause;
    if (run(next) && next.type === 'submit') submitted += 1;
  }
  for (const { agent, phone } of state.roster.values())
    if (phone === 'Ringing') run({ type: 'report', agent: agent.id, state: 'NotReady' });
  for (let due = nextDue(state, now); due !== undefined; due = nextDue(state, now)) {
    expect(due).to.be.greaterThan(now);
    now = due;
    run({ type: 'time' });
  }
  return { log, submitted, state };
}

describe('router: invariants', () => {
  it('ends every submit exactly once, with one of the known ends', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { log, submitted, state } = live(steps, () => undefined);
        const ended = log.filter((event) => event.type === 'ended');
        expect(ended.length).to.equal(submitted);
        expect(ended.every((event) => ends.includes(event.why))).to.equal(true);
        expect(state.tickets).to.deep.equal([]);
      }),
    );
  });

  it('numbers the offers of a request, and closes the last one by its end', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { log } = live(steps, () => undefined);
        const offersOpen = new Map<string, number>();
        for (const event of log) {
          if (event.type === 'selected') {
            const offer = Number(event.selected.reservation.split('#')[1]);
            expect(offer).to.equal((offersOpen.get(event.id) ?? 0) + 1);
            offersOpen.set(event.id, offer);
          } else offersOpen.delete(event.id);
        }
        expect([...offersOpen]).to.deep.equal([]);
      }),
    );
  });

  it('never has an agent in two reservations, nor a request at two agents', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (state) => {
          const held = state.tickets.flatMap((ticket) => ticket.selected ?? []);
          expect(new Set(held.map((selected) => selected.agent)).size).to.equal(held.length);
          for (const selected of held) {
            expect(state.roster.get(selected.agent)?.reservation?.id).to.equal(selected.reservation);
          }
          const open = [...state.roster.values()].flatMap((seat) => seat.reservation?.request ?? []);
          expect([...open].sort()).to.deep.equal(held.map((one) => one.reservation.split('#')[0]).sort());
        });
      }),
    );
  });

  it('lets nobody wait whom a free agent could serve', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (state, _told, now) => {
          for (const ticket of state.tickets) {
            if (!ticket.selected) expect(longestIdle(state.roster, ticket, now)).to.equal(undefined);
          }
        });
      }),
    );
  });

  it('lets nobody overtake: who waits before a selected request could not have had its agent', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (state, told, now) => {
          for (const event of told) {
            if (event.type !== 'selected') continue;
            const at = state.tickets.findIndex((ticket) => ticket.request.id === event.id);
            const seat = state.roster.get(event.selected.agent);
            if (at < 0 || !seat || seat.reservation?.id !== event.selected.reservation) continue;
            const roster = new Map(state.roster).set(seat.agent.id, { ...seat, reservation: undefined });
            for (const ahead of state.tickets.slice(0, at)) {
              if (!ahead.selected) expect(longestIdle(roster, ahead, now)).to.equal(undefined);
            }
          }
        });
      }),
    );
  });

  it('keeps tickets by priority, then age, whatever comes back', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, ({ tickets }) => {
          const keys = tickets.map((ticket) => [-ticket.priority, ticket.ageStartMs, ticket.arrival]);
          const sorted = [...keys].sort((a, b) => {
            const at = a.findIndex((part, index) => part !== b[index]);
            return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
          });
          expect(keys).to.deep.equal(sorted);
        });
      }),
    );
  });

  it('is a function: the same history gives the same decisions and leaves old states as they were', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const states: [RouterState, string][] = [];
        const text = (state: RouterState) => JSON.stringify([state.tickets, [...state.roster.values()]]);
        const first = live(steps, (state) => states.push([state, text(state)]));
        expect(live(steps, () => undefined).log).to.deep.equal(first.log);
        for (const [state, was] of states) expect(text(state)).to.equal(was);
        expect([...first.state.roster.values()].filter(isFree).every((seat) => seat.phone === 'Ready')).to.equal(true);
      }),
    );
  });
});
