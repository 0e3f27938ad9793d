/** The callback services behind real HTTP on a port of the machine's choice, with a virtual clock and recording sessions. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createApp } from '../../../server/app.js';
import { virtualClock } from '../../../server/clock/virtual.js';
import { execution } from '../../../server/execution/remote.js';
import { availability } from '../../../server/gms/availability/availability.js';
import { availabilityRoutes } from '../../../server/gms/availability/routes.js';
import { callbackService, type CallbackService } from '../../../server/gms/callbacks.js';
import { administration } from '../../../server/gms/queries/administration.js';
import { callbackAdminRoutes } from '../../../server/gms/queries/routes-admin.js';
import { callbackRoutes } from '../../../server/gms/routes.js';
import { servicesOf } from '../../../server/gms/services.js';
import { readTemplates } from '../../../server/gms/templates.js';
import { Inbox } from '../../../server/host/inbox.js';
import { Outbox } from '../../../server/host/outbox.js';
import { createLog } from '../../../server/log.js';
import { memoryStore } from '../../../server/store/memory.js';
import { unguarded } from '../../support/unguarded.js';
import { breach } from '../openapi/contract.js';
import { recordingSessions } from './recording-sessions.js';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON, or a text; undefined when there is no body. */
  readonly body: unknown;
}

/** Another server: it starts what it is told to, and says nothing more. */
const nothing = (): Promise<never> => Promise.reject(new Error('nobody asks another server here'));
const silent = { deliver: nothing, request: nothing, execution: nothing, tell: nothing };

const templates = readTemplates(join(import.meta.dirname, '../../../templates'));

/** List, section, key. */
type Lists = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

/** `prepared`: what becomes of the services; by default nothing guards them. */
/** Of operators. */
const TOKEN = 'a-token-of-operators';

const parsed = (text: string, headers: Headers): unknown =>
  headers.get('content-type')?.startsWith('text/') === true ? text : (JSON.parse(text) as unknown);

export async function callbackServer(services: object, now: string, prepared = unguarded, lists: Lists = {}) {
  const clock = virtualClock(Date.parse(now));
  const store = memoryStore();
  const sessions = recordingSessions(store);
  const lines: string[] = [];
  const ids: string[] = [];
  const log = createLog('debug', { write: (line) => void lines.push(line) });
  const outbox = new Outbox({
    store,
    clock,
    log,
    chance: () => 0,
    perform: ({ task, ...entry }, _again, settled) => {
      // A notice stays in the outbox, for tests to look at.
      if (task.type === 'module') return;
      if (task.type !== 'callback') throw new Error('callback services have no other tasks');
      callbacks
        .due(task.id, { ...entry, task })
        .catch((err: unknown) => log.error({ err }, 'callback not started'))
        .finally(settled);
    },
    passing: () => undefined,
  });
  const configured = servicesOf(services, templates, 'the test');
  const bookable = servicesOf(prepared(services), templates, 'the test');
  const keys = { filter: ['_callback_state', '_callback_reason', '_vq'], returned: ['_LOB'] };
  const callbacks: CallbackService = callbackService({
    execution: execution({
      peer: {
        ...silent,
        start: (_url, request) => sessions.start(request),
        deliver: (_url, sessionid, event) => sessions.deliver(sessionid, event),
      },
      sessions: { ...sessions, request: () => Promise.reject(new Error('nobody asks a session here')) },
      ...{ store, clock },
    }),
    outbox,
    inbox: new Inbox({ store, clock }),
    store,
    clock,
    ids: () => ids.shift() ?? '1-none',
    services: bookable,
    forward: () => Promise.reject(new Error('nobody asks a session here')),
    lostCalls: () => Promise.resolve([]),
    query: () => Promise.reject(new Error('no session has variables here')),
    lists: (list) => lists[list],
    restoresPosition: true,
    returned: keys.returned,
    log,
  });
  const administered = administration({ store, clock, callbacks, services: configured, keys });
  await outbox.start();
  const asked = availabilityRoutes(availability({ services: bookable, store, clock }), () => undefined, log);
  const app = createApp({
    routes: [asked, callbackRoutes(callbacks, bookable, TOKEN, log), callbackAdminRoutes(administered, TOKEN, log)],
    log,
    clock,
    bodyLimit: 1 << 20,
  });
  const server: Server = createServer(app).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;

  async function send(
    method: string,
    path: string,
    body?: string | FormData | URLSearchParams,
    type?: string,
    key?: string,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Reply> {
    const response = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      ...(body !== undefined && { body }),
      headers: {
        connection: 'close',
        authorization: `Basic ${Buffer.from(`admin:${TOKEN}`).toString('base64')}`,
        ...more,
        ...(type !== undefined && { 'content-type': type }),
        ...(key !== undefined && { 'idempotency-key': key }),
      },
    });
    const text = await response.text();
    const { status } = response;
    const wrong = breach({ method, path, status, type: response.headers.get('content-type') ?? '', text });
    if (wrong !== undefined) throw new Error(wrong);
    return {
      status,
      headers: response.headers,
      body: text === '' ? undefined : parsed(text, response.headers),
    };
  }

  return {
    clock,
    store,
    sessions,
    callbacks,
    /** The ids of the callbacks to come. */
    ids,
    /** What was logged. */
    lines,
    get: (path: string) => send('GET', path),
    delete: (path: string) => send('DELETE', path),
    post: (path: string, body: object, key?: string, headers?: Readonly<Record<string, string>>) =>
      send('POST', path, JSON.stringify(body), 'application/json', key, headers),
    put: (path: string, body: object, headers?: Readonly<Record<string, string>>) =>
      send('PUT', path, JSON.stringify(body), 'application/json', undefined, headers),
    postForm: (path: string, body: FormData | URLSearchParams) => send('POST', path, body),
    postText: (path: string, body: string, type: string) => send('POST', path, body, type),
    async close(): Promise<void> {
      outbox.stop();
      server.close();
      await once(server, 'close');
    },
  };
}

export type CallbackServer = Awaited<ReturnType<typeof callbackServer>>;
