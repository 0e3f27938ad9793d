/**
 * Virtual queues: who waits in each, in order, and how long the last calls waited that were distributed from it. A queue begins
 * with the first that names it; one that is only pegged has times, and nobody in it.
 */
import { before } from './order.js';
import type { SubmitRequest } from './port.js';
import type { Pool, Ticket } from './pool.js';
import { Sorted } from './sorted.js';

/** Calls that the mean is of. */
const REMEMBERED = 50;

export class Queue {
  readonly line = new Sorted<Ticket>(before);
  /** Pools that its requests wait for, or did last. */
  pools: ReadonlySet<Pool> = new Set();
  /** Whether requests are served from it, or only counted. */
  serves = false;
  /** Requests that came to it, those of them that are over, and those that went to an agent. */
  entered = 0;
  left = 0;
  distributed = 0;
  /** Live requests that want to be told when to dial, and were not yet. */
  dialling = 0;
  #times: number[] = [];

  get timesMs(): readonly number[] {
    return this.#times;
  }

  /** A call that somebody else has distributed. */
  pass(waitedMs: number): void {
    this.entered += 1;
    this.left += 1;
    this.peg(waitedMs);
  }

  peg(waitedMs: number): void {
    this.distributed += 1;
    this.#times = [...this.#times.slice(1 - REMEMBERED), waitedMs];
  }
}

export class Queues {
  readonly named = new Map<string, Queue>();

  get all(): Iterable<Queue> {
    return this.named.values();
  }

  known(name: string): Queue | undefined {
    return this.named.get(name);
  }

  /** The queue of that name, from now on if there was none. */
  opened(name: string): Queue {
    const known = this.named.get(name);
    if (known) return known;
    const queue = new Queue();
    this.named.set(name, queue);
    return queue;
  }

  /** The queue of a request, and the one it pegs. */
  of({ vq, pegs }: SubmitRequest): readonly Queue[] {
    return [...new Set([vq, pegs ?? vq])].map((name) => this.opened(name));
  }
}
