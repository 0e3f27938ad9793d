/**
 * Requests to a running callback by its id, which GMS forwards to the session that executes it: `connect`, `check-queue-position` and
 * whatever else a strategy answers. `routes-forward.ts` puts this behind HTTP.
 */
import type { Execution } from '../execution/remote.js';
import type { IncomingEvent, Reply } from '../host/port.js';
import type { Store } from '../store/port.js';
import { callbackError } from './errors.js';

interface ForwardingNeeds {
  readonly execution: Pick<Execution, 'of'>;
  readonly store: Pick<Store, 'callback'>;
  /** How long a request waits for the strategy. */
  readonly timeoutMs: number;
}

/** What the strategy answers, and in which session. `key`: the client's own id for the request, as for a session. */
export type Forward = (
  id: string,
  event: IncomingEvent,
  key?: string,
  onRepeat?: () => void,
) => Promise<{ readonly sessionid: string; readonly reply: Reply }>;

/** Rejects with a CallbackError, or with what the session's host rejects with. */
export const forwarding =
  ({ execution, store, timeoutMs }: ForwardingNeeds): Forward =>
  async (id, event, key, onRepeat) => {
    const record = await store.callback(id);
    if (!record) throw callbackError('notFound', { id });
    const { sessionid, state } = record;
    if (sessionid === undefined)
      throw callbackError('unknown', { message: `${id}: it has no session, and is ${state}` });
    return { sessionid, reply: await execution.of(record).request(sessionid, event, timeoutMs, key, onRepeat) };
  };
