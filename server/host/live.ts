/**
 * A session in memory: its actor, and what it has been given to take. `residents.ts` brings it in and lets it go; `host.ts`
 * saves its steps.
 *
 * 1. It takes deliveries one at a time, in the order they came; what comes before its actor is there waits.
 * 2. Each delivery that it takes is one step, so `next` belongs to the step that has just been taken.
 */
import type { Actor } from 'xstate';
import { cancelEvent, envelope } from '../../engine/actor/event.js';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { DocumentRecord, Invoker } from '../store/port.js';
import type { Delivery } from './delivery.js';
import type { SessionStatus } from './port.js';

export interface Origin {
  readonly sessionid: string;
  readonly document: DocumentRecord;
  readonly callback: string | undefined;
  /** How it was invoked, if it was. */
  readonly invoker: Invoker | undefined;
  /** How many sessions invoked each other down to this one. */
  readonly depth: number;
  readonly startedAt: number;
}

export class Live {
  status: SessionStatus = 'active';
  /** What it is: known when its record has been read. */
  origin: Origin | undefined;
  /** Number of writes of its record so far, and of those that are saved. */
  version = 0;
  savedVersion = 0;
  /** Resolves when every step so far is saved; rejects when one cannot be. */
  saved: Promise<void> = Promise.resolve();
  /** It was given up by this process: its record is the truth, and is read again. */
  dropped = false;
  #actor: Actor<ScxmlLogic> | undefined;
  readonly #waiting: Delivery[] = [];
  readonly #taking: Delivery[] = [];

  constructor(
    readonly sessionid: string,
    /** Runs a step, and says how long it took. */
    private readonly timed: (step: () => void) => void,
  ) {}

  get actor(): Actor<ScxmlLogic> | undefined {
    return this.#actor;
  }

  /** Nothing of it is only in memory. */
  get resting(): boolean {
    return (
      this.#actor !== undefined &&
      this.version === this.savedVersion &&
      this.#taking.length === 0 &&
      this.status === 'active'
    );
  }

  /** False when the session is over. */
  take(delivery: Delivery): boolean {
    if (this.status !== 'active') return false;
    if (this.#actor) this.#send(this.#actor, delivery);
    else this.#waiting.push(delivery);
    return true;
  }

  /** A session that begins: `first` is its first step's. */
  begin(actor: Actor<ScxmlLogic>, first: Delivery): void {
    this.#taking.push(first);
    this.#go(actor, () => this.timed(() => actor.start()));
  }

  /** A session that goes on. */
  resume(actor: Actor<ScxmlLogic>): void {
    this.#go(actor, () => actor.start());
  }

  /** The delivery of the step that has just been taken (2). */
  next(): Delivery | undefined {
    return this.#taking.shift();
  }

  /** All that was given to it and has led to no step. */
  untaken(): Delivery[] {
    return [...this.#taking.splice(0), ...this.#waiting.splice(0)];
  }

  #go(actor: Actor<ScxmlLogic>, start: () => void): void {
    this.#actor = actor;
    start();
    // What a session that ends leaves is `untaken`.
    while (this.status === 'active') {
      const delivery = this.#waiting.shift();
      if (!delivery) return;
      this.#send(actor, delivery);
    }
  }

  #send(actor: Actor<ScxmlLogic>, delivery: Delivery): void {
    this.#taking.push(delivery);
    // That it has left its states is told by the effects of its last step.
    const event = typeof delivery.what === 'string' ? cancelEvent(() => undefined) : envelope(delivery.what);
    this.timed(() => actor.send(event));
  }
}
