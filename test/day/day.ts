/**
 * A day of a contact centre on the virtual clock: the server as it ships, on the memory store, with the callback services and the
 * inbound application of the strategies. `plan.ts` says who comes; `day.test.ts` and `run.ts` look at what became of it.
 */
import { join } from 'node:path';
import { virtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { servicesOf } from '../../server/gms/services.js';
import { readTemplates } from '../../server/gms/templates.js';
import { createLog } from '../../server/log.js';
import { applicationsOf } from '../../server/ors/inbound/applications.js';
import { ringback } from '../../server/ringback.js';
import { packageRoot } from '../../server/root.js';
import { memoryStore } from '../../server/store/memory.js';
import { contactCentre, type LogEntry } from '../../server/voice/simulated/centre.js';
import { DIAL_OUT, ENTRY, planOf, type Arrival, type DaySize, type Group } from './plan.js';
import { Trace } from './trace.js';
import { unguarded } from '../support/unguarded.js';

export interface DayOutcome {
  readonly trace: string;
  readonly events: number;
  /** Calls by what they were, and how many of them an agent had. */
  readonly calls: { readonly inbound: number; readonly outbound: number; readonly answered: number };
  /** Callbacks by state and reason. */
  readonly callbacks: Readonly<Record<string, number>>;
  /** What has not ended, though nobody comes any more: nothing. */
  readonly left: {
    readonly calls: number;
    readonly sessions: number;
    readonly requests: number;
    /** Not at home after the last shift. */
    readonly agents: number;
    /** Errors and warnings. */
    readonly troubles: readonly string[];
  };
}

const OPENING = Date.parse('2026-03-02T08:00:00.000Z');
const templates = readTemplates(join(packageRoot, 'templates'));

const serviceOf = (group: Group): object => ({
  template: 'callback',
  options: {
    ...{ _route_point: `${DIAL_OUT}@SIP_Switch`, _resource_group: 'CB', _urs_virtual_queue: `VQ_${group}` },
    ...{ _target: `${group}@StatServer.GA`, _urs_vq_priority: '10' },
  },
});
const scriptOf = (group: Group): object => ({
  Application: { url: 'inbound' },
  ApplicationParms: {
    ...{ app_selected_agent_group: `${group}@StatServer.GA`, app_virtual_queue: `VQ_${group}` },
    app_find_agent_timeout: '600',
  },
});
const services = { Billing: serviceOf('Billing'), Sales: serviceOf('Sales') };
const inbound = {
  routePoints: Object.fromEntries(
    Object.entries(ENTRY).map(([group, dn]) => [dn, { Orchestration: { application: `script:${group}` } }]),
  ),
  scripts: { Billing: scriptOf('Billing'), Sales: scriptOf('Sales') },
};

/** Who is in a call, and what waits for an agent, by what was told. */
class Books {
  readonly #calls = new Set<string>();
  readonly #requests = new Set<string>();
  readonly #answered = new Set<string>();
  inbound = 0;
  outbound = 0;

  note(entry: LogEntry): void {
    if (entry.source === 'agent') return;
    const { event } = entry;
    if ('ixn' in event) this.#call(event);
    else if (event.type === 'selected') this.#requests.add(event.id);
    else if (event.type === 'ended') this.#requests.delete(event.id);
  }

  #call(event: (LogEntry & { source: 'voice' })['event']): void {
    if (event.type === 'deleted') this.#calls.delete(event.ixn);
    if (event.type === 'established' && event.to.kind === 'dn') this.#answered.add(event.ixn);
    if ((event.type !== 'arrived' && event.type !== 'dialing') || this.#calls.has(event.ixn)) return;
    this.#calls.add(event.ixn);
    if (event.type === 'arrived') this.inbound += 1;
    else this.outbound += 1;
  }

  get calls(): number {
    return this.#calls.size;
  }
  get requests(): number {
    return this.#requests.size;
  }
  get answered(): number {
    return this.#answered.size;
  }
}

export async function simulateDay(size: DaySize, seed: string): Promise<DayOutcome> {
  const clock = virtualClock(OPENING);
  const store = memoryStore();
  const { arrivals, shifts, centre } = planOf(size, seed);
  const trace = new Trace();
  const books = new Books();
  const troubles: string[] = [];
  const world = contactCentre({
    ...{ clock, seed, ...centre },
    log(entry) {
      trace.add(entry);
      books.note(entry);
    },
  });
  const server = await ringback({
    config: configFrom({}),
    places: { strategies: join(packageRoot, 'strategies'), folders: [], hosts: [], trusted: [] },
    url: () => 'http://127.0.0.1:8080',
    ...{ clock, store, world },
    services: servicesOf(unguarded(services), templates, 'the day'),
    applications: applicationsOf(inbound, 'the day'),
    log: createLog('warn', { write: (line) => void troubles.push(line) }),
    during: (work) => clock.during(work),
  });
  store.onCallback(({ state, reason, id }) => trace.add({ id, state, reason, at: clock.now() }));

  function arrive({ kind, number, group, desiredMs }: Arrival): void {
    if (kind === 'call') world.callers.arrive({ ani: number, dnis: '800', routePoint: ENTRY[group] });
    else {
      const at = desiredMs === undefined ? {} : { _desired_time: new Date(OPENING + desiredMs).toISOString() };
      void clock.during(server.callbacks.start(group, { _customer_number: number, ...at }));
    }
  }
  /** One timer for whoever comes next. */
  function expect(next: number): void {
    const arrival = arrivals[next];
    if (!arrival) return;
    clock.setTimeout(
      () => {
        arrive(arrival);
        expect(next + 1);
      },
      OPENING + arrival.atMs - clock.now(),
    );
  }
  for (const { agent, breakMs, backMs, endMs } of shifts) {
    const desktop = world.desktops.get(agent);
    clock.setTimeout(() => desktop?.set('NotReady'), breakMs);
    clock.setTimeout(() => desktop?.set('Ready'), backMs);
    clock.setTimeout(() => desktop?.set('LoggedOut'), endMs);
  }
  expect(0);
  await clock.advance(size.hours * 2 * 3_600_000 + 3_600_000);

  const { sessions } = await store.counts(clock.now());
  const callbacks: Record<string, number> = {};
  for (const { state, reason } of await store.callbacks({})) {
    const what = `${state} ${reason ?? 'without a reason'}`;
    callbacks[what] = (callbacks[what] ?? 0) + 1;
  }
  const held = [...world.desktops.values()].filter(({ state }) => state !== 'LoggedOut');
  const outcome = {
    ...{ events: trace.length, callbacks },
    calls: { inbound: books.inbound, outbound: books.outbound, answered: books.answered },
    left: { calls: books.calls, sessions: sessions.active, requests: books.requests, agents: held.length, troubles },
  };
  await server.stop();
  await store.close();
  return { ...outcome, trace: trace.digest() };
}
