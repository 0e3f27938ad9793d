/**
 * The callback services: start, query and cancel. The record (`record.ts`, kept in the store) is ours; the session that
 * executes it is the strategy's, reached through `host/port.ts`. `routes.ts` puts this behind HTTP, `answer.ts` has the bodies.
 *
 * 1. Write, then act: a record is in the store before its session is started and before anybody is answered.
 * 2. A callback is started at most once: only out of QUEUED in the same turn that made it so (`turns.ts`).
 * 3. What is cancelled while SCHEDULED is never started.
 * 4. The customer's number is in no log entry.
 */
import type { Clock } from '../clock.js';
import type { Sessions } from '../host/port.js';
import type { Log } from '../log.js';
import type { CallbackRecord, CallbackUpdate, Store } from '../store/port.js';
import { foundAnswer, recordAnswer, startAnswer, type Answer } from './answer.js';
import { messageOf } from '../problems.js';
import { callbackError } from './errors.js';
import { lookUp } from './lookup.js';
import { bufferMs, paramsOf, recordOf } from './record.js';
import { requestOf, requireKeys } from './request.js';
import { resolve } from './resolve.js';
import { serviceNamed, type Services } from './services.js';
import { turns } from './turns.js';

export interface CallbackNeeds {
  readonly sessions: Sessions;
  readonly store: Store;
  readonly clock: Clock;
  /** A new id for each callback. */
  readonly ids: () => string;
  readonly services: Services;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Every method rejects with a CallbackError (`errors.ts`), or with whatever the store failed with. */
export interface CallbackService {
  start(name: string, body: unknown): Promise<Answer>;
  query(name: string, id: string): Promise<Answer>;
  /** Without a name, over all services. */
  queryByProperties(
    name: string | undefined,
    properties: Readonly<Record<string, unknown>>,
  ): Promise<readonly Answer[]>;
  cancel(name: string, id: string, options?: { readonly discardOrsFailure?: boolean }): Promise<void>;
  /** Forgets the timers of what is scheduled, so that the process can end. */
  stop(): void;
}

export function callbackService({ sessions, store, clock, ids, services, log }: CallbackNeeds): CallbackService {
  const inTurn = turns();
  const timers = new Map<string, unknown>();

  const update = (id: string, changes: Omit<CallbackUpdate, 'at'>): Promise<void> =>
    store.commit([{ kind: 'callback.update', id, update: { at: clock.now(), ...changes } }]);

  async function found(name: string, id: string): Promise<CallbackRecord> {
    const record = await store.callback(id);
    if (record?.service !== name) throw callbackError('notFound', { id, service: name });
    return record;
  }

  /** Starts the session of a record that is QUEUED in the store. */
  async function launch(record: CallbackRecord): Promise<void> {
    const { id, service: name } = record;
    let sessionid: string;
    try {
      const service = serviceNamed(services, name);
      const params = paramsOf(record, service);
      sessionid = await sessions.start({ src: service.template.strategy, params, callback: id });
    } catch (error) {
      await update(id, { state: 'COMPLETED', reason: 'SUBMIT_ERROR' });
      throw callbackError('orsError', { message: messageOf(error) });
    }
    await update(id, { sessionid });
    log.info({ callback: id, service: name, session: sessionid }, 'callback started');
  }

  async function due(id: string): Promise<void> {
    timers.delete(id);
    const record = await store.callback(id);
    if (record?.state !== 'SCHEDULED') return;
    await update(id, { state: 'QUEUED' });
    await launch(record);
  }

  function schedule({ id, desiredTime }: CallbackRecord, leadMs: number): void {
    const fire = (): void => {
      inTurn(id, () => due(id)).catch((err: unknown) => log.error({ callback: id, err }, 'callback not started'));
    };
    timers.set(id, clock.setTimeout(fire, desiredTime - leadMs - clock.now()));
  }

  /** Asks the strategy to end; what it makes of the record counts, if it is quick enough. */
  async function cancelSession({ id, service, state, sessionid }: CallbackRecord): Promise<void> {
    if (sessionid === undefined) throw callbackError('noSession', { id, service, state });
    try {
      await sessions.deliver(sessionid, { name: 'callback.cancel' });
    } catch (error) {
      throw callbackError('cancelFailed', { id, service, state, message: messageOf(error) });
    }
  }

  async function cancelInTurn(name: string, id: string, discardOrsFailure: boolean): Promise<void> {
    const record = refuseEnding(await found(name, id));
    if (record.state === 'SCHEDULED') {
      clock.clearTimeout(timers.get(id));
      timers.delete(id);
    } else {
      try {
        await cancelSession(record);
      } catch (error) {
        if (!discardOrsFailure) throw error;
        log.error({ callback: id, err: error }, 'session not told of the cancel');
      }
      const now = await found(name, id);
      if (now.state === 'COMPLETED' && now.reason === 'CANCELLED') return;
      refuseEnding(now);
    }
    await update(id, { state: 'COMPLETED', reason: 'CANCELLED' });
    log.info({ callback: id, service: name }, 'callback cancelled');
  }

  return {
    async start(name, body) {
      const service = serviceNamed(services, name);
      const request = requestOf(body);
      const options = resolve(service, request);
      requireKeys(request, String(options.get('_mandatory_customer_lookup_keys')));
      const record = recordOf(ids(), service, request, options, clock.now());
      const { id, state } = record;
      await inTurn(id, async () => {
        await store.commit([{ kind: 'callback', record }]);
        log.info({ callback: id, service: name, state }, 'callback accepted');
        if (state === 'SCHEDULED') schedule(record, bufferMs(options));
        else await launch(record);
      });
      return startAnswer(record);
    },
    query: async (name, id) => recordAnswer(await found(name, id)),
    async queryByProperties(name, properties) {
      const service = name === undefined ? undefined : serviceNamed(services, name);
      return (await lookUp(store, service, properties)).map(foundAnswer);
    },
    cancel: (name, id, { discardOrsFailure = false } = {}) =>
      inTurn(id, () => cancelInTurn(name, id, discardOrsFailure)),
    stop() {
      for (const timer of timers.values()) clock.clearTimeout(timer);
      timers.clear();
    },
  };
}

/** The record, unless a conversation or its end is no longer to be cancelled. */
function refuseEnding(record: CallbackRecord): CallbackRecord {
  const { id, service, state } = record;
  if (state !== 'COMPLETED' && state !== 'PROCESSING') return record;
  throw callbackError('notCancellable', { id, service, state, _callback_state: state });
}
