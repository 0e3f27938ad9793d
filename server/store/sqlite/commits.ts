/**
 * Commits on their way to the writer's thread, and what it answers.
 *
 * 1. One batch is under way; what comes meanwhile is the next. So a flush of the disk serves all that came during the last.
 * 2. Commits keep the order of the calls. A query is answered after every commit that was called before it.
 */
import { StoreUnavailable, type Write } from '../port.js';
import type { CallbackRow } from '../rows/callback.js';
import { encode } from './encode.js';
import type { Answer, Batch, Failure, Outcome, Query, Value } from './wire.js';

/** Commits of a batch, at most. */
const MOST = 256;

interface Waiting<T> {
  readonly resolve: (value: T) => void;
  readonly reject: (error: Error) => void;
}

/** A batch that is not posted yet, and who waits for what becomes of it. */
class Gathering {
  readonly values: Value[] = [];
  readonly ends: number[] = [];
  readonly queries: Query[] = [];
  readonly commits: Waiting<void>[] = [];
  readonly asked: Waiting<Exclude<Answer, Failure>>[] = [];
}

export interface Line {
  readonly post: (batch: Batch) => void;
  /** A callback record that a commit has changed: told before who waits for the commit. */
  readonly changed: (row: CallbackRow) => void;
}

export class Commits {
  readonly #queue: Gathering[] = [];
  #underWay: Gathering | undefined;
  #posting = false;
  #ended: Error | undefined;
  #drained: (() => void) | undefined;

  constructor(private readonly line: Line) {}

  commit(writes: readonly Write[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw this.#ended;
      const { values, ends, commits } = this.#gathering();
      const start = values.length;
      try {
        for (const write of writes) encode(write, values);
      } catch (error) {
        values.length = start;
        throw error;
      }
      ends.push(values.length);
      commits.push({ resolve, reject });
      this.#post();
    });
  }

  ask(query: Query): Promise<Exclude<Answer, Failure>> {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw this.#ended;
      const { queries, asked } = this.#gathering();
      queries.push(query);
      asked.push({ resolve, reject });
      this.#post();
    });
  }

  /** What became of the batch under way. */
  answered({ failures, changed, answers }: Outcome): void {
    const batch = this.#underWay;
    this.#underWay = undefined;
    this.#postNow();
    if (!batch) return;
    for (const [, row] of changed) this.line.changed(row);
    for (const [index, { resolve, reject }] of batch.commits.entries()) {
      const failure = failures.get(index);
      if (failure) reject(errorOf(failure));
      else resolve();
    }
    for (const [index, { resolve, reject }] of batch.asked.entries()) {
      const answer = answers[index] ?? [];
      if (typeof answer === 'object' && 'unavailable' in answer) reject(errorOf(answer));
      else resolve(answer);
    }
  }

  /** Takes no more; resolves when all that was called before is answered. */
  async drain(ended: Error): Promise<void> {
    this.#ended ??= ended;
    if (this.#underWay || this.#queue.length > 0) await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  /** The writer is gone: nobody is answered any more. */
  fail(error: Error): void {
    this.#ended ??= error;
    for (const { commits, asked } of [...(this.#underWay ? [this.#underWay] : []), ...this.#queue.splice(0)])
      for (const { reject } of [...commits, ...asked]) reject(error);
    this.#underWay = undefined;
    this.#drained?.();
  }

  #gathering(): Gathering {
    const last = this.#queue.at(-1);
    if (last && last.commits.length < MOST) return last;
    const next = new Gathering();
    this.#queue.push(next);
    return next;
  }

  /** Not at once: what is called in the same turn goes along. */
  #post(): void {
    if (this.#underWay || this.#posting) return;
    this.#posting = true;
    queueMicrotask(() => {
      this.#posting = false;
      this.#postNow();
    });
  }

  #postNow(): void {
    if (this.#underWay) return;
    this.#underWay = this.#queue.shift();
    if (!this.#underWay) this.#drained?.();
    else {
      const { values, ends, queries } = this.#underWay;
      this.line.post({ values, ends, queries });
    }
  }
}

const errorOf = ({ unavailable, message }: Failure): Error =>
  unavailable ? new StoreUnavailable(message) : new Error(message);
