/**
 * Callbacks of other servers that this one executes. What their strategies say of them is kept in a record here, and told to the server
 * whose callback it is. `remote.ts` is the other side, `routes.ts` takes requests of both.
 *
 * 1. The record is written with the session's first step and changes with its steps, as any callback's. So what is told is never ahead of
 *    the session, and nothing of it is lost: it is told again until it is heard, by the next process, too.
 * 2. What is told is the record as it is now, one message at a time: nothing old arrives after something new.
 * 3. A session that is lost is not started again here: the callback's server decides, once no call of it is up.
 * 4. A callback that does not want this execution any more has it cancelled.
 */
import type { Data } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import type { Outbox } from '../host/outbox.js';
import type { Sessions, StartRequest } from '../host/port.js';
import { fateOf } from '../gms/resubmission.js';
import type { LostCalls } from '../ors/lost-calls.js';
import { listsHost } from '../ors/places.js';
import type { Log } from '../log.js';
import { problem } from '../problems.js';
import { liveStates, type CallbackRecord, type OutboxEntry, type Store, type Write } from '../store/port.js';
import { turns } from '../turns.js';
import type { Peer } from './peer.js';
import { toldOf, type Told } from './told.js';

interface GuestNeeds {
  /** undefined: there are no other servers. */
  readonly peer: Peer | undefined;
  /** Servers that may have callbacks executed here. */
  readonly peers: readonly string[];
  readonly sessions: Pick<Sessions, 'deliver'>;
  readonly store: Pick<Store, 'callback' | 'callbacks' | 'session' | 'commit'>;
  readonly outbox: Pick<Outbox, 'later' | 'conclude'>;
  readonly clock: Clock;
  readonly lostCalls: LostCalls;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

export interface Guests {
  /** The start with the record that its session has here. `home`: where the callback's server is reached. Throws Problems. */
  admit(request: StartRequest, home: string): StartRequest;
  /** A record here has changed. */
  changed(record: CallbackRecord): void;
  /** A session of one is lost. */
  due(id: string, entry: OutboxEntry): Promise<void>;
  told(id: string): Promise<Told | undefined>;
  /** What an earlier process may not have told is told. */
  open(): Promise<void>;
  close(): void;
}

const MARK = 'guest/';
/** Records of callbacks that are another server's. */
export const isGuest = ({ id }: Pick<CallbackRecord, 'id'>): boolean => id.startsWith(MARK);

const homeOf = ({ properties }: CallbackRecord): string => textOf(properties['_home']);
const textOf = (value: Data | undefined): string => (typeof value === 'string' ? value : '');

/** Milliseconds until it is told again; each time twice as many. */
const AGAIN_MS = 1000;
const MOST_MS = 60_000;

export const guests = ({ peer, peers, sessions, store, outbox, clock, lostCalls, log }: GuestNeeds): Guests => {
  const inTurn = turns();
  const waiting = new Map<string, unknown>();
  let isClosed = false;

  async function tell(id: string, failed: number): Promise<void> {
    const record = await store.callback(id);
    const told = record && toldOf(record);
    if (!record || !told || !peer || isClosed) return;
    const heard = await peer.tell(homeOf(record), id.slice(MARK.length), told).catch(() => 'again');
    if (heard === 'again') retry(id, failed);
    else if (heard === 'over' && record.state !== 'COMPLETED' && !told.isLost) await cancel(record, told.sessionid);
  }

  const attempt = (id: string, failed: number): void => {
    waiting.delete(id);
    void inTurn(id, () => tell(id, failed)).catch((err: unknown) => {
      log.warn({ callback: id, err }, "the callback's server cannot be told yet; it is told again");
      retry(id, failed);
    });
  };

  const retry = (id: string, failed: number): void => {
    if (isClosed || waiting.has(id)) return;
    const ms = Math.min(MOST_MS, AGAIN_MS * 2 ** failed);
    waiting.set(
      id,
      clock.setTimeout(() => {
        attempt(id, failed + 1);
      }, ms),
    );
  };

  /** 3 */
  const lost = (id: string): Write => {
    const update = { at: clock.now(), properties: { _lost: true } };
    return { kind: 'callback.update', id, update };
  };

  /** 4 */
  async function cancel({ id }: CallbackRecord, sessionid: string): Promise<void> {
    log.info(
      { callback: id, session: sessionid },
      "the callback's server does not want this execution: it is cancelled",
    );
    await sessions.deliver(sessionid, { name: 'callback.cancel' }).catch(() => undefined);
  }

  return {
    admit(request, home) {
      const { _service_id: id, _service_name: service, _ors_attempt: attempt } = request.params;
      if (!URL.canParse(home) || !listsHost(peers, new URL(home))) throw problem('PEER_UNKNOWN');
      if (typeof id !== 'string' || typeof attempt !== 'number')
        throw problem(
          'PARAMETER_MISSING',
          '_service_id, _ors_attempt',
          'the callback, and which of its sessions this is',
        );
      const now = clock.now();
      const { _customer_number: number, _desired_time: wanted } = request.params;
      const desiredTime = typeof wanted === 'string' ? Date.parse(wanted) : NaN;
      const record: CallbackRecord = {
        ...{ id: MARK + id, service: textOf(service), state: 'QUEUED', reason: undefined, sessionid: undefined },
        customerNumber: typeof number === 'string' ? number : undefined,
        desiredTime: Number.isNaN(desiredTime) ? now : desiredTime,
        ...{ createdAt: now, expirationTime: now },
        properties: { _home: home.replace(/\/+$/, ''), _ors_attempt: attempt },
        history: [{ at: now, state: 'QUEUED' }],
      };
      const writes = [{ kind: 'callback', record } as const, ...(request.writes ?? [])];
      return { ...request, callback: record.id, writes };
    },
    changed(record) {
      if (!isGuest(record) || isClosed) return;
      clock.clearTimeout(waiting.get(record.id));
      attempt(record.id, 0);
    },
    async due(id, entry) {
      const record = await store.callback(id);
      const calls = entry.task.type === 'callback' ? (entry.task.calls ?? []) : [];
      const fate = record && fateOf(record, await lostCalls(id.slice(MARK.length), calls), Infinity);
      if (fate === 'wait') {
        outbox.later(entry);
        return;
      }
      const over = (reason: string): Write => ({
        kind: 'callback.update',
        id,
        update: { at: clock.now(), state: 'COMPLETED', reason },
      });
      outbox.conclude(entry, [fate === undefined ? lost(id) : over(fate)]);
    },
    async told(id) {
      const record = await store.callback(MARK + id);
      return record && toldOf(record);
    },
    async open() {
      // What is COMPLETED and was not heard, the callback's server asks for.
      const found = await Promise.all(liveStates.map((state) => store.callbacks({ state })));
      for (const { id, sessionid } of found.flat().filter(isGuest)) {
        const session = sessionid === undefined ? undefined : await store.session(sessionid);
        if (session?.status === 'active') attempt(id, 0);
        else await store.commit([lost(id)]);
      }
    },
    close() {
      isClosed = true;
      for (const timer of waiting.values()) clock.clearTimeout(timer);
    },
  };
};
