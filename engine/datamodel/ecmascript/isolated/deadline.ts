/**
 * How long guest code may run: one evaluation, and all of a step together. QuickJS asks every hundred calls or jumps back
 * (`quickjs.ts`), so short evaluations never look at a clock.
 *
 * 1. Without a clock a call or jump counts as MS_PER_CALL: the same work ends at the same place on every machine.
 * 2. An evaluation's time runs from its first interrupt; until then it has done nothing worth measuring.
 */
import type { KernelLimits } from '../../../limits.js';

/** A monotonic clock in milliseconds. */
export type Elapsed = () => number;

const MS_PER_CALL = 0.00001;
/** What a step has used so far, in milliseconds. */
export interface Budget {
  spent: number;
}

export class Deadline {
  readonly #elapsed: Elapsed;
  #budget: Budget = { spent: 0 };
  #most = 0;
  #since: number | undefined;
  #last = 0;
  #done = 0;
  /** The evaluation was ended. */
  passed = false;
  /** What all evaluations have taken together, in milliseconds. */
  worked = 0;

  constructor(
    private readonly limits: KernelLimits,
    elapsed?: Elapsed,
  ) {
    this.#elapsed = elapsed ?? (() => this.#done * MS_PER_CALL);
  }

  /** Before each evaluation; `most`: the milliseconds that it may take, where that is not the limit of a source. */
  start(budget: Budget, most = this.limits.evaluation): void {
    this.#budget = budget;
    this.#most = most;
    this.#since = undefined;
    this.passed = false;
  }

  /** Whether the evaluation has to end; `done` since the last question. */
  check(done: number): boolean {
    this.#done += done;
    const now = this.#elapsed();
    this.#since ??= this.#last = now;
    this.#budget.spent += now - this.#last;
    this.worked += now - this.#last;
    this.#last = now;
    this.passed = now - this.#since > this.#most || this.#budget.spent > this.limits.step;
    return this.passed;
  }

  get message(): string {
    const { evaluation, step } = this.limits;
    return `the source runs too long: ${evaluation} ms an evaluation and ${step} ms a step are allowed`;
  }
}
