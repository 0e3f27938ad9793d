/**
 * Another Ringback server, over HTTP: it executes callbacks for this one through its ORS interface (`../ors/routes.ts`), or this one
 * for it (`routes.ts`). Both know a secret.
 *
 * 1. A request that may have arrived is Undecided: it comes again with the same key, and to the same server.
 * 2. The secret goes to the servers that an operator lists, and nowhere else.
 */
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import { toData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import type { IncomingEvent, Reply, StartRequest } from '../host/port.js';
import { isObject } from '../json.js';
import { messageOf } from '../problems.js';
import { outgoing, OutgoingError, REPEATABLE, type Outgoing, type OutgoingOptions } from '../ors/outgoing.js';
import { isTold, type Told } from './told.js';

/** Nobody knows whether it arrived. (1) */
export class Undecided extends Error {
  override readonly name = 'Undecided';
}

/** It has not begun, and another server may do it. */
export class NotTaken extends Error {
  override readonly name = 'NotTaken';
}

/** In which a server that wants a callback executed says where it is reached. */
export const HOME = 'ringback-home';

interface PeerNeeds {
  readonly ask: Outgoing;
  readonly token: string;
  /** How clients and other servers reach this one. */
  readonly url: () => string;
  readonly timeoutMs: number;
}

export interface Peer {
  /** Resolves with the session's id. Rejects with Undecided, NotTaken, or an Error that says why the server refuses. */
  start(base: string, request: Pick<StartRequest, 'src' | 'params'>, key: string): Promise<string>;
  deliver(base: string, sessionid: string, event: IncomingEvent, key?: string): Promise<void>;
  request(base: string, sessionid: string, event: IncomingEvent, key?: string): Promise<Reply>;
  /** What a server that executes a callback knows of it; undefined: nothing. Rejects with Undecided. */
  execution(base: string, id: string): Promise<Told | undefined>;
  /** `over`: the callback does not want that execution any more. Rejects with Undecided. */
  tell(base: string, id: string, told: Told): Promise<'heard' | 'over'>;
}

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly text: string;
  readonly type: string;
  readonly resultcode: string | undefined;
}

/** What a gateway says that does not know either. */
const undecided = new Set([502, 504]);

const peer = ({ ask, token, url, timeoutMs }: PeerNeeds): Peer => {
  const call = async (method: string, at: string, body?: unknown, headers: object = {}): Promise<Answer> => {
    try {
      const {
        status,
        data,
        headers: got,
      } = await ask({
        url: at,
        method,
        timeoutMs,
        headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
        ...(body !== undefined && { data: JSON.stringify(body) }),
      });
      const code: unknown = got['ringback-result-code'];
      const resultcode = typeof code === 'string' ? decodeURIComponent(code) : undefined;
      return { status, body: jsonOf(data), text: data, type: String(got['content-type'] ?? ''), resultcode };
    } catch (error) {
      if (!(error instanceof OutgoingError)) throw error;
      if (!error.arrived) throw new NotTaken(`cannot connect to ORS: ${error.message}`, { cause: error });
      throw new Undecided(`ORS does not answer: ${error.message}`, { cause: error });
    }
  };
  const ofSession = async (base: string, sessionid: string, what: string, event: IncomingEvent, key?: string) => {
    const at = `${base}/scxml/session/${sessionid}/${what}/${encodeURIComponent(event.name)}`;
    const given = typeof event.data === 'object' && event.data !== null ? event.data : {};
    return call('POST', at, given, key === undefined ? {} : { [REPEATABLE]: key });
  };

  return {
    async start(base, { src, params }, key) {
      const body = { ...params, src };
      const {
        status,
        body: answer,
        text,
      } = await call('POST', `${base}/scxml/session/start`, body, {
        [REPEATABLE]: key,
        [HOME]: url(),
      });
      const sessionid = fieldOf(answer, 'sessionid');
      if (status === 200 && /^[0-9A-Z]{32}$/.test(sessionid)) return sessionid;
      if (undecided.has(status)) throw new Undecided(`ORS does not answer: status ${status}`);
      if (status === 503) throw new NotTaken(`ORS takes nothing: ${reasonIn(answer, text)}`);
      throw new Error(status === 200 ? 'Invalid ORS response' : `ORS refuses: ${reasonIn(answer, text)}`);
    },
    async deliver(base, sessionid, event, key) {
      const { status, body, text } = await ofSession(base, sessionid, 'event', event, key);
      if (status !== 200) throw new Error(reasonIn(body, text));
    },
    async request(base, sessionid, event, key) {
      const { status, body, text, type, resultcode } = await ofSession(base, sessionid, 'request', event, key);
      const isPositive = status < 300;
      const kind = { type: isPositive ? 'positive' : 'negative', resultcode: resultcode ?? String(status) } as const;
      if (isObject(body)) return { ...kind, params: dataOf(body) };
      return { ...kind, params: {}, content: text, contenttype: type };
    },
    async execution(base, id) {
      const { status, body } = await decided(() => call('GET', executionAt(base, id)));
      if (status === 404) return undefined;
      if (status === 200 && isTold(body)) return body;
      throw new Undecided(`ORS answers with status ${status}`);
    },
    async tell(base, id, told) {
      const { status } = await decided(() => call('PUT', executionAt(base, id), told));
      if (status === 200) return 'heard';
      if (status === 404 || status === 409) return 'over';
      throw new Undecided(`the callback's server answers with status ${status}`);
    },
  };
};

/** undefined: an operator has set no others. (2) */
export const peers = (needs: {
  readonly config: Pick<Config, 'peers' | 'peerToken' | 'networks' | 'requestTimeoutMs'>;
  readonly url: () => string;
  readonly clock: Clock;
  readonly during: NonNullable<OutgoingOptions['during']>;
}): Peer | undefined => {
  const { config, url, clock, during } = needs;
  const { peers: hosts, peerToken: token, networks, requestTimeoutMs: timeoutMs } = config;
  if (token === undefined || hosts.length === 0) return undefined;
  return peer({ ask: outgoing({ url, hosts, networks, clock, during }), token, url, timeoutMs });
};

export const EXECUTIONS = '/ringback/executions';

const executionAt = (base: string, id: string): string => `${base}${EXECUTIONS}/${encodeURIComponent(id)}`;

/** For what may be asked again at any time. */
const decided = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    throw error instanceof NotTaken ? new Undecided(messageOf(error), { cause: error }) : error;
  }
};

const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

const fieldOf = (value: unknown, name: string): string => {
  const field = isObject(value) ? value[name] : undefined;
  return typeof field === 'string' ? field : '';
};

const SHOWN = 300;
const reasonIn = (answer: unknown, text: string): string => (fieldOf(answer, 'message') || text).slice(0, SHOWN);

const dataOf = (fields: Readonly<Record<string, unknown>>): Readonly<Record<string, Data | undefined>> =>
  Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, toData(value)]));
