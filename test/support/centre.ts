/**
 * A scenario: the whole server as it ships on the virtual clock, a simulated contact centre behind it, HTTP in front. What
 * happens is told by `timeline.ts`, a line each; `scenario` opens a centre for a test, holds it to rest, and closes it.
 *
 * 1. Time stands still while a request is on its way, so that a run is the same run every time.
 * 2. At rest nothing is left over: no call, no reserved agent, nobody in a queue, no session, no dial beyond the attempts.
 */
import axios, { type AxiosResponse } from 'axios';
import { expect } from 'chai';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { virtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { servicesOf, type Services } from '../../server/gms/services.js';
import { readTemplates } from '../../server/gms/templates.js';
import { createLog } from '../../server/log.js';
import type { Entry } from '../../server/reporting/port.js';
import { applicationsOf } from '../../server/ors/inbound/applications.js';
import { tenantsOf } from '../../server/ors/tenants.js';
import { ringback } from '../../server/ringback.js';
import { memoryStore } from '../../server/store/memory.js';
import type { Store, Write } from '../../server/store/port.js';
import { contactCentre, type CentreData } from '../../server/voice/simulated/centre.js';
import '../walks/taken.js';
import { stateLine, timelineFrom } from './timeline.js';
import { unguarded } from './unguarded.js';
import { warm } from './warm.js';

export type Agent = CentreData['agents'][number];

export interface Given {
  /** Who is behind every number, attempt by attempt; default an ordinary human. */
  readonly customer?: CentreData['customers'][number]['does'];
  /** Default: alice alone. */
  readonly agents?: readonly Agent[];
  /** Configured in the service, beside those that it must have. */
  readonly options?: Readonly<Record<string, unknown>>;
  /** What VoiceXML applications of the media server do, by their URL. */
  readonly applications?: CentreData['applications'];
  /** Default: one, which always has a line. */
  readonly trunkGroups?: CentreData['trunkGroups'];
  /** Beside this server. */
  readonly fetchHosts?: readonly string[];
  /** What calls at the entry points 8001 and 8002 start: as in the operator's file. */
  readonly inbound?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Transaction lists of the tenant: list, section, key. */
  readonly lists?: object;
}

const root = join(import.meta.dirname, '../..');
const plugins = join(root, 'test/strategies/plugins');
export const templates = readTemplates(join(root, 'templates'));
/** The documents that a scenario may start. */
export const places = { strategies: join(root, 'strategies'), folders: [plugins], hosts: [], trusted: [plugins] };
const SERVICE = '/genesys/1/service/callback/billing';
export const START = Date.parse('2026-03-02T09:00:00.000Z');
export const NUMBER = '16504661230';
const ADMIN = 'the-token-of-operators-in-scenarios-0123456789';
/** Longer than any callback or conversation of a scenario. */
const LONG = 3 * 86_400;

export const agent = (id: string, dn: string, script: Partial<Agent> = {}): Agent => ({
  id,
  dn,
  switch: 'SIP_Switch',
  place: `Place_${dn}`,
  groups: ['Billing'],
  ...script,
});

const mandatory = {
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@StatServer.GA',
};

/** The service `billing`, with these options beside those that it must have. */
export const billing = (options: Given['options'] = {}): Services =>
  servicesOf(
    unguarded({ billing: { template: 'callback', options: { ...mandatory, ...options } } }),
    templates,
    'test',
  );

export async function openCentre({
  customer,
  agents = [agent('alice', '7001')],
  options = {},
  applications = {},
  trunkGroups = { Trunks: {} },
  fetchHosts = [],
  inbound = {},
  environment = { RINGBACK_ADMIN_TOKEN: ADMIN },
  lists = {},
}: Given) {
  const clock = virtualClock(START);
  const store = refusing(memoryStore());
  const timeline = timelineFrom(START, () => clock.now());
  const logged: string[] = [];
  const centre = contactCentre({
    clock,
    seed: 'scenario',
    agents,
    customers: customer ? [{ does: customer }] : [],
    routePoints: ['5000'],
    entryPoints: ['8001', '8002'],
    applications,
    trunkGroups,
    log: timeline.network,
  });
  store.onCallback(timeline.record);
  let url = '';
  const server = await ringback({
    warm,
    config: { ...configFrom(environment), fetchHosts },
    places,
    url: () => url,
    clock,
    store,
    world: { ...centre, telephony: timeline.listening(centre.telephony), chat: timeline.writing(centre.chat) },
    services: billing(options),
    applications: applicationsOf(inbound, 'test'),
    tenants: tenantsOf([{ name: 'Environment', id: '101', lists }], 'test'),
    log: createLog('info', { write: (line) => void logged.push(line) }),
    during: (work) => clock.during(work),
  });
  const listener = server.app.listen(0, '127.0.0.1');
  listener.on('upgrade', server.upgrade);
  await once(listener, 'listening');
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  await clock.advance(0);

  const http = axios.create({ baseURL: url, proxy: false, validateStatus: () => true });
  const send = (method: string, path: string, data?: object): Promise<AxiosResponse<Record<string, unknown>>> =>
    clock.during(http.request<Record<string, unknown>>({ method, url: path, data }));

  const recordOf = async (id: string) => {
    const record = await store.callback(id);
    if (!record) throw new Error(`there is no callback ${id}`);
    return record;
  };
  const sessionOf = async (id: string): Promise<string> => (await recordOf(id)).sessionid ?? '';
  /** The query by id. */
  const find = (id: string) => send('GET', `${SERVICE}/${id}`);
  const query = async (session: string) => (await send('POST', `/scxml/session/${session}/query`)).data;

  return {
    clock,
    centre,
    url,
    send,
    query,
    recordOf,
    sessionOf,
    /** Everything that happened so far: `<seconds> <what>`. */
    timeline: timeline.lines,
    /** Pairs of reporting that calls have had as user data. */
    attached: timeline.attached,
    /** With which the last event of a desktop is answered. */
    buttons: timeline.buttons,
    /** All that this event brought. */
    shown: timeline.shown,
    /** What was logged, a JSON line each. */
    logged,
    /** An operator changes the list of paused services. */
    async setPaused(key: string, value: boolean): Promise<void> {
      const path = `/ringback/lists/GMS_Paused_Services/services/${key}`;
      const headers = { Authorization: `Bearer ${ADMIN}` };
      const { status, data } = await clock.during(http.put<unknown>(path, { value }, { headers }));
      expect(status, JSON.stringify(data)).to.equal(200);
    },
    /** The callback's session is lost: its next step cannot be saved. */
    async lose(id: string): Promise<void> {
      store.refuseNext();
      const { status } = await send('POST', `/scxml/session/${await sessionOf(id)}/event/nothing`);
      expect(status).to.equal(503);
    },
    /** Starts a callback and answers its id. */
    async start(body: object = { _customer_number: NUMBER }, answered: object = {}): Promise<string> {
      const { status, data } = await send('POST', SERVICE, body);
      expect(status, JSON.stringify(data)).to.equal(200);
      expect(data).to.deep.include(answered);
      await clock.settle();
      return String(data['_id']);
    },
    /** The record's states, as in the timeline. */
    async history(id: string): Promise<string[]> {
      return (await recordOf(id)).history.map((change) => `${(change.at - START) / 1000} ${stateLine(change)}`);
    },
    cancel: (id: string) => send('DELETE', `${SERVICE}/${id}`),
    change: (id: string, body: object) => send('PUT', `${SERVICE}/${id}`, body),
    /** What the strategies have told, as operators see it. */
    reported: (kind: Entry['kind']): readonly Entry[] =>
      server.reported({ limit: Infinity }).filter((entry) => entry.kind === kind),
    find,
    /** As the query by id has it. */
    async state(id: string): Promise<string> {
      const { data } = await find(id);
      const { _callback_state: state = '', _callback_reason: reason } = data as Record<string, string>;
      return reason === undefined ? state : `${state} / ${reason}`;
    },
    run: (seconds: number) => clock.advance(seconds * 1000),
    /** Until nothing happens any more. */
    toTheEnd: () => clock.advance(LONG * 1000),
    async expectRest(): Promise<void> {
      await clock.advance(LONG * 1000);
      expect(timeline.liveCalls(), 'calls that nobody ends').to.be.empty;
      expect(agents.filter(({ id }) => centre.router.agentState(id) === 'Reserved')).to.be.empty;
      expect(centre.router.waiting(mandatory._urs_virtual_queue), 'requests in the queue').to.equal(0);
      for (const id of timeline.callbacks()) await expectOver(id);
    },
    /** The server stops, and still listens. */
    stop: () => server.stop(),
    async close(): Promise<void> {
      listener.closeAllConnections();
      listener.close();
      await server.stop();
    },
  };

  async function expectOver(id: string): Promise<void> {
    const { state, sessionid, properties } = await recordOf(id);
    expect(state).to.equal('COMPLETED');
    if (sessionid === undefined) return;
    const lost = store.lost(id);
    expect((await query(sessionid))['status'], 'the session').to.equal(lost.includes(sessionid) ? 'error' : 'done');
    const dials = [...new Set([...lost, sessionid])].map((each) => timeline.dials(each)).reduce((a, b) => a + b, 0);
    expect(dials, 'dials, one an attempt').to.equal(properties['_dial_attempt'] ?? 0);
  }
}

/** A store that can be told to refuse a step, as one would that has another owner. */
const refusing = (store: Store) => {
  let refuses = false;
  const lost: { readonly sessionid: string; readonly callback: string | undefined }[] = [];
  return {
    ...store,
    async commit(writes: readonly Write[]): Promise<void> {
      const step = writes.find((write) => write.kind === 'session');
      if (!refuses || !step) return store.commit(writes);
      refuses = false;
      lost.push(step.record);
      throw new Error('the step is refused');
    },
    refuseNext(): void {
      refuses = true;
    },
    /** Sessions of a callback whose step was refused. */
    lost: (id: string): readonly string[] =>
      lost.filter(({ callback }) => callback === id).map(({ sessionid }) => sessionid),
  };
};

export type Centre = Awaited<ReturnType<typeof openCentre>>;

/** A test over a centre that is at rest in the end (2). */
export function scenario(title: string, given: Given, test: (centre: Centre) => Promise<void>): void {
  it(title, async () => {
    const centre = await openCentre(given);
    try {
      await test(centre);
      await centre.expectRest();
    } finally {
      await centre.close();
    }
  });
}
