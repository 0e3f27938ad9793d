/** A request that was taken, as a row. */
import type { Data } from '../../../engine/event.js';
import type { InboxRecord } from '../port.js';

export type InboxRow = readonly [
  scope: string,
  id: string,
  digest: string,
  at: number,
  sendid: string | null,
  answer: string | null,
];

export const inboxRow = ({ scope, id, digest, at, sendid, answer }: InboxRecord): InboxRow => [
  scope,
  id,
  digest,
  at,
  sendid ?? null,
  answer === undefined ? null : JSON.stringify(answer),
];

export const inboxOf = ([scope, id, digest, at, sendid, answer]: InboxRow): InboxRecord => ({
  scope,
  id,
  digest,
  at,
  sendid: sendid ?? undefined,
  answer: answer === null ? undefined : (JSON.parse(answer) as Data),
});
