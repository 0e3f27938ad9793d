/**
 * Writes commits to the database, on the thread of `worker.ts`.
 *
 * 1. Batches that are written together are one transaction, so one flush of the disk.
 * 2. When one of its commits is refused, the batch is taken back and each commit is written in a transaction of its own: a bad
 *    commit harms no other.
 * 3. When the database cannot write, nothing of the batch is written.
 */
import type { Database } from 'better-sqlite3';
import type { CallbackRow } from '../rows/callback.js';
import type { OutboxRow } from '../rows/outbox.js';
import { failureOf } from './failure.js';
import type { Perform } from './perform.js';
import { statements } from './statements.js';
import { arities, codes, kinds, type Answer, type Batch, type Failure, type Outcome, type Query } from './wire.js';

type Changed = (readonly [commit: number, row: CallbackRow])[];

export class Writer {
  readonly #database: Database;
  /** By the code of their kind. */
  readonly #performs: readonly Perform[];
  readonly #counts = kinds.map((kind) => arities[kind]);
  readonly #begin;
  readonly #commit;
  readonly #rollback;
  readonly #readLastSeq;
  readonly #writeLastSeq;
  readonly #due;
  #lastSeq: number;
  /** The greatest of the transaction that is under way. */
  #newSeq: number;
  /** Something was, and may still be read in the log. */
  #forgot = false;

  /** `committing` is called when all of a transaction is written, before it is committed. */
  constructor(
    database: Database,
    private readonly committing: () => void = () => undefined,
  ) {
    this.#database = database;
    const table = statements(database);
    this.#performs = kinds.map((kind) => table[kind]);
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    this.#readLastSeq = database.prepare<[], number>('SELECT seq FROM last_seq').pluck();
    this.#writeLastSeq = database.prepare<[number]>('UPDATE last_seq SET seq = ?');
    this.#due = database
      .prepare<[number, number, number, number], OutboxRow>(
        'SELECT * FROM outbox WHERE (due, seq) > (?, ?) AND due <= ? ORDER BY due, seq LIMIT ?',
      )
      .raw();
    this.#lastSeq = this.#newSeq = this.#readLastSeq.get() ?? 0;
  }

  write(...batches: readonly [Batch, ...Batch[]]): Outcome {
    const batch = batches.reduce(joined);
    const { ends, queries } = batch;
    const changed: Changed = [];
    const failures = new Map<number, Failure>();
    if (ends.length > 0) this.#together(batch, failures, changed);
    if (this.#forgot) this.#emptyLog();
    return { batches: batches.length, failures, changed, answers: queries.map((query) => this.#answer(query)) };
  }

  #together(batch: Batch, failures: Map<number, Failure>, changed: Changed): void {
    const { length } = batch.ends;
    const failure = this.#transaction(batch, 0, length, changed);
    if (!failure) return;
    for (let commit = 0; commit < length; commit++) {
      const alone =
        failure.unavailable || length === 1 ? failure : this.#transaction(batch, commit, commit + 1, changed);
      if (alone) failures.set(commit, alone);
    }
  }

  /** Commits `from` to `to`, whole or not at all. */
  #transaction(batch: Batch, from: number, to: number, changed: Changed): Failure | undefined {
    const rows: Changed = [];
    this.#newSeq = this.#lastSeq;
    try {
      this.#begin.run();
      for (let commit = from; commit < to; commit++)
        for (const row of this.#perform(batch, commit).values()) rows.push([commit, row]);
      if (this.#newSeq > this.#lastSeq) this.#writeLastSeq.run(this.#newSeq);
      this.committing();
      this.#commit.run();
    } catch (error) {
      return this.#takeBack(error);
    }
    this.#lastSeq = this.#newSeq;
    changed.push(...rows);
    return undefined;
  }

  #perform({ values, ends }: Batch, commit: number): Map<string, CallbackRow> {
    const changed = new Map<string, CallbackRow>();
    const end = ends[commit] ?? 0;
    for (let at = commit === 0 ? 0 : (ends[commit - 1] ?? 0); at < end;) {
      const code = values[at] as number;
      const next = at + 1 + (this.#counts[code] ?? 0);
      this.#performs[code]?.(values.slice(at + 1, next), changed);
      if (code === codes['callback.forget']) this.#forgot = true;
      if (code === codes.outbox) this.#newSeq = Math.max(this.#newSeq, values[at + 1] as number);
      at = next;
    }
    return changed;
  }

  /** The log has pages as they were before. Where others read meanwhile it is emptied some time later. */
  #emptyLog(): void {
    this.#forgot = false;
    try {
      this.#database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      this.#forgot = true;
    }
  }

  #takeBack(error: unknown): Failure {
    try {
      if (this.#database.inTransaction) this.#rollback.run();
      return failureOf(error, this.#database.name);
    } catch (failed) {
      return failureOf(failed, this.#database.name);
    }
  }

  #answer(query: Query): Answer {
    if (query.what === 'lastSeq') return this.#lastSeq;
    try {
      const { due, seq, until, limit } = query;
      return this.#due.all(due, seq, until, limit);
    } catch (error) {
      return failureOf(error, this.#database.name);
    }
  }
}

const joined = (first: Batch, second: Batch): Batch => ({
  values: [...first.values, ...second.values],
  ends: [...first.ends, ...second.ends.map((end) => first.values.length + end)],
  queries: [...first.queries, ...second.queries],
});
