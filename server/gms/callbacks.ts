/**
 * The callback services: start, query, change and cancel. The record (`record.ts`, kept in the store) is ours; the session that
 * executes it is the strategy's, reached through `host/port.ts`. `launch.ts` starts it, `routes.ts` puts this behind HTTP,
 * `answer.ts` has the bodies.
 *
 * 1. Write, then act: a record is in the store, with what will start it, before its session is started and before anybody is
 *    answered. Nothing of a callback is only in memory.
 * 2. A callback is started at most once: start and cancel of one take turns (`../turns.ts`).
 * 3. What is cancelled while SCHEDULED is never started.
 * 4. The customer's number is in no log entry.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { Inbox } from '../host/inbox.js';
import { hearing, type Hearing } from '../execution/hearing.js';
import { isGuest } from '../execution/guests.js';
import { messageOf } from '../problems.js';
import type { CallbackRecord, OutboxEntry, Write } from '../store/port.js';
import { turns } from '../turns.js';
import { foundAnswer, recordAnswer, type Answer } from './answer.js';
import type { Forward } from './forwarding.js';
import { booking } from './availability/booking.js';
import { callbackError, isUnavailable } from './errors.js';
import { exceptions, PATTERNS } from './guards/exceptions.js';
import { guards } from './guards/guards.js';
import { bookings, unbook, type BookingsNeeds } from './bookings.js';
import { changing } from './changing.js';
import { copied } from './copying.js';
import { launches, type LaunchNeeds } from './launch.js';
import { namedFields } from './queries/fields.js';
import { lookUp } from './queries/lookup.js';
import { pausing } from './pausing.js';
import { bufferMs, recordOf } from './record.js';
import { opening } from './opening.js';
import { redirected, redirectOf } from './redirect.js';
import { keptOf, repeated } from './repeat.js';
import { reports, type ReportingNeeds } from './reporting.js';
import { requestOf, requireKeys } from './request.js';
import { resolve } from './resolve.js';
import { serviceNamed } from './services.js';

export interface CallbackNeeds extends LaunchNeeds {
  readonly outbox: LaunchNeeds['outbox'] & BookingsNeeds['outbox'];
  readonly inbox: Pick<Inbox, 'once'>;
  readonly forward: Forward;
  /** Those of no tenant by default. */
  readonly lists?: ReportingNeeds['lists'];
  /** What lookups answer besides (`returned-keys` of the guide); nothing by default. */
  readonly returned?: readonly string[];
  /** Whoever else remembers the callback is to forget it. */
  readonly forgotten?: (id: string) => void;
  /** A new id for each callback. */
  readonly ids: () => string;
}

/** Every method rejects with a CallbackError (`errors.ts`), or with whatever the store failed with. */
export interface CallbackService {
  /**
   * `key`: the client's own id for the request. When it comes again, nothing is done, and `onRepeat` is called. `headers`: what
   * came with it, which may be counted.
   */
  start(
    name: string,
    body: unknown,
    key?: string,
    onRepeat?: () => void,
    headers?: IncomingHttpHeaders,
  ): Promise<Answer>;
  query(name: string, id: string): Promise<Answer>;
  /** Without a name, over all services. */
  queryByProperties(
    name: string | undefined,
    properties: Readonly<Record<string, unknown>>,
  ): Promise<readonly Answer[]>;
  /** Another time for it, or what whoever executes it says: `changing.ts`. If it begins at once, as a start does. */
  change(name: string, id: string, body: unknown): Promise<void>;
  cancel(name: string, id: string, options?: { readonly discardOrsFailure?: boolean }): Promise<void>;
  /** Whatever its session says, which hears of it. */
  cancelByAdmin(id: string): Promise<void>;
  /** Nothing is left of it. */
  forget(id: string): Promise<void>;
  /** When the host goes on: what has lost its session is submitted again. */
  recover(): Promise<void>;
  /** Lists have changed, or may have: who is paused or resumed by them hears of it. Does not reject. */
  tellPaused(): Promise<void>;
  /** The host's: the time of what starts a callback has come. */
  due(id: string, entry: OutboxEntry): Promise<void>;
  /** What another server tells of a callback that it executes. */
  readonly hear: Hearing['hear'];
  readonly close: () => void;
}

export function callbackService(needs: CallbackNeeds): CallbackService {
  const { execution, store, outbox, inbox, clock, ids, services, lists = () => undefined, returned = [], log } = needs;
  const inTurn = turns();
  const held = pausing({ execution, store, clock, services, lists, log }, inTurn);
  const told = reports({ outbox, clock, services, lists });
  const heard = hearing({ execution, store, outbox, clock, inTurn, log });
  const starts = launches(needs, told, held, inTurn, heard);
  const entered = bookings({ store, outbox, reports: told, log });
  const answered = opening(needs);
  const booked = booking(needs);
  const guarded = guards(
    store,
    exceptions(() => lists(PATTERNS)),
  );

  const change = changing({ ...needs, guarded, booked, entered, reports: told });

  async function found(name: string, id: string): Promise<CallbackRecord> {
    const record = await store.callback(id);
    if (record?.service !== name) throw callbackError('notFound', { id, service: name });
    return record;
  }

  async function accepted(
    name: string,
    body: unknown,
    headers: IncomingHttpHeaders,
    noted: (record: CallbackRecord) => Write[],
  ): Promise<Answer> {
    const service = serviceNamed(services, name);
    const other = redirectOf(service);
    if (other !== undefined) return redirected(services, other, (to) => accepted(to, body, headers, noted));
    const asked = await copied(store, name, requestOf(body));
    const options = resolve(service, asked);
    requireKeys(asked, String(options.get('_mandatory_customer_lookup_keys')));
    const request = guarded.admit(name, asked, options);
    // Only a time to come may be too near, or after office hours.
    const isAsked = request.has('_desired_time');
    const isTimed = isAsked || options.get('_enable_reject_out_of_office_hours') === true;
    const { ewtMs } = (isTimed ? await needs.wait?.(options) : undefined) ?? { ewtMs: 0 };
    const record = recordOf(ids(), service, request, options, clock.now(), ewtMs);
    await booked({ record, options, isAsked, ewtMs }, (places) =>
      guarded.book({ record, request, options, headers, places }, (kept) =>
        entered.book(kept, bufferMs(options), noted(kept)),
      ),
    );
    await starts.underWay(record.id);
    return answered((await store.callback(record.id)) ?? record);
  }

  /** Asks the strategy to end; what it makes of the record counts, if it is quick enough. */
  async function cancelSession(record: CallbackRecord): Promise<void> {
    const { id, service, state, sessionid } = record;
    if (sessionid === undefined) throw callbackError('noSession', { id, service, state });
    try {
      await execution.of(record).deliver(sessionid, { name: 'callback.cancel' });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      throw callbackError('cancelFailed', { id, service, state, message: messageOf(error) });
    }
  }

  async function cancelInTurn(name: string, id: string, discardOrsFailure: boolean): Promise<void> {
    const record = refuseEnding(await found(name, id));
    if (record.state !== 'SCHEDULED' || record.sessionid !== undefined) {
      try {
        await cancelSession(record);
      } catch (error) {
        if (!discardOrsFailure || isUnavailable(error)) throw error;
        log.error({ callback: id, err: error }, 'session not told of the cancel');
      }
      const now = await found(name, id);
      if (now.state === 'COMPLETED' && now.reason === 'CANCELLED') return;
      refuseEnding(now);
    }
    await complete(record, 'CANCELLED');
  }

  /** What has no session any more, or never had one. */
  async function complete(record: CallbackRecord, reason: 'CANCELLED' | 'CANCELLED_BY_ADMIN'): Promise<void> {
    const { id, service } = record;
    const update = { at: clock.now(), state: 'COMPLETED', reason } as const;
    // One that has a session is told of by it.
    const notices =
      record.sessionid === undefined || reason === 'CANCELLED' ? told.notices(record, 'COMPLETED', CANCELLED) : [];
    const writes = notices.map((entry) => ({ kind: 'outbox', entry }) as const);
    await store.commit([{ kind: 'callback.update', id, update }, unbook(id), ...writes]);
    for (const entry of notices) outbox.perform(entry);
    log.info({ callback: id, service, reason }, 'callback cancelled');
  }

  /** The record is COMPLETED before its session hears of it, so that the reason is the operator's. */
  async function cancelByAdmin(id: string): Promise<void> {
    const record = await store.callback(id);
    if (!record || isGuest(record)) throw callbackError('notFound', { id });
    refuseEnding(record);
    await complete(record, 'CANCELLED_BY_ADMIN');
    if (record.sessionid === undefined) return;
    await cancelSession(record).catch((err: unknown) => {
      log.error({ callback: id, err }, 'session not told of the cancel');
    });
  }

  async function forget(id: string): Promise<void> {
    const record = await store.callback(id);
    if (!record) throw callbackError('notFound', { id });
    const { service, state, sessionid } = record;
    const session = sessionid === undefined ? undefined : await store.session(sessionid);
    if ((state !== 'SCHEDULED' && state !== 'COMPLETED') || session?.status === 'active')
      throw callbackError('notDeletable', { id, service, state, _callback_state: state });
    await store.commit([unbook(id), { kind: 'callback.forget', id }]);
    needs.forgotten?.(id);
    log.info({ callback: id, service }, 'callback forgotten');
  }

  return {
    async start(name, body, key, onRepeat, headers = {}) {
      if (key === undefined) return accepted(name, body, headers, () => []);
      return inbox.once(
        { scope: 'callback', id: key, content: { name, body }, onRepeat },
        (note) => accepted(name, body, headers, (record) => [note(keptOf(record))]),
        async (kept) => {
          const answer = repeated(kept);
          return typeof answer === 'string'
            ? answered(await found(redirectOf(services.get(name)) ?? name, answer))
            : answer;
        },
      );
    },
    query: async (name, id) => recordAnswer(await found(name, id)),
    async queryByProperties(name, properties) {
      const service = name === undefined ? undefined : serviceNamed(services, name);
      const records = await lookUp(store, [...services.values()], service, properties);
      return records.map((each) => ({ ...namedFields(each, returned, services), ...foundAnswer(each) }));
    },
    async change(name, id, body) {
      await inTurn(id, async () => change(await found(name, id), body));
      await starts.underWay(id);
    },
    cancel: (name, id, { discardOrsFailure = false } = {}) =>
      inTurn(id, () => cancelInTurn(name, id, discardOrsFailure)),
    forget: (id) => inTurn(id, () => forget(id)),
    cancelByAdmin: (id) => inTurn(id, () => cancelByAdmin(id)),
    due: (id, entry) => starts.due(id, entry),
    tellPaused: () => held.tell(),
    recover: () => starts.recover(),
    hear: heard.hear,
    close: heard.close,
  };
}

const CANCELLED = '_cbe_on_callback_cancelled';

/** The record, unless a conversation or its end is no longer to be cancelled. */
function refuseEnding(record: CallbackRecord): CallbackRecord {
  const { id, service, state } = record;
  if (state !== 'COMPLETED' && state !== 'PROCESSING') return record;
  throw callbackError('notCancellable', { id, service, state, _callback_state: state });
}
