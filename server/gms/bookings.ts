/**
 * What starts a callback: an entry of the outbox, written with the record, or with what it becomes. `launch.ts` does what it says when
 * its time has come; `callbacks.ts` books, `changing.ts` moves.
 */
import type { Outbox } from '../host/outbox.js';
import type { Log } from '../log.js';
import type { CallbackRecord, CallbackUpdate, OutboxEntry, Store, Write } from '../store/port.js';
import type { Reports } from './reporting.js';
import { firstLook } from './submission.js';

export interface BookingsNeeds {
  readonly store: Pick<Store, 'commit'>;
  readonly outbox: Pick<Outbox, 'entry' | 'expect' | 'arm' | 'drop' | 'perform' | 'saved' | 'unsend'>;
  readonly reports: Pick<Reports, 'notices'>;
  readonly log: Pick<Log, 'info'>;
}

/** They reject with what the store failed with: nothing has changed then. */
export interface Bookings {
  /** Writes the record with what starts it, and `more`. */
  book(record: CallbackRecord, leadMs: number, more: readonly Write[]): Promise<void>;
  /** Writes the change, after which it is this record, and starts it when that one is to be started; at no other time any more. */
  move(record: CallbackRecord, change: CallbackUpdate, leadMs: number, notice: Notice): Promise<void>;
}

type Notice = Parameters<Reports['notices']>[2];

/** By these a cancel finds the entry: it is to its callback what a delayed send is to its session. */
const START = 'start';

/** Takes back what would start the callback. */
export const unbook = (id: string): Write => ({ kind: 'outbox.unsend', sessionid: id, sendid: START });

export const written = (entry: OutboxEntry): Write => ({ kind: 'outbox', entry });

/** Nobody has it: it has, or had, an entry that starts it. */
export const waits = ({ state, sessionid }: Pick<CallbackRecord, 'state' | 'sessionid'>): boolean =>
  sessionid === undefined && (state === 'SCHEDULED' || state === 'QUEUED');

export function bookings({ store, outbox, reports, log }: BookingsNeeds): Bookings {
  const entryOf = ({ id, state, desiredTime }: CallbackRecord, leadMs: number): OutboxEntry => {
    const plain = outbox.entry(`callback/${id}`, id, { type: 'callback', id });
    const due = state === 'SCHEDULED' ? firstLook(desiredTime, leadMs, plain.due) : plain.due;
    return { ...plain, sendid: START, due };
  };

  /** `isMoved`: whatever else would start it does not. */
  async function enter(
    record: CallbackRecord,
    leadMs: number,
    writes: readonly Write[],
    { told, isMoved }: { readonly told: readonly OutboxEntry[]; readonly isMoved: boolean },
  ): Promise<void> {
    const { id } = record;
    const entry = entryOf(record, leadMs);
    const waiting = record.state === 'SCHEDULED' ? outbox.expect(entry) : undefined;
    const all = [...writes, written(entry), ...told.map(written)];
    try {
      await store.commit(all);
    } catch (error) {
      if (waiting) outbox.drop(waiting);
      throw error;
    }
    outbox.saved(all);
    if (isMoved) outbox.unsend(id, START, entry.seq);
    for (const each of told) outbox.perform(each);
    if (waiting) outbox.arm(waiting);
    else outbox.perform(entry);
  }

  return {
    async book(record, leadMs, more) {
      const { id, service, state } = record;
      const kept: Write = { kind: 'callback', record };
      if (waits(record)) {
        const told = state === 'SCHEDULED' ? reports.notices(record, state, '_cbe_on_callback_scheduled') : [];
        await enter(record, leadMs, [kept, ...more], { told, isMoved: false });
      } else await store.commit([kept, ...more]);
      log.info({ callback: id, service, state }, 'callback accepted');
    },
    async move(record, update, leadMs, notice) {
      const { id, service, state } = record;
      const told = reports.notices(record, state, notice);
      const writes: readonly Write[] = [{ kind: 'callback.update', id, update }, unbook(id)];
      await enter(record, leadMs, writes, { told, isMoved: true });
      log.info({ callback: id, service, state }, 'callback has a new time');
    },
  };
}
