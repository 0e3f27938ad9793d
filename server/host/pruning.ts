/**
 * What is old goes from the store, every hour: ids of clients' requests, and sessions that are over.
 *
 * 1. A session is kept for a day at least, which is longer than any id of a request to it: no record is left that names none.
 * 2. One that something undone or given up still names stays until that is done with, or forgotten by an operator.
 */
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { Store, Write } from '../store/port.js';

export interface PruningOptions {
  readonly store: Pick<Store, 'endedSessions' | 'commit'>;
  readonly clock: Clock;
  readonly log: Pick<Log, 'warn'>;
  /** How long sessions that are over are kept, a day at least; 0: for ever. (1) */
  readonly keepMs: number;
}

const HOUR = 3_600_000;
/** How long an id of a request is remembered. */
const DAY = 24 * HOUR;
/** Sessions that go in one commit: others are to be written between. */
const AT_ONCE = 500;

export class Pruning {
  #timer: unknown;
  #stopped = false;

  constructor(private readonly options: PruningOptions) {}

  start(): void {
    this.#timer = this.options.clock.setTimeout(() => {
      void this.#prune();
      this.start();
    }, HOUR);
  }

  stop(): void {
    this.#stopped = true;
    this.options.clock.clearTimeout(this.#timer);
  }

  async #prune(): Promise<void> {
    const { clock, keepMs, store, log } = this.options;
    const now = clock.now();
    try {
      await store.commit([{ kind: 'inbox.prune', before: now - DAY }]);
      if (keepMs > 0) await this.#forgetBefore(now - Math.max(DAY, keepMs));
    } catch (error) {
      log.warn({ reason: messageOf(error) }, 'what is old could not be forgotten: it is tried again in an hour');
    }
  }

  async #forgetBefore(before: number): Promise<void> {
    const { store } = this.options;
    for (let found = AT_ONCE; found === AT_ONCE && !this.#stopped;) {
      const sessions = await store.endedSessions(before, AT_ONCE);
      found = sessions.length;
      if (found > 0) await store.commit(sessions.map((sessionid): Write => ({ kind: 'session.forget', sessionid })));
    }
  }
}
