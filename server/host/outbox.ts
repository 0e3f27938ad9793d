/**
 * What is still to be done, from the step that wanted it to the write that says what came of it. Entries are saved with their
 * step, performed after it, and stay in the store until they are done: a process that ends in between leaves them to the next.
 * Neighbours: `timers.ts` has those whose time has not come, `effects.ts` performs.
 *
 * 1. An entry that is being performed is not begun a second time by the same process.
 * 2. An entry is done when the write that says so is saved: `end` makes that write, `saved` hears of it.
 */
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import type { DeadLetter, OutboxEntry, Store, Task, Write } from '../store/port.js';
import type { FailPoint } from './fail-point.js';
import { unobserved, type Observer } from './observer.js';
import { Timers, type Waiting } from './timers.js';

/** Writes that could not be saved yet. */
interface Debt {
  readonly paid: Promise<void>;
}

export interface OutboxOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  /** From 0 to 1: spreads retries, so that not all of them come at once. */
  readonly chance: () => number;
  readonly perform: (entry: OutboxEntry, again: boolean, settled: () => void) => void;
  readonly passing: (point: FailPoint) => void;
  readonly observer?: Observer;
}

/** What is tried so often, in all, and not taken is a dead letter. */
const MOST_ATTEMPTS = 4;
/** Milliseconds before the second attempt; each later one waits four times as long. */
const FIRST_RETRY = 500;
/** Milliseconds until what the store could not take is tried again. */
const OWED = 1000;

export class Outbox {
  readonly #timers: Timers;
  readonly #flying = new Set<number>();
  /** Of these, those that may still come to an end by themselves: a call that goes on is none. */
  readonly #underWay = new Set<number>();
  readonly #observer: Observer;
  readonly #owed: { readonly writes: readonly Write[]; readonly paid: () => void }[] = [];
  #paying: unknown;
  #stopped = false;
  #closed = false;
  #rested: () => void = () => undefined;
  #seq = 0;

  constructor(private readonly options: OutboxOptions) {
    const { store, clock, log, observer = unobserved } = options;
    this.#observer = observer;
    this.#timers = new Timers({
      clock,
      store,
      fire: (entry, again, settled) => this.perform(entry, again, settled),
      flying: (seq) => this.#flying.has(seq),
      late: (ms) => observer.fired(ms),
      failed: (err) => log.error({ err }, 'the outbox cannot be read; it is tried again'),
    });
  }

  /** Entries that are being performed. */
  get flying(): number {
    return this.#flying.size;
  }

  /** Goes on with what an earlier process has left. */
  async start(): Promise<void> {
    this.#seq = Math.max(this.#seq, await this.options.store.lastSeq());
    await this.#timers.start();
  }

  /** Nothing is begun any more: what is to be done stays in the store. */
  stop(): void {
    this.#stopped = true;
    this.#timers.stop();
    this.options.clock.clearTimeout(this.#paying);
  }

  /** Resolves when nothing is under way, or after so many milliseconds. */
  async rest(most: number): Promise<void> {
    if (this.#underWay.size === 0 || most === 0) return;
    await new Promise<void>((resolve) => {
      const timer = this.options.clock.setTimeout(resolve, most);
      this.#rested = () => {
        this.options.clock.clearTimeout(timer);
        resolve();
      };
    });
  }

  /** Nothing is written any more: what has begun and is not over is the next process's. */
  close(): void {
    this.#closed = true;
    this.options.clock.clearTimeout(this.#paying);
  }

  /** An entry for a task: `delay` milliseconds from now, and a delayed send can be unsent by its id. */
  entry(key: string, sessionid: string | undefined, task: Task, delay = 0): OutboxEntry {
    const sendid = task.type === 'send' && delay > 0 ? task.sendid : undefined;
    return { seq: ++this.#seq, key, sessionid, sendid, due: this.options.clock.now() + delay, task, attempts: 0 };
  }

  /** A delayed entry is about to be saved: `arm` or `drop` follows. */
  expect(entry: OutboxEntry): Waiting {
    return this.#timers.expect(entry);
  }

  arm(waiting: Waiting): void {
    this.#timers.arm(waiting);
  }

  drop(waiting: Waiting): void {
    this.#timers.drop(waiting);
  }

  /** `<cancel>`, or the end of a session (`sendid` undefined): what was sent before, and waits, is not sent. `before`: an entry's `seq`. */
  unsend(sessionid: string, sendid?: string, before = this.#seq + 1): void {
    this.#timers.unsend(sessionid, sendid, before);
  }

  /** It is saved, and its time has come. */
  perform(entry: OutboxEntry, again = false, settled: () => void = () => undefined): void {
    if (this.#stopped || this.#flying.has(entry.seq)) {
      settled();
      return;
    }
    const { seq } = entry;
    this.#flying.add(seq);
    this.#underWay.add(seq);
    this.options.perform(entry, again, () => {
      this.#underWay.delete(seq);
      settled();
      if (this.#underWay.size === 0) this.#rested();
    });
  }

  /** What came of it is lost: it is read and performed again. */
  release({ seq }: OutboxEntry): void {
    this.#flying.delete(seq);
  }

  /** It is performed again, soon: the store could not write what was to come of it, or nothing is decided. Another process begins with it. */
  later(entry: OutboxEntry, ms = OWED): void {
    this.release(entry);
    this.#timers.keep(this.expect({ ...entry, due: this.options.clock.now() + ms }));
  }

  /** The write that says that it is done. */
  end({ seq }: OutboxEntry): Write {
    return { kind: 'outbox.done', seq };
  }

  /** 2 */
  saved(writes: readonly Write[]): void {
    for (const write of writes) {
      if (write.kind !== 'outbox.done' && write.kind !== 'outbox.dead') continue;
      this.#flying.delete(write.seq);
      this.#timers.settled(write.seq);
    }
  }

  /** It is done, and no session has to be told. */
  conclude(entry: OutboxEntry, more: readonly Write[] = []): void {
    this.options.passing('after effect');
    void this.write([this.end(entry), ...more]);
  }

  /** False when it has been tried often enough: the caller says what becomes of it. */
  retry(entry: OutboxEntry): boolean {
    if (entry.attempts + 1 >= MOST_ATTEMPTS) return false;
    this.postpone(entry, FIRST_RETRY * 4 ** entry.attempts * (0.5 + this.options.chance()));
    return true;
  }

  /** It failed, and is performed again after so many milliseconds, by this process or another. */
  postpone(entry: OutboxEntry, ms: number): void {
    this.#observer.retried();
    this.putOff({ ...entry, attempts: entry.attempts + 1 }, ms);
  }

  /** Its time has not come: it is performed after so many milliseconds, by this process or another. */
  putOff(entry: OutboxEntry, ms: number): void {
    const { seq, attempts } = entry;
    const waiting = this.expect({ ...entry, due: Math.ceil(this.options.clock.now() + ms) });
    void this.write([{ kind: 'outbox.retry', seq, due: waiting.entry.due, attempts }]).then(async (debt) => {
      // Until the store has its new time, who reads it would take it for one that was read.
      await debt?.paid;
      this.#flying.delete(seq);
      this.arm(waiting);
    });
  }

  /** The write that gives it up. */
  bury({ seq }: OutboxEntry, reason: string): Write {
    return { kind: 'outbox.dead', seq, reason, at: this.options.clock.now() };
  }

  /** A dead letter is tried anew; resolves when that is saved. */
  async revive({ reason: _reason, since: _since, ...entry }: DeadLetter): Promise<void> {
    const { seq } = entry;
    const due = this.options.clock.now();
    this.#flying.add(seq);
    try {
      await this.options.store.commit([{ kind: 'outbox.revive', seq, due }]);
    } catch (error) {
      this.#flying.delete(seq);
      throw error;
    }
    this.options.perform({ ...entry, due, attempts: 0 }, true, () => undefined);
  }

  /** The store could not write, so memory may be ahead of it. */
  async again(): Promise<void> {
    await this.#timers.again();
  }

  /** Saves what nobody waits for: as often as it takes. Resolves when it was tried; `paid`: it was not saved then, and is now. */
  async write(writes: readonly Write[]): Promise<Debt | undefined> {
    if (writes.length === 0 || this.#closed) return undefined;
    try {
      await this.options.store.commit(writes);
      this.saved(writes);
      return undefined;
    } catch (err) {
      this.options.log.error({ err }, 'what was done could not be written down; it is tried again');
      return { paid: this.#owe(writes) };
    }
  }

  #owe(writes: readonly Write[]): Promise<void> {
    return new Promise((paid) => {
      this.#owed.push({ writes, paid });
      this.#paying ??= this.options.clock.setTimeout(() => {
        this.#paying = undefined;
        for (const owed of this.#owed.splice(0))
          void this.write(owed.writes).then((still) => (still ? still.paid.then(owed.paid) : owed.paid()));
      }, OWED);
    });
  }
}
