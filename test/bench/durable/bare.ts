/**
 * The limit: a loop that does nothing but write, through better-sqlite3, the rows that a host has written, as many commits in a
 * transaction as there were callers. An event that leads to another has two commits: both are its time. What the host adds to it is stepping, saving, and being asked by many at a time.
 */
import { rmSync } from 'node:fs';
import type { Write } from '../../../server/store/port.js';
import { writingConnection } from '../../../server/store/sqlite/connection.js';
import { encode } from '../../../server/store/sqlite/encode.js';
import { migrate } from '../../../server/store/sqlite/schema.js';
import type { Batch, Value } from '../../../server/store/sqlite/wire.js';
import { Writer } from '../../../server/store/sqlite/writer.js';
import { paceOf, type Pace } from './loop.js';

type Commit = readonly Write[];

/** `before` is written first, and not counted. Encoding is not this loop's part, and done before. */
export const barePace = (file: string, group: number, before: readonly Commit[], commits: readonly Commit[]): Pace => {
  const database = writingConnection(file);
  migrate(database);
  const writer = new Writer(database);
  for (const batch of batchesOf(before, 256)) requireWritten(writer, batch);
  const times: number[] = [];
  const batches = batchesOf(commits, group);
  const begin = performance.now();
  let now = begin;
  for (const batch of batches) {
    requireWritten(writer, batch);
    const done = performance.now();
    const took = done - now;
    times.push(...Array<number>(batch.events).fill(took));
    now = done;
  }
  database.close();
  for (const name of [file, `${file}-wal`, `${file}-shm`]) rmSync(name, { force: true });
  return paceOf(times, now - begin);
};

interface Counted extends Batch {
  /** Commits of what came from outside: others take what an earlier one sent. */
  readonly events: number;
}

const isEvent = (commit: Commit): boolean => commit.every(({ kind }) => kind !== 'outbox.done');

const batchesOf = (commits: readonly Commit[], group: number): Counted[] => {
  const batches: Counted[] = [];
  for (let at = 0; at < commits.length; at += group) {
    const values: Value[] = [];
    const ends: number[] = [];
    const taken = commits.slice(at, at + group);
    for (const commit of taken) {
      for (const write of commit) encode(write, values);
      ends.push(values.length);
    }
    batches.push({ values, ends, queries: [], events: taken.filter(isEvent).length });
  }
  return batches;
};

const requireWritten = (writer: Writer, batch: Batch): void => {
  const [failure] = writer.write(batch).failures.values();
  if (failure) throw new Error(failure.message);
};
