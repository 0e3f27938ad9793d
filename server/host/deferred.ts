/**
 * Sessions that start at a time of their own (ORS `idealtime`). Until then such a session is an entry of the outbox and nothing
 * else: it takes no events, but can be looked at and taken back. Neighbours: `host.ts` asks, `outbox.ts` and `timers.ts` wait.
 *
 * 1. The entry ends in the commit of the session's first step, so there is one session, whenever a process ends; one whose time
 *    passed while there was no process starts at once.
 * 2. The document is the one of that moment. One that cannot run is refused when it is asked for, or becomes a dead letter then.
 * 3. Beginning and taking back take turns: a session that was taken back does not begin.
 */
import { fromData } from '../../engine/datamodel/data.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import { StoreUnavailable, type OutboxEntry, type StartTask, type Store, type Write } from '../store/port.js';
import { turns } from '../turns.js';
import type { Actors } from './actors.js';
import type { Charts } from './charts.js';
import { delivery, type Delivery } from './delivery.js';
import type { DocumentSource } from './documents.js';
import { startedOver } from './endings.js';
import type { Outbox } from './outbox.js';
import type { SessionView } from './port.js';
import type { Residents } from './residents.js';

export interface DeferredOptions {
  readonly documents: DocumentSource;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly charts: Charts;
  readonly actors: Actors;
  readonly outbox: Outbox;
  readonly residents: Residents;
}

/** By these the entry is found: it is to its session what a delayed send is. */
const START = 'start';

export class Deferred {
  readonly #inTurn = turns();

  constructor(private readonly options: DeferredOptions) {}

  /** Resolves when it is saved that the session starts at `idealtime`; rejects with a Problem when its document cannot run. */
  async book(sessionid: string, task: StartTask, idealtime: number, writes: readonly Write[]): Promise<void> {
    const { documents, charts, outbox, store } = this.options;
    charts.logic(await documents.load(task.src));
    const entry: OutboxEntry = {
      ...outbox.entry(`start/${sessionid}`, sessionid, task),
      sendid: START,
      due: idealtime,
    };
    const waiting = outbox.expect(entry);
    try {
      await store.commit([{ kind: 'outbox', entry }, ...writes]);
    } catch (error) {
      outbox.drop(waiting);
      throw error;
    }
    outbox.arm(waiting);
  }

  /** Its time has come. */
  due(entry: OutboxEntry, task: StartTask, settled: () => void): Promise<void> {
    const { log, outbox } = this.options;
    const sessionid = entry.sessionid ?? '';
    return this.#inTurn(sessionid, () => this.#begin(entry, task))
      .catch((err: unknown) => {
        log.error({ sessionid, src: task.src, err }, 'a session that was to start now does not');
        if (err instanceof StoreUnavailable) outbox.later(entry);
        else void outbox.write([outbox.bury(entry, messageOf(err))]);
        if (!(err instanceof StoreUnavailable)) this.#tell(sessionid, task);
      })
      .finally(settled);
  }

  async view(sessionid: string): Promise<SessionView | undefined> {
    const { store } = this.options;
    const entry = await store.waiting(sessionid, START);
    if (entry?.task.type !== 'start') return undefined;
    const { src, params } = entry.task;
    const none = { configuration: [], version: 0 };
    return { sessionid, uri: src, status: 'scheduled', ...none, data: shown(params), startedAt: entry.due };
  }

  /** False when no such session waits. */
  cancel(sessionid: string): Promise<boolean> {
    const { store, outbox } = this.options;
    return this.#inTurn(sessionid, async () => {
      if (!(await store.waiting(sessionid, START))) return false;
      await store.commit([{ kind: 'outbox.unsend', sessionid, sendid: START }]);
      outbox.unsend(sessionid, START);
      return true;
    });
  }

  /** 1, 3 */
  async #begin(entry: OutboxEntry, { src, params, starter }: StartTask): Promise<void> {
    const { documents, store, actors, outbox } = this.options;
    const sessionid = entry.sessionid ?? '';
    if (!(await store.waiting(sessionid, START))) {
      outbox.release(entry);
      return;
    }
    const document = await documents.load(src);
    await new Promise<void>((resolve, reject) => {
      const settle: Delivery['settle'] = (failure) => {
        if (failure) reject(failure);
        else resolve();
      };
      const first: Delivery = { what: 'start', writes: [outbox.end(entry)], client: false, settle };
      const origin = { sessionid, document, callback: undefined, invoker: undefined, depth: 0 };
      actors.begin({ ...origin, starter, input: { params } }, first);
    });
  }

  #tell(sessionid: string, { starter }: StartTask): void {
    if (starter === undefined) return;
    this.options.residents.take(starter, delivery(startedOver(sessionid, 'error', undefined)));
  }
}

const shown = (params: StartTask['params']): SessionView['data'] =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)]));
