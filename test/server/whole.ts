/**
 * The whole server as it ships, with HTTP in front, on a store and a virtual clock that outlive it: `wholeServer` again on the same
 * two is the next process. By default nobody works in its contact centre, so whoever is called back waits in the queue.
 */
import axios, { type AxiosResponse } from 'axios';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { VirtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { demoServices } from '../../server/gms/demo-services.js';
import { servicesOf } from '../../server/gms/services.js';
import { readTemplates } from '../../server/gms/templates.js';
import { createLog } from '../../server/log.js';
import { ringback } from '../../server/ringback.js';
import type { Store } from '../../server/store/port.js';
import type { People } from '../../server/users/entrance.js';
import { contactCentre, type CentreData, type LogEntry } from '../../server/voice/simulated/centre.js';
import { heldToDescription } from './openapi/contract.js';
import { unguarded } from '../support/unguarded.js';
import { warm } from '../support/warm.js';

export interface WholeOptions {
  readonly store: Store;
  readonly clock: VirtualClock;
  /** Configured callback services; default: those of the demo. */
  readonly services?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Default: nobody. */
  readonly people?: People;
  /** Of the documents that may be started besides the strategies; they are trusted. */
  readonly folder?: string;
  readonly centre?: CentreData;
  /** Default: one of the machine's choice. */
  readonly port?: number;
}

const EMPTY: CentreData = { agents: [], customers: [], routePoints: ['5000'] };

export interface Whole {
  readonly url: string;
  readonly app: Awaited<ReturnType<typeof ringback>>['app'];
  readonly callbacks: Awaited<ReturnType<typeof ringback>>['callbacks'];
  readonly router: ReturnType<typeof contactCentre>['router'];
  /** What was logged, a line each. */
  readonly log: readonly string[];
  /** What happened in the contact centre. */
  readonly told: readonly LogEntry[];
  ask(
    method: string,
    path: string,
    more?: { readonly body?: object; readonly key?: string; readonly token?: string },
  ): Promise<AxiosResponse<Record<string, unknown>>>;
  close(): Promise<void>;
  /** Nobody reaches it any more, and it is told nothing. */
  kill(): void;
}

const root = join(import.meta.dirname, '../..');
const templates = readTemplates(join(root, 'templates'));

export async function wholeServer(options: WholeOptions): Promise<Whole> {
  const { store, clock, services = demoServices, environment = {}, folder, centre = EMPTY, port = 0, people } = options;
  const log: string[] = [];
  const folders = folder === undefined ? [] : [folder];
  let url = '';
  const told: LogEntry[] = [];
  const world = contactCentre({ ...centre, clock, seed: 'whole', log: (entry) => void told.push(entry) });
  const server = await ringback({
    warm,
    config: configFrom(environment),
    places: { strategies: join(root, 'strategies'), folders, hosts: [], trusted: folders },
    url: () => url,
    clock,
    store,
    world,
    services: servicesOf(unguarded(services), templates, 'the test'),
    ...(people && { people }),
    log: createLog('info', { write: (line) => void log.push(line) }),
    during: (work) => clock.during(work),
  });
  const listener = server.app.listen(port, '127.0.0.1');
  await once(listener, 'listening');
  url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  const kill = (): void => {
    listener.closeAllConnections();
    listener.close();
  };
  const http = heldToDescription(axios.create({ baseURL: url, proxy: false, validateStatus: () => true }));
  return {
    url,
    app: server.app,
    callbacks: server.callbacks,
    router: world.router,
    ...{ log, told },
    ask: (method, path, { body, key, token } = {}) =>
      clock.during(
        http.request<Record<string, unknown>>({
          method,
          url: path,
          data: body,
          headers: {
            ...(key !== undefined && { 'Idempotency-Key': key }),
            ...(token !== undefined && { Authorization: token }),
          },
        }),
      ),
    kill,
    async close() {
      kill();
      await server.stop();
    },
  };
}
