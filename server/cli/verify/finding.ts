/** What `ringback verify` finds, and what has to be known to judge one record by the others. */
import type { Contents } from '../../store/sqlite/contents.js';

export interface Finding {
  readonly where: string;
  readonly what: string;
  /** What an operator does about it. */
  readonly todo: string;
}

export const restore = 'restore a backup from before it';

export interface Known {
  /** Status by session. */
  readonly sessions: ReadonlyMap<string, string>;
  readonly callbacks: ReadonlySet<string>;
  /** Callbacks that something in the outbox starts, or a dead letter would. */
  readonly starting: ReadonlySet<string>;
  readonly lastSeq: number;
}

export const knownOf = (contents: Contents): Known => {
  const sessions = new Map<string, string>();
  for (const row of contents.sessions()) if ('record' in row) sessions.set(row.id, row.record.status);
  const callbacks = new Set<string>();
  for (const { id } of contents.callbacks()) callbacks.add(id);
  const starting = new Set<string>();
  for (const rows of [contents.outbox(), contents.deadLetters()])
    for (const row of rows)
      if ('record' in row && row.record.task.type === 'callback') starting.add(row.record.task.id);
  return { sessions, callbacks, starting, lastSeq: contents.lastSeq() };
};
