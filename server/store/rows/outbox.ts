/** Entries of the outbox and dead letters as rows: the latter have two columns more. */
import type { DeadLetter, OutboxEntry, Task } from '../port.js';
import { timeOf } from './time.js';

export type OutboxRow = readonly [
  seq: number,
  key: string,
  sessionid: string | null,
  sendid: string | null,
  due: number,
  attempts: number,
  task: string,
];

export type DeadRow = readonly [...entry: OutboxRow, reason: string, since: number];

export const outboxRow = ({ seq, key, sessionid, sendid, due, attempts, task }: OutboxEntry): OutboxRow => [
  seq,
  key,
  sessionid ?? null,
  sendid ?? null,
  timeOf(due),
  attempts,
  JSON.stringify(task),
];

export const outboxOf = ([seq, key, sessionid, sendid, due, attempts, task]: OutboxRow): OutboxEntry => ({
  seq,
  key,
  sessionid: sessionid ?? undefined,
  sendid: sendid ?? undefined,
  due,
  attempts,
  task: JSON.parse(task) as Task,
});

export const deadLetterOf = ([
  seq,
  key,
  sessionid,
  sendid,
  due,
  attempts,
  task,
  reason,
  since,
]: DeadRow): DeadLetter => ({
  ...outboxOf([seq, key, sessionid, sendid, due, attempts, task]),
  reason,
  since,
});
