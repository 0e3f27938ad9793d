/**
 * The sessions in memory: those that were used last. The others are in the store, and come back when something comes for them.
 *
 * 1. A session is in memory once at most, and leaves only when nothing of it is unsaved.
 * 2. Deliveries that could not be saved are kept in order, and come before later ones when the session is tried again.
 */
import type { Clock } from '../clock.js';
import type { Delivery } from './delivery.js';
import { Live } from './live.js';

export interface ResidentsOptions {
  /** Sessions in memory, beyond which those that rested longest leave. */
  readonly most: number;
  readonly clock: Clock;
  /** Reads the session and gives it its actor. */
  readonly load: (live: Live) => void;
  /** They were to be tried again, and the session is over. */
  readonly unheard: (sessionid: string, deliveries: readonly Delivery[]) => void;
  /** Whether the session is not over. */
  readonly isActive: (sessionid: string) => boolean;
  /** Runs a step, and says how long it took. */
  readonly timed: (step: () => void) => void;
}

/** Milliseconds until what could not be saved is tried again. */
const RETRY = 1000;

export class Residents {
  /** The one that rested longest first. */
  readonly #lives = new Map<string, Live>();
  readonly #kept = new Map<string, Delivery[]>();
  #retry: unknown;
  #closed: Error | undefined;

  constructor(private readonly options: ResidentsOptions) {}

  get size(): number {
    return this.#lives.size;
  }

  get(sessionid: string): Live | undefined {
    return this.#lives.get(sessionid);
  }

  all(): IterableIterator<Live> {
    return this.#lives.values();
  }

  /** A session that begins. */
  add(live: Live): void {
    this.#lives.set(live.sessionid, live);
    this.makeRoom();
  }

  /** False when the session is over. */
  take(sessionid: string, delivery: Delivery): boolean {
    if (!this.options.isActive(sessionid)) return false;
    if (this.#closed) {
      delivery.settle?.(this.#closed);
      return true;
    }
    const live = this.#lives.get(sessionid);
    if (!live) return this.#loaded(sessionid).take(delivery);
    this.#lives.delete(sessionid);
    this.#lives.set(sessionid, live);
    return live.take(delivery);
  }

  remove(live: Live): void {
    if (this.#lives.get(live.sessionid) === live) this.#lives.delete(live.sessionid);
  }

  /** The store could not take it: it is tried again. */
  keep(sessionid: string, delivery: Delivery): void {
    const kept = this.#kept.get(sessionid);
    if (kept) kept.push(delivery);
    else this.#kept.set(sessionid, [delivery]);
    this.#retry ??= this.options.clock.setTimeout(() => {
      this.#retry = undefined;
      for (const each of [...this.#kept.keys()]) this.#tryAgain(each);
    }, RETRY);
  }

  stop(): void {
    this.options.clock.clearTimeout(this.#retry);
  }

  /** From here on sessions take nothing: what is for them is for the next process, or for a client who asks again. */
  close(why: Error): void {
    this.#closed = why;
    for (const live of this.#lives.values()) for (const { settle } of live.untaken()) settle?.(why);
  }

  #tryAgain(sessionid: string): void {
    if (!this.options.isActive(sessionid)) {
      this.options.unheard(sessionid, this.#kept.get(sessionid) ?? []);
      this.#kept.delete(sessionid);
      return;
    }
    const live = this.#lives.get(sessionid);
    if (live) this.#hand(live);
    else this.#loaded(sessionid);
  }

  #loaded(sessionid: string): Live {
    const live = new Live(sessionid, this.options.timed);
    this.#lives.set(sessionid, live);
    this.#hand(live);
    this.options.load(live);
    this.makeRoom();
    return live;
  }

  /** 2 */
  #hand(live: Live): void {
    const kept = this.#kept.get(live.sessionid) ?? [];
    this.#kept.delete(live.sessionid);
    const untaken = kept.filter((delivery) => !live.take(delivery));
    if (untaken.length > 0) this.options.unheard(live.sessionid, untaken);
  }

  /** 1. Called when a session has come to rest, too. */
  makeRoom(): void {
    let over = this.#lives.size - this.options.most;
    for (const live of this.#lives.values()) {
      if (over <= 0) return;
      over -= 1;
      if (live.resting) this.#lives.delete(live.sessionid);
    }
  }
}
