/**
 * Virtual queues: who waits in each, in order, and how long the last calls waited that were distributed from it. A queue begins
 * with the first that names it; one that is only pegged has times, and nobody in it.
 */
import { Named } from './named.js';
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
  usedMs = -Infinity;
  #times: number[] = [];

  get timesMs(): readonly number[] {
    return this.#times;
  }

  get isUsed(): boolean {
    return this.entered > this.left;
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
  readonly named = new Named<Queue>();
  /** Those with requests that want to be told when to dial. */
  readonly toDial = new Map<string, Queue>();

  get all(): Iterable<Queue> {
    return this.named.values();
  }

  known(name: string): Queue | undefined {
    return this.named.get(name);
  }

  /** The queue of that name, which is used now, and from now on if there was none. */
  opened(name: string, now: number): Queue {
    const queue = this.named.get(name) ?? new Queue();
    queue.usedMs = now;
    if (this.named.has(name)) return queue;
    this.named.forget(now);
    this.named.set(name, queue);
    return queue;
  }

  /** A request comes to its queue, and is counted in the one it pegs. */
  enter(request: SubmitRequest, now: number): void {
    for (const name of namesIn(request)) this.opened(name, now).entered += 1;
    if (request.dialling) this.dials(request.vq, 1);
  }

  /** It is over. */
  leave(request: SubmitRequest, now: number): void {
    for (const name of namesIn(request)) this.opened(name, now).left += 1;
  }

  /** The queue of a live request, and the one it pegs. */
  of(request: SubmitRequest): readonly Queue[] {
    return namesIn(request).flatMap((name) => this.named.get(name) ?? []);
  }

  /** So many more want to be told when to dial. */
  dials(name: string, more: number): void {
    const queue = this.named.get(name);
    if (!queue) return;
    queue.dialling += more;
    if (queue.dialling > 0) this.toDial.set(name, queue);
    else this.toDial.delete(name);
  }
}

const namesIn = ({ vq, pegs = vq }: SubmitRequest): readonly string[] => (pegs === vq ? [vq] : [vq, pegs]);
