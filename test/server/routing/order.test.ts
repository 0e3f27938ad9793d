/**
 * What holds of every history with all that a router can do: who is served before whom, nobody offered two, one end for each. Who
 * might have been served is worked out here again, from what was asked and told.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { Core } from '../../../server/routing/core.js';
import type { Ticket } from '../../../server/routing/pool.js';
import type {
  Agent,
  Change,
  OfferOutcome,
  PhoneState,
  RoutingEvent,
  SubmitRequest,
} from '../../../server/routing/port.js';

const agents: Agent[] = Array.from({ length: 5 }, (_, n) => ({
  id: `A${n}`,
  dn: `7${n}`,
  switch: 'S',
  place: `P${n}`,
  groups: n % 2 ? ['G'] : ['G', 'H'],
  skills: { English: n },
}));
const fits: Readonly<Record<string, (agent: Agent) => boolean>> = {
  'G@S.GA': () => true,
  'H@S.GA': ({ groups }) => groups.includes('H'),
  '?:English>2@S.GA': ({ skills }) => (skills?.['English'] ?? 0) > 2,
  'P1@S.AP': ({ place }) => place === 'P1',
};
const ids = Array.from({ length: 12 }, (_, n) => `r${n}`);
const targets = fc.uniqueArray(fc.constantFrom(...Object.keys(fits)), { minLength: 1, maxLength: 3 });

type Act =
  | { readonly do: 'submit'; readonly request: SubmitRequest }
  | { readonly do: 'update'; readonly id: string; readonly change: Change }
  | { readonly do: 'cancel'; readonly id: string }
  | { readonly do: 'confirm'; readonly outcome: OfferOutcome }
  | { readonly do: 'refuse' }
  | { readonly do: 'report'; readonly agent: string; readonly phone: PhoneState }
  | { readonly do: 'pause'; readonly service: string; readonly paused: boolean };

const id = fc.constantFrom(...ids);
const request: fc.Arbitrary<SubmitRequest> = fc.record(
  {
    id,
    vq: fc.constantFrom('V', 'W'),
    targets: fc.oneof(
      targets,
      targets.map((all) => all.map((target) => ({ target, timeoutMs: 15, clear: all.length === 3 }))),
    ),
    priority: fc.nat(2),
    increment: fc.record({ by: fc.nat(2), everyMs: fc.integer({ min: 5, max: 20 }) }),
    timeoutMs: fc.integer({ min: 20, max: 90 }),
    held: fc.boolean(),
    pegs: fc.constantFrom('V', 'X'),
    service: fc.constantFrom('s', 't'),
    exclude: fc.subarray(['A0', 'A1']),
    dialling: fc.constant({ dialMs: 10 }),
  },
  { requiredKeys: ['id', 'vq', 'targets', 'timeoutMs'] },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: request.map((each): Act => ({ do: 'submit', request: each })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(
        id,
        fc.record(
          { priority: fc.nat(4), held: fc.oneof(fc.boolean(), fc.nat(9)), targets, exclude: fc.constant(['A2']) },
          { requiredKeys: [] },
        ),
      )
      .map(([one, change]): Act => ({ do: 'update', id: one, change })),
  },
  { weight: 1, arbitrary: id.map((one): Act => ({ do: 'cancel', id: one })) },
  {
    weight: 4,
    arbitrary: fc
      .constantFrom<OfferOutcome>('accepted', 'rejected', 'timeout', 'no-answer')
      .map((outcome): Act => ({ do: 'confirm', outcome })),
  },
  { weight: 1, arbitrary: fc.constant<Act>({ do: 'refuse' }) },
  {
    weight: 6,
    arbitrary: fc
      .tuple(
        fc.constantFrom(...agents.map((each) => each.id)),
        fc.constantFrom<PhoneState>(
          ...([
            'Ready',
            'Ready',
            'Ready',
            'Ready',
            'NotReady',
            'LoggedOut',
            'Ringing',
            'Busy',
            'AfterCallWork',
          ] as const),
        ),
      )
      .map(([agent, phone]): Act => ({ do: 'report', agent, phone })),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('s', 't'), fc.boolean())
      .map(([service, paused]): Act => ({ do: 'pause', service, paused })),
  },
);
const history = fc.array(fc.tuple(fc.nat(9), act), { minLength: 1, maxLength: 90 });

interface Told {
  readonly core: Core;
  readonly events: readonly RoutingEvent[];
  /** Ids; one that has ended may come again. */
  readonly submitted: readonly string[];
}

/** Lives through it; after each act `look` sees the core and what it has told. */
const live = (
  steps: readonly (readonly [number, Act])[],
  look: (core: Core, told: readonly RoutingEvent[], now: number) => void,
): Told => {
  const core = new Core(agents, { reserveMs: 25, reofferMs: 5 });
  const events: RoutingEvent[] = [];
  const open: string[] = [];
  const submitted: string[] = [];
  let now = 0;
  const heard = (): void => {
    const told = core.decided();
    events.push(...told);
    for (const event of told) if (event.type === 'selected') open.push(event.selected.reservation);
    look(core, told, now);
  };
  for (const [pause, next] of steps) {
    now += pause;
    if (obey(core, next, open, now) && next.do === 'submit') submitted.push(next.request.id);
    heard();
  }
  for (const service of ['s', 't']) {
    core.pause(service, false, now);
    heard();
  }
  // an offer does not end while it rings
  for (const { id } of agents) {
    core.report(id, 'LoggedOut', now);
    heard();
  }
  for (let due = core.nextDue; due < Infinity; due = core.nextDue) {
    now = Math.max(now, due);
    core.time(now);
    heard();
  }
  return { core, events, submitted };
};

const obey = (core: Core, next: Act, open: string[], now: number): boolean => {
  switch (next.do) {
    case 'submit':
      return core.submit(next.request, now);
    case 'update':
      return core.update(next.id, next.change, now);
    case 'cancel':
      return core.cancel(next.id, now);
    case 'confirm':
      return core.confirm(open.shift() ?? '', next.outcome, now);
    case 'refuse':
      return core.refuse(open.shift() ?? '', now + 10, now);
    case 'report':
      return core.report(next.agent, next.phone, now);
    case 'pause':
      core.pause(next.service, next.paused, now);
      return true;
  }
};

const couldHave = ({ inLine, declined, excluded, pools }: Ticket, agent: Agent): boolean =>
  inLine &&
  !declined.has(agent.id) &&
  !excluded.has(agent.id) &&
  pools.some(({ target }) => fits[target.text]?.(agent) === true);

/** Of a higher priority than the other had when it was served, or of the same and earlier. */
const isAhead = (one: Ticket, other: Ticket, priority: number): boolean => {
  if (one.priority !== priority) return one.priority > priority;
  if (one.ageStartMs !== other.ageStartMs) return one.ageStartMs < other.ageStartMs;
  return one.arrival < other.arrival;
};

describe('whatever is asked of a router', () => {
  it('each request ends once, in one of the known ways, and nothing is left of it', () => {
    fc.assert(
      fc.property(history, (steps) => {
        const { core, events, submitted } = live(steps, () => undefined);
        const ended = events.filter((event) => event.type === 'ended');
        expect(ended.map((event) => event.id).sort()).to.deep.equal([...submitted].sort());
        for (const { why } of ended) expect(why).to.be.oneOf(['accepted', 'timeout', 'cancelled', 'expired']);
        expect([...core.requests.all]).to.deep.equal([]);
        for (const queue of core.queues.all) expect([queue.line.size, queue.dialling]).to.deep.equal([0, 0]);
        for (const seat of core.floor.seats.values())
          for (const pool of core.floor.poolsOf(seat)) expect(pool.line.size).to.equal(0);
      }),
      { numRuns: 200 },
    );
  });

  it('no agent is offered two, and no request to two agents', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (core) => {
          const offered = [...core.requests.all].flatMap(({ selected }) => selected ?? []);
          expect(new Set(offered.map(({ agent }) => agent)).size).to.equal(offered.length);
          for (const { agent = '', reservation } of offered)
            expect(core.floor.seats.get(agent)?.reservation?.id).to.equal(reservation);
        });
      }),
      { numRuns: 100 },
    );
  });

  it('nobody is served before one of the same or a higher priority who came earlier and could have had that agent', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (core, told) => {
          const chosen = told.flatMap((event) => (event.type === 'selected' ? event : []));
          for (const { selected, id: served } of chosen) {
            const ticket = core.requests.get(served);
            const agent = agents.find((each) => each.id === selected.agent);
            if (!ticket || !agent) continue;
            for (const other of core.requests.all) {
              const ahead = isAhead(other, ticket, selected.priority) && couldHave(other, agent);
              expect(ahead, `${other.request.id} waits, ${served} was served`).to.equal(false);
            }
          }
        });
      }),
      { numRuns: 200 },
    );
  });

  it('nobody waits whom somebody free could serve', () => {
    fc.assert(
      fc.property(history, (steps) => {
        live(steps, (core, _told, now) => {
          for (const ticket of core.requests.all) {
            if (!ticket.inLine) continue;
            for (const seat of core.floor.seats.values()) {
              if (
                !seat.isFree('voice', now) ||
                ticket.declined.has(seat.agent.id) ||
                ticket.excluded.has(seat.agent.id)
              )
                continue;
              expect(ticket.pools.some(({ target }) => fits[target.text]?.(seat.agent))).to.equal(false);
            }
          }
        });
      }),
      { numRuns: 100 },
    );
  });

  it('the same history has the same decisions', () => {
    fc.assert(
      fc.property(history, (steps) => {
        expect(live(steps, () => undefined).events).to.deep.equal(live(steps, () => undefined).events);
      }),
      { numRuns: 50 },
    );
  });
});
