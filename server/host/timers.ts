/**
 * Entries of the outbox that wait for their time. The store has them all; those that are near are in memory too, in order of
 * their time, behind one timer of the clock. `outbox.ts` owns this.
 *
 * 1. Saved entries up to `#cursor` are in memory; those behind it are read when they come near, a batch at a time.
 * 2. Nothing fires early. A near entry waits by the clock that no change of the date moves; a far one by the date.
 * 3. What is fired and not yet settled is bounded, and after each slice others have their turn: a hundred thousand entries due
 *    at once do not hold up what else comes in.
 * 4. An entry that is unsent before it fires does not fire, wherever it is: about to be saved, in memory, or being read.
 */
import type { Clock } from '../clock.js';
import type { OutboxEntry, Place, Store } from '../store/port.js';
import { Heap } from '../heap.js';

/** An entry in memory. */
export interface Waiting {
  readonly entry: OutboxEntry;
  /** It was read from the store: by whom it may have been performed before is not known. */
  readonly again: boolean;
  /** Its time by the clock's `elapsed`. */
  readonly at: number;
  unsent: boolean;
}

export interface TimersOptions {
  readonly clock: Clock;
  readonly store: Pick<Store, 'due'>;
  /** `settled` is called once, when what came of it is saved or will be kept for later. */
  readonly fire: (entry: OutboxEntry, again: boolean, settled: () => void) => void;
  /** Entries that have fired, and of which nothing has come yet. */
  readonly flying: (seq: number) => boolean;
  /** What waited for its time is about to be fired, so many milliseconds after it. */
  readonly late?: (ms: number) => void;
  /** A read failed. */
  readonly failed: (error: unknown) => void;
  /** Entries that are read at once; four times as many are held in memory at most. */
  readonly batch?: number;
}

/** Milliseconds that count as near. */
const NEAR = 60_000;
const BATCH = 4096;
const SLICE = 256;
const MOST_UNSETTLED = 1024;
const RETRY = 1000;

const beginning: Place = { due: -Infinity, seq: 0 };
const last = Number.MAX_SAFE_INTEGER;

const behind = (a: Place, b: Place): boolean => a.due > b.due || (a.due === b.due && a.seq > b.seq);

export class Timers {
  /** 1 */
  #cursor: Place = beginning;
  /** The first entry behind the cursor that is known of: when it is near, the store is read. */
  #far = Infinity;
  readonly #near = new Heap<Waiting>((a, b) => a.at < b.at || (a.at === b.at && a.entry.seq < b.entry.seq));
  readonly #known = new Map<number, Waiting>();
  /** Delayed sends by their session, for `unsend`. */
  readonly #sends = new Map<string, Set<Waiting>>();
  #unsettled = 0;
  #timer: unknown;
  #stopped = false;
  /** While the store is read: what happened meanwhile. */
  #reading: { readonly settled: Set<number>; readonly undecided: Waiting[]; readonly unsent: Unsent[] } | undefined;
  readonly #quiet: () => void;
  readonly #batch: number;
  /** Entries in memory, beyond which the later ones are left to the store. */
  readonly #most: number;

  constructor(private readonly options: TimersOptions) {
    this.#batch = options.batch ?? BATCH;
    this.#most = 4 * this.#batch;
    this.#quiet = options.clock.onJump(() => this.#schedule());
  }

  /**
   * Reads what is near. Effects that an earlier process did not get done fire at once, in their order, before anything else can
   * happen to their sessions; what is due besides fires after it.
   */
  async start(): Promise<void> {
    const { clock } = this.options;
    do await this.#read();
    while (this.#far <= clock.now() && this.#near.size < this.#most);
    const effects = this.#near.drain().filter((waiting) => !this.#waits(waiting));
    for (const waiting of effects.sort((a, b) => a.entry.seq - b.entry.seq)) {
      this.#forget(waiting);
      this.#fire(waiting);
    }
    this.#schedule();
  }

  /** Puts back what has a time of its own; anything else was to be done at once. */
  #waits(waiting: Waiting): boolean {
    const { sendid, task, attempts } = waiting.entry;
    const waits = sendid !== undefined || attempts > 0 || task.type === 'callback';
    if (waits) this.#near.push(waiting);
    return waits;
  }

  stop(): void {
    this.#stopped = true;
    this.#quiet();
    this.options.clock.clearTimeout(this.#timer);
  }

  /** The entry is about to be saved; `arm` follows when it is. */
  expect(entry: OutboxEntry): Waiting {
    return this.#know(entry, false);
  }

  /** It is saved. */
  arm(waiting: Waiting): void {
    const { entry } = waiting;
    if (waiting.unsent) this.#forget(waiting);
    else if (!behind(entry, this.#cursor)) this.#push(waiting);
    else if (this.#reading) this.#reading.undecided.push(waiting);
    else this.#leave(waiting);
  }

  /** It is saved with another time: the store would not be asked for it again. */
  keep(waiting: Waiting): void {
    if (waiting.unsent) this.#forget(waiting);
    else this.#push(waiting);
  }

  /** It is not saved, and will not be. */
  drop(waiting: Waiting): void {
    this.#forget(waiting);
  }

  /** `sendid` undefined: all of the session. */
  unsend(sessionid: string, sendid: string | undefined, before: number): void {
    this.#reading?.unsent.push({ sessionid, sendid, before });
    for (const waiting of this.#sends.get(sessionid) ?? []) {
      if (waiting.entry.seq >= before || (sendid !== undefined && waiting.entry.sendid !== sendid)) continue;
      waiting.unsent = true;
    }
  }

  /** An entry that had fired is done with. */
  settled(seq: number): void {
    this.#reading?.settled.add(seq);
  }

  /** The store could not write, so memory may be ahead of it: everything is read anew. */
  async again(): Promise<void> {
    for (const waiting of this.#near.drain()) this.#forget(waiting);
    this.#cursor = beginning;
    await this.#read();
  }

  #know(entry: OutboxEntry, again: boolean): Waiting {
    const { clock } = this.options;
    const waiting = { entry, again, at: clock.elapsed() + Math.max(0, entry.due - clock.now()), unsent: false };
    this.#known.set(entry.seq, waiting);
    const { sessionid, sendid } = entry;
    if (sessionid === undefined || sendid === undefined) return waiting;
    const sends = this.#sends.get(sessionid);
    if (sends) sends.add(waiting);
    else this.#sends.set(sessionid, new Set([waiting]));
    return waiting;
  }

  #forget(waiting: Waiting): void {
    const { seq, sessionid } = waiting.entry;
    this.#known.delete(seq);
    if (sessionid === undefined) return;
    const sends = this.#sends.get(sessionid);
    sends?.delete(waiting);
    if (sends?.size === 0) this.#sends.delete(sessionid);
  }

  #push(waiting: Waiting): void {
    this.#near.push(waiting);
    if (this.#near.size > this.#most) this.#shrink();
    if (this.#near.peek() === waiting) this.#schedule();
  }

  /** It is far: the store has it. */
  #leave(waiting: Waiting): void {
    this.#forget(waiting);
    const { due } = waiting.entry;
    if (due >= this.#far) return;
    this.#far = due;
    this.#schedule();
  }

  /** The later half is left to the store. */
  #shrink(): void {
    const all = this.#near.drain().sort((a, b) => (behind(a.entry, b.entry) ? 1 : -1));
    const kept = all.slice(0, this.#most / 2);
    for (const waiting of kept) this.#near.push(waiting);
    for (const waiting of all.slice(this.#most / 2)) this.#forget(waiting);
    const { due, seq } = kept.at(-1)?.entry ?? beginning;
    this.#cursor = { due, seq };
    this.#far = due;
  }

  #schedule(): void {
    const { clock } = this.options;
    clock.clearTimeout(this.#timer);
    if (this.#stopped) return;
    const near = this.#near.peek();
    const fire = near && this.#unsettled < MOST_UNSETTLED ? near.at - clock.elapsed() : Infinity;
    const room = this.#near.size < this.#most / 4 && !this.#reading;
    const read = room ? this.#far - NEAR / 2 - clock.now() : Infinity;
    const wait = Math.min(fire, read);
    if (wait < Infinity) this.#timer = clock.setTimeout(() => this.#turn(read <= fire), Math.max(0, wait));
  }

  #turn(read: boolean): void {
    if (read) void this.#read();
    const { clock, late } = this.options;
    const now = clock.elapsed();
    for (let fired = 0; fired < SLICE && this.#unsettled < MOST_UNSETTLED;) {
      const next = this.#near.peek();
      if (!next || next.at > now) break;
      this.#near.pop();
      this.#forget(next);
      if (next.unsent) continue;
      fired += 1;
      late?.(Math.max(0, clock.now() - next.entry.due));
      this.#fire(next);
    }
    this.#schedule();
  }

  #fire({ entry, again }: Waiting): void {
    this.#unsettled += 1;
    let open = true;
    this.options.fire(entry, again, () => {
      if (!open) return;
      open = false;
      const wasFull = this.#unsettled === MOST_UNSETTLED;
      this.#unsettled -= 1;
      if (wasFull) this.#schedule();
    });
  }

  async #read(): Promise<void> {
    if (this.#reading || this.#stopped) return;
    const { clock, failed } = this.options;
    const reading = (this.#reading = {
      settled: new Set<number>(),
      undecided: [] as Waiting[],
      unsent: [] as Unsent[],
    });
    try {
      for (const row of await this.#rows())
        if (!reading.settled.has(row.seq) && !isUnsent(row, reading.unsent)) this.#admit(row);
    } catch (error) {
      failed(error);
      clock.setTimeout(() => void this.#read(), RETRY);
    } finally {
      this.#reading = undefined;
      for (const waiting of reading.undecided) this.arm(waiting);
    }
    this.#schedule();
  }

  /** The next of the store's entries that are near; the cursor moves behind them. */
  async #rows(): Promise<readonly OutboxEntry[]> {
    const { store, clock } = this.options;
    const until = clock.now() + NEAR;
    const rows = await store.due(this.#cursor, until, this.#batch);
    const whole = rows.length < this.#batch;
    const end = whole ? { due: until, seq: last } : (rows.at(-1) ?? this.#cursor);
    const next = whole ? (await store.due(end, Infinity, 1))[0] : end;
    this.#far = next?.due ?? Infinity;
    if (behind(end, this.#cursor)) this.#cursor = { due: end.due, seq: end.seq };
    return rows;
  }

  /** What is in memory, or is being performed, stays as it is. */
  #admit(row: OutboxEntry): void {
    if (!this.#known.has(row.seq) && !this.options.flying(row.seq)) this.#near.push(this.#know(row, true));
  }
}

const isUnsent = ({ sessionid, sendid, seq }: OutboxEntry, unsent: readonly Unsent[]): boolean =>
  sendid !== undefined &&
  unsent.some(
    (each) =>
      sessionid === each.sessionid && seq < each.before && (each.sendid === undefined || each.sendid === sendid),
  );

interface Unsent {
  readonly sessionid: string;
  readonly sendid: string | undefined;
  /** Entries from this place on came after it. */
  readonly before: number;
}
