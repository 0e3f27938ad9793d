/**
 * A day of chaos: callbacks of all kinds (`mix.ts`), customers and agents who do as they like, a store and a network that fail
 * (`faults.ts`), processes that die (`processes.ts`), on the virtual clock. `plan.ts` says what happens, `judge.ts` what must be.
 */
import axios from 'axios';
import { virtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { servicesOf } from '../../server/gms/services.js';
import { createLog } from '../../server/log.js';
import { applicationsOf } from '../../server/ors/inbound/applications.js';
import { tenantsOf } from '../../server/ors/tenants.js';
import { memoryStore } from '../../server/store/memory.js';
import { places, START, templates } from '../support/centre.js';
import { dyingWorld, stayingWorld } from '../support/worlds.js';
import { Books } from './books.js';
import { faultsOf, type Faults } from './faults.js';
import { judge } from './judge.js';
import { BUSY_MS, ENTRIES, FAULTY_MS, planOf, SERVICES, type PlannedCallback } from './plan.js';
import { processes } from './processes.js';
import { unguarded } from '../support/unguarded.js';

export interface ChaosOutcome {
  /** What must not be: nothing. */
  readonly wrong: readonly string[];
  /** Callbacks by how they ended. */
  readonly ends: Readonly<Record<string, number>>;
  readonly faults: Faults['counts'] & { readonly deaths: number };
}

const TOKEN = 'the-token-of-operators-in-chaos-0123456789';
/** Until nothing happens any more. */
const REST_MS = 8 * 3_600_000;
const SECOND = 1_000;

const services = Object.fromEntries(
  SERVICES.map((name) => [
    name,
    {
      template: 'callback',
      options: {
        ...{ _route_point: '8999@SIP_Switch', _resource_group: 'CB', _urs_virtual_queue: `VQ_${name}` },
        ...{ _target: `${name}@StatServer.GA`, _enable_status_notification: 'notify' },
      },
    },
  ]),
);
const inbound = {
  routePoints: Object.fromEntries(ENTRIES.map((dn) => [dn, { Orchestration: { application: 'script:Inbound' } }])),
  scripts: {
    Inbound: {
      Application: { url: 'inbound' },
      ApplicationParms: { app_selected_agent_group: 'Billing@StatServer.GA', require_ani: 'true' },
    },
  },
};
const lists = { GMS_Resources: { CB: Object.fromEntries(ENTRIES.map((dn, index) => [String(index), dn])) } };

export async function chaos(seed: string, callbacks: number): Promise<ChaosOutcome> {
  const clock = virtualClock(START);
  const inner = memoryStore();
  const plan = planOf(seed, callbacks, START);
  const faults = faultsOf(seed);
  const books = new Books((ixn) => lives.now?.world.telephony.getUserData(ixn));
  const logged: string[] = [];
  /** By the index of the callback. */
  const ids = new Map<number, string>();
  const cancelled = new Set<string>();

  const lives = processes({
    ...{ clock, deaths: plan.deaths, store: faults.store(inner), network: faults.network },
    worldOf: plan.networkStays ? stayingWorld(plan.people, clock) : dyingWorld(plan.people),
    heard: (event) => books.hear(event),
    died() {
      if (!plan.networkStays) books.cutOff();
    },
    parts: {
      ...{
        config: configFrom({ RINGBACK_ADMIN_TOKEN: TOKEN }),
        places,
      },
      services: servicesOf(unguarded(services), templates, 'chaos'),
      applications: applicationsOf(inbound, 'chaos'),
      tenants: tenantsOf([{ name: 'Environment', id: '101', lists }], 'chaos'),
      log: createLog('info', { write: (line) => void logged.push(line) }),
    },
  });

  const at = (ms: number, act: () => void): void => void clock.setTimeout(act, Math.max(0, START + ms - clock.now()));
  /** Again and again until it is done, a second apart; 100 times at most. */
  const insist = (act: () => Promise<boolean>, times = 100): void => {
    act()
      .catch(() => false)
      .then((done) => {
        if (!done && times > 1) clock.setTimeout(() => insist(act, times - 1), SECOND);
      })
      .catch((error: unknown) => books.wrong.push(String(error)));
  };

  const sessionOf = async (index: number) => (await inner.callback(ids.get(index) ?? ''))?.sessionid;

  function begin(planned: PlannedCallback): void {
    const { index, service, body, cancelMs, terminateMs, connectMs } = planned;
    insist(async () => {
      const answer = await lives.ask(({ server }) => server.callbacks.start(service, body, `key ${seed} ${index}`));
      if (!answer) return false;
      ids.set(index, String(answer['_id']));
      if (cancelMs !== undefined) clock.setTimeout(() => cancel(planned), cancelMs);
      if (terminateMs !== undefined) clock.setTimeout(() => terminate(planned), terminateMs);
      for (const ms of connectMs) clock.setTimeout(() => connect(planned), ms);
      return true;
    });
  }
  function cancel({ index, service }: PlannedCallback): void {
    const id = ids.get(index) ?? '';
    insist(async () => {
      const done = await lives.ask(({ server }) => server.callbacks.cancel(service, id).then(() => true));
      if (done) cancelled.add(id);
      return done ?? false;
    }, 3);
  }
  function terminate({ index }: PlannedCallback): void {
    insist(async () => {
      const session = await sessionOf(index);
      await lives.ask(({ server }) => server.host.terminate(session ?? ''));
      return true;
    }, 1);
  }
  const called = new Set<number>();
  function connect({ index, number }: PlannedCallback): void {
    insist(async () => {
      const session = await sessionOf(index);
      if (session === undefined || called.has(index)) return true;
      const reply = await lives.ask(({ server }) => server.host.request(session, { name: 'connect' }, 5 * SECOND));
      const { _access_number: dnis } = (reply?.content ?? {}) as { readonly _access_number?: string };
      if (dnis === undefined) return true;
      called.add(index);
      clock.setTimeout(() => {
        // who reaches nobody calls again
        if (!lives.now) called.delete(index);
        else books.calls(lives.now.world.callers.arrive({ ani: number, dnis, routePoint: dnis }), ids.get(index) ?? '');
      }, 3 * SECOND);
      return true;
    }, 1);
  }
  function setPaused(key: string, value: boolean): void {
    const headers = { Authorization: `Bearer ${TOKEN}` };
    insist(async () => {
      const status = await lives.ask(async ({ url }) => {
        const path = `${url}/ringback/lists/GMS_Paused_Services/services/${key}`;
        return (await axios.put<unknown>(path, { value }, { headers, proxy: false, timeout: SECOND })).status;
      });
      return status === 200;
    });
  }

  await lives.begun;
  for (const planned of plan.callbacks) at(planned.atMs, () => begin(planned));
  for (const { key, atMs, againMs } of plan.pauses) {
    at(atMs, () => setPaused(key, true));
    at(againMs, () => setPaused(key, false));
  }
  for (const { agent, atMs, againMs } of plan.leaves) {
    at(atMs, () => lives.now?.world.desktops.get(agent)?.logout());
    at(againMs, () => lives.now?.world.desktops.get(agent)?.begin());
  }
  at(FAULTY_MS, () => (faults.calm = true));
  await clock.advance(BUSY_MS + REST_MS);

  const records = await inner.callbacks({});
  const wrong = [
    ...books.wrong,
    ...(await judge({
      plan,
      ids,
      records,
      cancelled,
      books,
      entries: lives.reported(),
      store: inner,
      now: clock.now(),
      logged,
      world: lives.now?.world,
      deaths: lives.deaths,
    })),
  ];
  const ends: Record<string, number> = {};
  for (const { state, reason } of records) {
    const what = `${state} ${reason ?? 'without a reason'}`;
    ends[what] = (ends[what] ?? 0) + 1;
  }
  await lives.stop();
  return { wrong, ends, faults: { ...faults.counts, deaths: lives.deaths } };
}
