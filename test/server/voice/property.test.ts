import { expect } from 'chai';
import fc from 'fast-check';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { InteractionId, TelephonyEvent } from '../../../server/voice/port.js';
import type { Behaviour } from '../../../server/voice/simulated/behaviour.js';
import { Desktop, type Reaction } from '../../../server/voice/simulated/desktop.js';
import { simulatedTelephony } from '../../../server/voice/simulated/network.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { toDial } from '../../contracts/voice-world.js';

const DNS = ['7001', '7002', '7003'] as const;

const party: fc.Arbitrary<Behaviour> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('human' as const), answerMs: fc.nat(20), talkMs: fc.nat(200) }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('human' as const), patienceMs: fc.nat(90) }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Behaviour>({ kind: 'machine', answerMs: 5 }, { kind: 'busy' }, { kind: 'fax' }),
  },
);
const reaction = fc.constantFrom<Reaction>(
  { kind: 'answer', afterMs: 3, talkMs: 150 },
  { kind: 'answer', afterMs: 1 },
  { kind: 'reject', afterMs: 5 },
  { kind: 'ignore' },
);
const verbs = [
  ...['dial', 'dial', 'arrive', 'agent', 'fromAgent', 'reserved', 'consult', 'consult', 'consultAgent'],
  ...['route', 'route', 'routePoint', 'hold', 'hold', 'retrieve', 'transfer', 'transfer', 'conference', 'release'],
  ...['bringTransfer', 'bringTransfer', 'bringConference', 'bringConference'],
  ...['hangUp', 'logout', 'login', 'data'],
] as const;
/** How long to wait, what to do, to which calls and whom. */
const step = fc.record({ pause: fc.nat(30), verb: fc.constantFrom(...verbs), one: fc.nat(9), other: fc.nat(9) });
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

async function world(parties: readonly Behaviour[], reactions: readonly Reaction[]) {
  const clock = virtualClock();
  const of = parties.map((does) => ({ weight: 1, does }));
  const desktops = new Map(
    DNS.map((dn, at) => {
      const rings = reactions.slice(at);
      return [dn, new Desktop(clock, { rings, wrapUpMs: 5, notReadyAfterNoAnswerMs: 5 }, () => undefined)] as const;
    }),
  );
  for (const desktop of desktops.values()) desktop.set('Ready');
  const telephony = simulatedTelephony({
    ...{ clock, seed: '', customers: [{ does: { kind: 'random', of } }], phones: desktops },
    ...{ entryPoints: ['8001'], trunkGroups: { TG: { trunks: 4 } } },
    externalRoutePoints: { Far: { name: '9100', afterMs: 4 } },
  });
  const events: TelephonyEvent[] = [];
  const up: InteractionId[] = [];
  await telephony.start((event) => {
    events.push(event);
    if (event.type === 'deleted') up.splice(up.indexOf(event.ixn), 1);
    else if (!up.includes(event.ixn)) up.push(event.ixn);
  });
  return { clock, desktops, telephony, events, up };
}
type World = Awaited<ReturnType<typeof world>>;

/** Does a step; answers what has to be answered in the end. */
function take(
  { telephony, desktops, up }: World,
  { verb, one, other }: Step,
  id: string,
): Promise<unknown> | undefined {
  const none = 'none' as InteractionId;
  const [first = none, second = none] = [up[one % Math.max(1, up.length)], up[other % Math.max(1, up.length)]];
  const value = DNS[other % DNS.length] ?? DNS[0];
  const dn = { kind: 'dn', value } as const;
  const desktop = desktops.get(value);
  const number = { kind: 'number', value: `555${id}` } as const;
  const tg = { kind: 'trunkGroup', value: 'TG' } as const;
  const userData = { [`of ${id}`]: true };
  const call = (more: Parameters<typeof toDial>[0]) =>
    telephony.createCall(toDial({ requestId: id, to: number, ringTimeoutMs: 40, userData, ...more }));
  const ring = { requestId: id, ixn: first, ringTimeoutMs: 10, confirm: one % 2 === 0, userData };
  /** An agent of the call asks, where one is in it; meanwhile anything may happen. */
  const bring = async (as: 'transfer' | 'conference'): Promise<unknown> => {
    const asking = telephony.call(first)?.parties.find(({ devicetype }) => devicetype === 'agent')?.device;
    await telephony.hold(first);
    const from = asking === undefined ? tg : ({ kind: 'dn', value: asking } as const);
    const asked = await call({ from, parent: first, to: other % 2 === 0 ? number : dn });
    return asked.connected && together(as, asked.ixn);
  };
  const together = async (as: 'transfer' | 'conference', active = second): Promise<boolean> => {
    const { ok } = await telephony[as](first, active);
    if (ok) expect(telephony.call(first)?.held, 'left held').to.equal(telephony.call(first) && false);
    return ok;
  };
  const table: Record<(typeof verbs)[number], () => Promise<unknown> | undefined> = {
    dial: () => call({ from: tg, cpd: { timeGuardMs: 15, keepOnMachine: true } }),
    arrive: () => {
      telephony.arrive({ ani: number.value, dnis: '800', routePoint: '8001', userData });
      return undefined;
    },
    agent: () => call({ to: dn }),
    fromAgent: () => call({ from: dn }),
    reserved: () => call({ from: tg, to: { ...dn, switch: 'Far' }, reservation: { durationMs: 6, priority: one } }),
    consult: () => call({ from: tg, parent: first }),
    consultAgent: () => call({ from: dn, parent: first }),
    route: () => telephony.route({ ...ring, to: dn }),
    routePoint: () => telephony.route({ ...ring, to: { kind: 'routePoint', value: '8001' } }),
    hold: () => telephony.hold(first),
    retrieve: () => telephony.retrieve(first),
    transfer: () => together('transfer'),
    conference: () => together('conference'),
    bringTransfer: () => bring('transfer'),
    bringConference: () => bring('conference'),
    release: () => telephony.release(first),
    hangUp: () => {
      desktop?.hangUp();
      return undefined;
    },
    logout: () => {
      desktop?.logout();
      return undefined;
    },
    login: () => {
      desktop?.set('Ready');
      return undefined;
    },
    data: () => telephony.updateUserData(first, { common: id }),
  };
  return table[verb]();
}

/** Nobody talks in two calls: a phone that is busy is in one, and a leg stands in one. */
function expectApart({ telephony, desktops, up }: World): void {
  const views = up.flatMap((ixn) => telephony.call(ixn) ?? []);
  const legs = views.flatMap(({ parties }) => parties.filter(({ devicetype }) => devicetype !== 'routepoint'));
  expect(new Set(legs.map(({ leg }) => leg)).size, 'legs in two calls').to.equal(legs.length);
  const agents = legs.filter(({ devicetype }) => devicetype === 'agent').map(({ device }) => device);
  expect(new Set(agents).size, `agents in two calls: ${agents.join(' ')}`).to.equal(agents.length);
  for (const [dn, { call, state }] of desktops)
    expect(agents.includes(dn), `${dn}, ${state}, ${call ?? ''}`).to.equal(call !== undefined);
}

/** All that was attached to a call is there, and to what was merged into it; `common` has the last value of the call itself. */
function expectDataKept(made: World, before: ReadonlyMap<InteractionId, readonly string[]>, from: number): void {
  const merged = made.events.slice(from).flatMap((event) => (event.type === 'merged' ? [event] : []));
  for (const [ixn, keys] of before) {
    const into = merged.find((event) => event.ixn === ixn)?.into ?? ixn;
    const now = made.telephony.getUserData(into);
    if (now) expect(now, `data of ${ixn} in ${into}`).to.include.all.keys(...keys);
  }
}

const keysOf = ({ telephony, up }: World) =>
  new Map(
    up.map((ixn) => [ixn, Object.keys(telephony.getUserData(ixn) ?? {})] as const).filter(([, keys]) => keys.length),
  );

describe('the simulated network, whatever is done with many calls', () => {
  it('ends each call once, tells in order, has nobody in two calls, and loses no data', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(party, { minLength: 1, maxLength: 4 }),
        fc.array(reaction, { minLength: 3, maxLength: 5 }),
        fc.array(step, { minLength: 3, maxLength: 25 }),
        async (parties, reactions, steps) => {
          const made = await world(parties, reactions);
          const answers: Promise<unknown>[] = [];
          for (const [index, each] of steps.entries()) {
            await made.clock.advance(each.pause);
            const [before, from] = [keysOf(made), made.events.length];
            const answer = take(made, each, `${index}`);
            if (answer) answers.push(answer);
            await made.clock.settle();
            expectDataKept(made, before, from);
            expectApart(made);
          }
          // whoever holds a call gives it back or lets it go; what rings ends; the rest is released
          await made.clock.advance(1_000);
          for (const ixn of [...made.up]) await made.telephony.release(ixn);
          await made.clock.advance(1_000);
          const settled = await Promise.race([Promise.all(answers), new Promise(setImmediate).then(() => 'pending')]);
          expect(settled).to.be.an('array');
          expect(made.up).to.deep.equal([]);
          const times = made.events.map(({ at }) => at);
          expect(times).to.deep.equal([...times].sort((a, b) => a - b));
          expectWellFormed(made.events);
          for (const [dn, { call, state }] of made.desktops) {
            expect(call, dn).to.equal(undefined);
            expect(state, dn).not.to.be.oneOf(['Ringing', 'Busy']);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
