/** The second implementation of the Sessions port: it starts nothing, remembers what it was told and answers what it should. */
import type { IncomingEvent, Reply, Sessions, SessionView, StartRequest } from '../../../server/host/port.js';
import { problem } from '../../../server/problems.js';

export const ID = '004BUJ1C0KBHF8NIG7HNK2LAES000008';

export interface Remembered extends Sessions {
  readonly started: StartRequest[];
  readonly delivered: IncomingEvent[];
  readonly terminated: string[];
  /** The clients' own ids of their requests; one that is `known` came before. */
  readonly keys: (string | undefined)[];
}

/** A session, as a query shows it. */
export const view: SessionView = {
  sessionid: ID,
  uri: 'file:///strategies/callback.scxml',
  status: 'active',
  configuration: ['waiting'],
  data: { count: 2, at: new Date(0), list: [1, 'a'] },
  version: 3,
  startedAt: 1_000,
};

/** Knows one session; `reply` is its answer to every request, undefined for none in time. */
export const rememberedSessions = (view: SessionView, reply?: Reply): Remembered => {
  const started: StartRequest[] = [];
  const delivered: IncomingEvent[] = [];
  const terminated: string[] = [];
  const keys: (string | undefined)[] = [];
  const keyed = (key: string | undefined, onRepeat?: () => void): void => {
    keys.push(key);
    if (key === 'known') onRepeat?.();
  };
  const known = (id: string): void => {
    if (id !== view.sessionid) throw problem('SESSION_NOT_FOUND', id);
    if (terminated.includes(id)) throw problem('SESSION_OVER', id);
  };
  return {
    started,
    delivered,
    terminated,
    keys,
    async start(request, key, onRepeat) {
      keyed(key, onRepeat);
      started.push(request);
      return view.sessionid;
    },
    async deliver(id, event, key, onRepeat) {
      keyed(key, onRepeat);
      known(id);
      delivered.push(event);
    },
    async request(id, event, timeoutMs, key, onRepeat) {
      keyed(key, onRepeat);
      known(id);
      delivered.push(event);
      if (!reply) throw problem('REQUEST_TIMEOUT', event.name, timeoutMs);
      return reply;
    },
    async query(id) {
      if (id !== view.sessionid) throw problem('SESSION_NOT_FOUND', id);
      return view;
    },
    async terminate(id) {
      known(id);
      terminated.push(id);
    },
  };
};
