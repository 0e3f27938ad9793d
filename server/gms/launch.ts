/**
 * Starts the sessions of callbacks. A callback that is to be started has an entry in the outbox, written with its record; the host
 * hands the entry over (`due`) when its time has come: at once, at the desired time, or to the next process. `bookings.ts` writes it.
 *
 * 1. The entry ends in the commit of the session's first step, or in the one that says why there is no session. So there is
 *    exactly one, or a reason, whenever a process ends.
 * 2. What cannot be decided, since the store cannot write, stays and comes again.
 * 3. Only what waits is started: SCHEDULED, or QUEUED without a session, or what has lost its session (`resubmission.ts`). Services
 *    and documents are those of this moment.
 */
import type { Clock } from '../clock.js';
import type { Outbox } from '../host/outbox.js';
import type { SessionView } from '../host/port.js';
import { isGuest } from '../execution/guests.js';
import type { Hearing } from '../execution/hearing.js';
import { NotTaken, Undecided } from '../execution/peer.js';
import { attemptOf, urlOf, type Execution } from '../execution/remote.js';
import type { Log } from '../log.js';
import type { LostCalls } from '../ors/lost-calls.js';
import { messageOf } from '../problems.js';
import { liveStates, type CallbackRecord, type OutboxEntry, type Store, type Write } from '../store/port.js';
import type { InTurn } from '../turns.js';
import { callbackError, isUnavailable } from './errors.js';
import { waits, written } from './bookings.js';
import { wasPaused, type Pausing } from './pausing.js';
import { bufferMs, optionsOf, paramsOf } from './record.js';
import { refusalOf } from './repeat.js';
import { fateOf, resubmitted, submitAttempts } from './resubmission.js';
import type { Reports } from './reporting.js';
import type { Options } from './resolve.js';
import { serviceNamed, type Services } from './services.js';
import { strategyOf } from './strategies.js';
import { nextLook } from './submission.js';

export interface LaunchNeeds {
  readonly execution: Execution;
  readonly store: Store;
  readonly outbox: Pick<Outbox, 'entry' | 'perform' | 'later' | 'putOff' | 'postpone' | 'end' | 'saved' | 'conclude'>;
  readonly clock: Clock;
  readonly services: Services;
  readonly lostCalls: LostCalls;
  /** The variables of a session that is over. */
  readonly query: (sessionid: string) => Promise<Pick<SessionView, 'data'>>;
  /** Who is submitted again keeps his place in the queue: `callback/enable-restore-vq-position` of the guide. */
  readonly restoresPosition: boolean;
  /** What a callback with these options would have to wait, if that is known. Does not reject. */
  readonly wait?: (options: Options) => Promise<{ readonly ewtMs: number } | undefined>;
  readonly log: Pick<Log, 'info' | 'error' | 'warn'>;
}

export interface Launches {
  /**
   * If its time has come just now: resolves when it is started, or waits for a store that can write; rejects with a CallbackError when it
   * is decided that it cannot be started.
   */
  underWay(id: string): Promise<void> | undefined;
  /** Submits again what an earlier process has left without a living session. */
  recover(): Promise<void>;
  /** The entry's time has come. Rejects as `underWay` does. */
  due(id: string, entry: OutboxEntry): Promise<void>;
}

/** Between two rounds in which all servers of a callback are asked: `queue-polling-rate` of the guide. */
const SUBMIT_AGAIN_MS = 60_000;
/** Until one is asked again of which it is not known whether it was reached. */
const UNDECIDED_MS = 5000;
const RECOVER_MS = 1000;

export function launches(
  needs: LaunchNeeds,
  reports: Reports,
  held: Pick<Pausing, 'isPaused'>,
  inTurn: InTurn,
  heard: Pick<Hearing, 'watch' | 'lost'>,
): Launches {
  const { execution, store, outbox, clock, services, log } = needs;
  const underWay = new Map<string, Promise<void>>();

  const commit = async (writes: readonly Write[]): Promise<void> => {
    await store.commit(writes);
    outbox.saved(writes);
  };
  const update = (id: string, state: 'QUEUED' | 'COMPLETED', reason?: string): Write => {
    const change = { at: clock.now(), state, ...(reason !== undefined && { reason }) };
    return { kind: 'callback.update', id, update: change };
  };

  const perform = (entries: readonly OutboxEntry[]): void => {
    for (const entry of entries) outbox.perform(entry);
  };

  /** Answers why there is no session; nothing while it is tried again. */
  async function refused(record: CallbackRecord, entry: OutboxEntry, error: unknown): Promise<string | undefined> {
    if (isUnavailable(error) || error instanceof Undecided) throw error;
    const { id } = record;
    const [most, tries] = [mostAttempts(record), entry.attempts + 1];
    if (error instanceof NotTaken && tries < most) {
      outbox.postpone(entry, SUBMIT_AGAIN_MS);
      log.error(
        { callback: id, err: error },
        `no server takes the callback (${tries} of ${most}); they are asked again`,
      );
      return undefined;
    }
    const failed = error instanceof NotTaken ? callbackError('submitRetries', { id, 'max-attempts': most }) : error;
    const message = messageOf(failed);
    const told = reports.notices(record, 'COMPLETED', '_cbe_on_callback_submit_failed');
    const ended = [update(id, 'COMPLETED', 'SUBMIT_ERROR'), refusalOf(id, message), outbox.end(entry)];
    await commit([...ended, ...told.map(written)]);
    perform(told);
    return message;
  }

  async function started(record: CallbackRecord, entry: OutboxEntry): Promise<string | undefined> {
    const { id, service: name, sessionid: before } = record;
    const isAgain = before !== undefined;
    try {
      const service = serviceNamed(services, name);
      const given = paramsOf(record, service);
      const paused = held.isPaused(name, given);
      const options = isAgain ? resubmitted(record, given, clock.now(), needs.restoresPosition) : given;
      const reported = isAgain ? await reportedBy(before) : undefined;
      const params = { ...options, _paused: paused, _reporting: reports.ofSession(record, options, reported) };
      const submitted = isAgain ? '_cbe_on_callback_resubmitted' : '_cbe_on_callback_submitted';
      const told = reports.notices(record, 'QUEUED', submitted, '_cbe_on_callback_queued');
      const writes = [...submittedNow(record, paused), outbox.end(entry), ...told.map(written)];
      const { session, isElsewhere } = await execution.start(
        record,
        strategyOf(service.template, params),
        params,
        writes,
      );
      perform(told);
      if (isElsewhere) heard.watch(id);
      log.info({ callback: id, service: name, session }, isAgain ? 'callback submitted again' : 'callback started');
      return undefined;
    } catch (error) {
      return refused(record, entry, error);
    }
  }

  /** The key-value pairs of a session that is lost; of one elsewhere they are not known. */
  const reportedBy = (sessionid: string): Promise<unknown> =>
    needs.query(sessionid).then(
      ({ data }) => data['pairs'],
      () => undefined,
    );

  /** Answers why there is no session; rejects when that is not decided. */
  async function tried(id: string, entry: OutboxEntry): Promise<string | undefined> {
    const record = await store.callback(id);
    if (record?.sessionid !== undefined && (await hasLost(record, record.sessionid))) return again(record, entry);
    if (!record || !waits(record)) {
      outbox.conclude(entry);
      return undefined;
    }
    if (record.state === 'SCHEDULED') {
      const wait = await early(record);
      if (wait > 0) {
        outbox.putOff(entry, wait);
        return undefined;
      }
      await commit([update(id, 'QUEUED')]);
    }
    return started(record, entry);
  }

  /** Milliseconds until it is looked at again; of a callback whose options cannot be worked out it is told when it starts. */
  async function early(record: CallbackRecord): Promise<number> {
    try {
      const options = optionsOf(record, serviceNamed(services, record.service));
      const wait = await needs.wait?.(options);
      return nextLook(record, bufferMs(options), wait?.ewtMs ?? 0, clock.now());
    } catch {
      return 0;
    }
  }

  async function hasLost(record: CallbackRecord, sessionid: string): Promise<boolean> {
    if (record.state === 'COMPLETED') return false;
    if (urlOf(record) === undefined) return (await store.session(sessionid))?.status !== 'active';
    const told = await execution.told(record);
    return told === undefined || told.isLost || told.attempt !== attemptOf(record);
  }

  /** `resubmission.ts` says what becomes of it. */
  async function again(record: CallbackRecord, entry: OutboxEntry): Promise<string | undefined> {
    const { id, service } = record;
    const calls = entry.task.type === 'callback' ? (entry.task.calls ?? []) : [];
    const fate = fateOf(record, await needs.lostCalls(id, calls), mostAttempts(record));
    if (fate === undefined) return started(record, entry);
    if (fate === 'wait') {
      outbox.later(entry);
      return undefined;
    }
    log.error({ callback: id, service, reason: fate }, 'callback has lost its session, and is not submitted again');
    await commit([update(id, 'COMPLETED', fate), outbox.end(entry)]);
    return undefined;
  }

  const mostAttempts = (record: CallbackRecord): number => {
    try {
      return Number(paramsOf(record, serviceNamed(services, record.service))['_max_ors_submit_attempts']);
    } catch {
      // Nor could a session be started: the service is gone, or cannot be used.
      return 0;
    }
  };

  /** What the record says of the session that begins. */
  const submittedNow = (record: CallbackRecord, paused: boolean): Write[] => {
    const attempt = submitAttempts(record) + 1;
    const properties = {
      ...(attempt > 1 && { _submit_attempt: attempt }),
      ...(paused !== wasPaused(record) && { _paused: paused }),
    };
    if (Object.keys(properties).length === 0) return [];
    return [{ kind: 'callback.update', id: record.id, update: { at: clock.now(), state: 'QUEUED', properties } }];
  };

  /** A store that cannot write keeps no process from beginning. */
  const insist = (record: CallbackRecord): Promise<unknown> =>
    heard.lost(record).catch((err: unknown) => {
      log.error(
        { callback: record.id, err },
        'callback without a session cannot be started again yet; it is tried again',
      );
      clock.setTimeout(() => void insist(record), RECOVER_MS);
    });

  async function launch(id: string, entry: OutboxEntry): Promise<void> {
    const refusal = await tried(id, entry).catch((err: unknown) => {
      log.error({ callback: id, err }, 'callback cannot be started yet; it is tried again');
      outbox.later(entry, err instanceof Undecided ? UNDECIDED_MS : undefined);
      return undefined;
    });
    if (refusal !== undefined) throw callbackError('orsError', { message: refusal });
  }

  return {
    underWay: (id) => underWay.get(id),
    async recover() {
      const found = await Promise.all(liveStates.map((state) => store.callbacks({ state })));
      for (const record of found.flat()) {
        const { id, sessionid } = record;
        if (isGuest(record)) continue;
        if (urlOf(record) !== undefined) heard.watch(id);
        else if (sessionid !== undefined && (await hasLost(record, sessionid))) await insist(record);
      }
    },
    due(id, entry) {
      const launching = inTurn(id, () => launch(id, entry)).finally(() => underWay.delete(id));
      underWay.set(id, launching);
      return launching;
    },
  };
}
