/**
 * What becomes of callbacks of this server that others execute: they tell it (`guests.ts`), and are asked now and then, in case that they
 * have lost it. `remote.ts` starts them.
 *
 * 1. Only the latest execution of a callback is heard; another one is over.
 * 2. One whose server knows nothing of it any more, or says so, is lost: `../gms/launch.ts` decides what follows.
 */
import type { Clock } from '../clock.js';
import type { Outbox } from '../host/outbox.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { CallbackRecord, Store, Write } from '../store/port.js';
import type { InTurn } from '../turns.js';
import { attemptOf, urlOf, type Execution } from './remote.js';
import type { Told } from './told.js';

interface HearingNeeds {
  readonly execution: Pick<Execution, 'told'>;
  readonly store: Pick<Store, 'callback' | 'commit'>;
  readonly outbox: Pick<Outbox, 'entry' | 'perform'>;
  readonly clock: Clock;
  readonly inTurn: InTurn;
  readonly log: Pick<Log, 'warn'>;
}

export interface Hearing {
  /** Rejects with what the store failed with. */
  readonly hear: (id: string, told: Told) => Promise<'heard' | 'over'>;
  /** Another server has its session, or is asked to. */
  readonly watch: (id: string) => void;
  /** A session is lost, here or there: it is written that `../gms/launch.ts` decides what follows. */
  readonly lost: (record: CallbackRecord) => Promise<void>;
  readonly close: () => void;
}

/** `queue-polling-rate` of the guide. */
const EVERY_MS = 60_000;

export const hearing = ({ execution, store, outbox, clock, inTurn, log }: HearingNeeds): Hearing => {
  const elsewhere = new Set<string>();
  let timer: unknown;

  async function lost({ id, sessionid = '' }: CallbackRecord, known: readonly Write[] = []): Promise<void> {
    const entry = outbox.entry(`callback/${id}/${sessionid}`, id, { type: 'callback', id });
    await store.commit([...known, { kind: 'outbox', entry }]);
    outbox.perform(entry);
  }

  async function heard(id: string, told: Told): Promise<'heard' | 'over'> {
    const record = await store.callback(id);
    if (!record || attemptOf(record) !== told.attempt) return 'over';
    if (record.state === 'COMPLETED') return told.state === 'COMPLETED' ? 'heard' : 'over';
    const { sessionid, state, reason, desiredTime, customerNumber, properties, isLost } = told;
    const update = {
      ...{ at: clock.now(), sessionid, state, desiredTime, properties },
      ...(reason !== undefined && { reason }),
      ...(customerNumber !== undefined && { customerNumber }),
    };
    const known = [{ kind: 'callback.update', id, update }] as const;
    if (isLost) await lost({ ...record, sessionid }, known);
    else await store.commit(known);
    return 'heard';
  }

  async function look(id: string): Promise<void> {
    const record = await store.callback(id);
    if (!record || record.state === 'COMPLETED' || urlOf(record) === undefined) {
      elsewhere.delete(id);
      return;
    }
    if (record.sessionid === undefined) return;
    const told = await execution.told(record);
    if (told) await heard(id, told);
    else await lost(record);
  }

  const lookAround = async (): Promise<void> => {
    for (const id of elsewhere)
      await inTurn(id, () => look(id)).catch((error: unknown) => {
        log.warn({ callback: id }, `the server that executes it cannot be asked: ${messageOf(error)}`);
      });
    wait();
  };

  const wait = (): void => {
    clock.clearTimeout(timer);
    timer = elsewhere.size === 0 ? undefined : clock.setTimeout(() => void lookAround(), EVERY_MS);
  };

  return {
    hear: (id, told) => inTurn(id, () => heard(id, told)),
    watch(id) {
      elsewhere.add(id);
      if (timer === undefined) wait();
    },
    lost: (record) => lost(record),
    close() {
      elsewhere.clear();
      clock.clearTimeout(timer);
    },
  };
};
