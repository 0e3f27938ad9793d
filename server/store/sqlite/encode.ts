/** Writes as values for the wire. `statements.ts` takes them in this order. */
import type { Write } from '../port.js';
import { callbackRow } from '../rows/callback.js';
import { documentRow } from '../rows/document.js';
import { inboxRow } from '../rows/inbox.js';
import { outboxRow } from '../rows/outbox.js';
import { sessionRow } from '../rows/session.js';
import { timeOf } from '../rows/time.js';
import { codes, type Kind, type Value } from './wire.js';

/** Appends the write. */
export const encode = (write: Write, values: Value[]): void => {
  const [kind, row] = (encoders[write.kind] as (write: Write) => Encoded)(write);
  values.push(codes[kind], ...row);
};

/** What a session is from its beginning: its callback is among it, and no step writes that. */
type Begun = readonly [
  sessionid: Value,
  version: Value,
  status: Value,
  uri: Value,
  document: Value,
  startedAt: Value,
  callback: Value,
];

type Encoded = readonly [kind: Kind, row: readonly Value[]];

const encoders: { readonly [K in Write['kind']]: (write: Extract<Write, { kind: K }>) => Encoded } = {
  session: ({ record }) => {
    const row = sessionRow(record);
    if (record.version === 1) return ['session.begin', row];
    const [sessionid, version, status, uri, document, startedAt, , ...rest] = row.slice(0, -1) as [
      ...Begun,
      ...Value[],
    ];
    const step = [version, uri, document, startedAt, ...rest, sessionid, record.version - 1];
    if (record.status === 'active') return ['session.step', step];
    return ['session.over', [status, record.endedAt ?? null, ...step]];
  },
  'session.forget': ({ sessionid }) => ['session.forget', [sessionid]],
  document: ({ record }) => ['document', documentRow(record)],
  outbox: ({ entry }) => ['outbox', outboxRow(entry)],
  'outbox.retry': ({ seq, due, attempts }) => ['outbox.retry', [timeOf(due), attempts, seq]],
  'outbox.dead': ({ seq, reason, at }) => ['outbox.dead', [reason, at, seq]],
  'outbox.revive': ({ seq, due }) => ['outbox.revive', [timeOf(due), seq]],
  'outbox.done': ({ seq }) => ['outbox.done', [seq]],
  'outbox.unsend': ({ sessionid, sendid }) => ['outbox.unsend', [sessionid, sendid]],
  'outbox.end': ({ sessionid }) => ['outbox.end', [sessionid]],
  inbox: ({ record }) => ['inbox', inboxRow(record)],
  'inbox.answer': ({ sendid, answer }) => ['inbox.answer', [JSON.stringify(answer), sendid]],
  'inbox.prune': ({ before }) => ['inbox.prune', [before]],
  interaction: ({ interactionid, sessionid }) => ['interaction', [interactionid, sessionid]],
  'interaction.gone': ({ interactionid }) => ['interaction.gone', [interactionid]],
  list: ({ item: { list, section, key, value } }) => ['list', [list, section, key, value]],
  callback: ({ record }) => ['callback', callbackRow(record)],
  'callback.update': ({ id, update }) => ['callback.update', [id, JSON.stringify(update)]],
  'callback.forget': ({ id }) => ['callback.forget', [id]],
};
