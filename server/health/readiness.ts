/**
 * Whether this server wants work, for who spreads it. Neighbours: `watched-store.ts` tells how the store fares, `admission.ts` turns
 * requests away, `operations.ts` answers.
 *
 * 1. It is ready between `open` and `stop`, while the store could write when it was last asked to.
 * 2. Who is not ready gets no work, so nothing would show that the store can write again: whoever asks has it tried, and the
 *    next answer knows.
 */
import { problem, type Problem } from '../problems.js';
import type { StoreUnavailable } from '../store/port.js';
import type { CommitWatch, Outcome } from './watched-store.js';

export class Readiness implements CommitWatch {
  #phase: 'starting' | 'open' | 'stopping' = 'starting';
  #failure: StoreUnavailable | undefined;
  #trying = false;

  /** `attempt` has the watched store write something. */
  constructor(private readonly attempt: () => Promise<void>) {}

  open(): void {
    this.#phase = 'open';
  }

  stop(): void {
    this.#phase = 'stopping';
  }

  began(): void {
    // what counts is how it ends
  }

  answered(_ms: number, outcome: Outcome): void {
    if (outcome !== 'refused') this.#failure = outcome === 'written' ? undefined : outcome;
  }

  /** What is against it; undefined: it is ready. */
  objection(): Problem | undefined {
    if (this.#phase !== 'open') return problem('NOT_READY');
    if (!this.#failure) return undefined;
    this.#try();
    return problem('STORE_FAILING', this.#failure.message);
  }

  /** 2 */
  #try(): void {
    if (this.#trying) return;
    this.#trying = true;
    this.attempt()
      .catch(() => undefined)
      .finally(() => {
        this.#trying = false;
      });
  }
}
