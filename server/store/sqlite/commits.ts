/**
 * Commits on their way to the writer's thread, and what it answers.
 *
 * 1. What comes while batches are under way is gathered, and posted when it is a PART or when they are answered: the writer works
 *    while the main thread goes on stepping, and writes all that has been posted in one transaction. So a flush of the disk serves
 *    all that came during the last.
 * 2. Commits keep the order of the calls. A query is answered after every commit that was called before it.
 */
import { StoreUnavailable, type Write } from '../port.js';
import type { CallbackRow } from '../rows/callback.js';
import { encode } from './encode.js';
import type { Answer, Batch, Failure, Outcome, Query, Value } from './wire.js';

/** Commits of a batch, at most. */
const PART = 16;

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

  get isEmpty(): boolean {
    return this.commits.length + this.asked.length === 0;
  }
}

export interface Line {
  readonly post: (batch: Batch) => void;
  /** So many commits were one transaction. */
  readonly written: (commits: number) => void;
  /** A callback record that a commit has changed: told before who waits for the commit. */
  readonly changed: (row: CallbackRow) => void;
}

export class Commits {
  #gathering = new Gathering();
  /** Posted, and not answered. */
  readonly #underWay: Gathering[] = [];
  #posting = false;
  #ended: Error | undefined;
  #drained: (() => void) | undefined;

  constructor(private readonly line: Line) {}

  commit(writes: readonly Write[]): Promise<void> {
    return new Promise((resolve, reject) => {
      if (this.#ended) throw this.#ended;
      const { values, ends, commits } = this.#gathering;
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
      const { queries, asked } = this.#gathering;
      queries.push(query);
      asked.push({ resolve, reject });
      this.#post();
    });
  }

  /** What became of the batches that were posted first. */
  answered({ batches, failures, changed, answers }: Outcome): void {
    const written = this.#underWay.splice(0, batches);
    this.#postNow();
    const together = written.flatMap(({ commits }) => commits);
    if (together.length > 0) this.line.written(together.length);
    for (const [, row] of changed) this.line.changed(row);
    for (const [index, { resolve, reject }] of together.entries()) {
      const failure = failures.get(index);
      if (failure) reject(errorOf(failure));
      else resolve();
    }
    for (const [index, { resolve, reject }] of written.flatMap(({ asked }) => asked).entries()) {
      const answer = answers[index] ?? [];
      if (typeof answer === 'object' && 'unavailable' in answer) reject(errorOf(answer));
      else resolve(answer);
    }
  }

  /** Takes no more; resolves when all that was called before is answered. */
  async drain(ended: Error): Promise<void> {
    this.#ended ??= ended;
    if (this.#underWay.length > 0 || !this.#gathering.isEmpty)
      await new Promise<void>((resolve) => (this.#drained = resolve));
  }

  /** The writer is gone: nobody is answered any more. */
  fail(error: Error): void {
    this.#ended ??= error;
    for (const { commits, asked } of [...this.#underWay.splice(0), this.#gathering])
      for (const { reject } of [...commits, ...asked]) reject(error);
    this.#gathering = new Gathering();
    this.#drained?.();
  }

  /** Not at once: what is called in the same turn goes along. */
  #post(): void {
    if (this.#gathering.commits.length >= PART) this.#postNow();
    if (this.#underWay.length > 0 || this.#posting) return;
    this.#posting = true;
    queueMicrotask(() => {
      this.#posting = false;
      if (this.#underWay.length === 0) this.#postNow();
    });
  }

  #postNow(): void {
    const gathered = this.#gathering;
    if (!gathered.isEmpty) {
      this.#gathering = new Gathering();
      this.#underWay.push(gathered);
      const { values, ends, queries } = gathered;
      this.line.post({ values, ends, queries });
    } else if (this.#underWay.length === 0) this.#drained?.();
  }
}

const errorOf = ({ unavailable, message }: Failure): Error =>
  unavailable ? new StoreUnavailable(message) : new Error(message);
