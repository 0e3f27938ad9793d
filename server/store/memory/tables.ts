/** The tables of a store in memory, and how each kind of write changes them; `memory.ts` makes commits of it. */
import { merged } from '../merge.js';
import type { CallbackRecord, ListItem, PropertyValue, Write } from '../port.js';
import { lacksCallback, repeatsRequest, repeatsSeq, skipsVersion } from '../refusals.js';
import { callbackOf, callbackRow, type CallbackRow } from '../rows/callback.js';
import { documentRow, type DocumentRow } from '../rows/document.js';
import { inboxRow, type InboxRow } from '../rows/inbox.js';
import { outboxRow, type DeadRow, type OutboxRow } from '../rows/outbox.js';
import { propertiesOf } from '../rows/property.js';
import { timeOf } from '../rows/time.js';
import { sessionRow, type SessionRow } from '../rows/session.js';
import { Table } from './table.js';

export const makeTables = () => ({
  sessions: new Table<string, SessionRow>(),
  documents: new Table<string, DocumentRow>(),
  outbox: new Table<number, OutboxRow>(),
  dead: new Table<number, DeadRow>(),
  inbox: new Table<string, InboxRow>(),
  /** Keys of `inbox` by the sendid that is still to be answered. */
  unanswered: new Table<string, string>(),
  interactions: new Table<string, readonly [interactionid: string, sessionid: string]>(),
  callbacks: new Table<string, CallbackRow>(),
  /** What each callback has, and had. */
  properties: new Table<string, ReadonlySet<string>>(),
  lists: new Table<string, ListItem>(),
});

export type Tables = ReturnType<typeof makeTables>;

/** Of a scope's request. */
export const inboxKey = (scope: string, id: string): string => JSON.stringify([scope, id]);

export const propertyKey = ({ name, value }: PropertyValue): string => JSON.stringify([name, value]);

const put = (record: CallbackRecord, { callbacks, properties }: Tables): void => {
  callbacks.set(record.id, callbackRow(record));
  const known = properties.get(record.id) ?? [];
  properties.set(record.id, new Set([...known, ...propertiesOf(record).map(propertyKey)]));
};

/** Throws an Error that says why the write is refused. */
export const apply = (write: Write, tables: Tables): void => {
  (kinds[write.kind] as (write: Write, tables: Tables) => void)(write, tables);
};

const kinds: { readonly [K in Write['kind']]: (write: Extract<Write, { kind: K }>, tables: Tables) => void } = {
  session: ({ record }, { sessions }) => {
    const { sessionid, version } = record;
    const known = sessions.get(sessionid)?.[1] ?? 0;
    if (version !== known + 1) throw skipsVersion(sessionid, version, known);
    sessions.set(sessionid, sessionRow(record));
  },
  'session.forget': ({ sessionid }, { sessions }) => {
    if (sessions.get(sessionid)?.[2] !== 'active') sessions.delete(sessionid);
  },
  document: ({ record }, { documents }) => {
    if (!documents.get(record.hash)) documents.set(record.hash, documentRow(record));
  },
  outbox: ({ entry }, { outbox }) => {
    const { seq, key } = entry;
    if (outbox.get(seq)) throw repeatsSeq(seq, key);
    outbox.set(seq, outboxRow(entry));
  },
  'outbox.retry': ({ seq, due, attempts }, { outbox }) => {
    const row = outbox.get(seq);
    if (row) outbox.set(seq, row.with(4, timeOf(due)).with(5, attempts) as unknown as OutboxRow);
  },
  'outbox.dead': ({ seq, reason, at }, { outbox, dead }) => {
    const row = outbox.get(seq);
    if (!row) return;
    outbox.delete(seq);
    dead.set(seq, [...row, reason, at]);
  },
  'outbox.revive': ({ seq, due }, { outbox, dead }) => {
    const row = dead.get(seq);
    if (!row) return;
    const [, key, sessionid, sendid, , , task] = row;
    dead.delete(seq);
    outbox.set(seq, [seq, key, sessionid, sendid, timeOf(due), 0, task]);
  },
  'outbox.done': ({ seq }, { outbox, dead }) => {
    outbox.delete(seq);
    dead.delete(seq);
  },
  'outbox.unsend': ({ sessionid, sendid }, { outbox }) => {
    outbox.drop(([, , session, send]) => session === sessionid && send === sendid);
  },
  'outbox.end': ({ sessionid }, { outbox }) => {
    outbox.drop(([, , session, send]) => session === sessionid && send !== null);
  },
  inbox: ({ record }, { inbox, unanswered }) => {
    const { scope, id, sendid, answer } = record;
    const key = inboxKey(scope, id);
    if (inbox.get(key)) throw repeatsRequest(scope, id);
    inbox.set(key, inboxRow(record));
    if (sendid !== undefined && answer === undefined) unanswered.set(sendid, key);
  },
  'inbox.answer': ({ sendid, answer }, { inbox, unanswered }) => {
    const key = unanswered.get(sendid);
    const row = key === undefined ? undefined : inbox.get(key);
    if (key === undefined || !row) return;
    const [scope, id, digest, at] = row;
    inbox.set(key, [scope, id, digest, at, sendid, JSON.stringify(answer)]);
    unanswered.delete(sendid);
  },
  'inbox.prune': ({ before }, { inbox, unanswered }) => {
    inbox.drop(([, , , at]) => at < before);
    unanswered.drop((key) => !inbox.get(key));
  },
  interaction: ({ interactionid, sessionid }, { interactions }) => {
    interactions.set(interactionid, [interactionid, sessionid]);
  },
  'interaction.gone': ({ interactionid }, { interactions }) => {
    interactions.delete(interactionid);
  },
  list: ({ item }, { lists }) => {
    lists.set(JSON.stringify([item.list, item.section, item.key]), { ...item });
  },
  'callback.forget': ({ id }, { sessions, outbox, dead, inbox, unanswered, interactions, callbacks, properties }) => {
    const own = new Set(sessions.all().flatMap((row) => (row[6] === id && row[2] !== 'active' ? [row[0]] : [])));
    const isOf = (sessionid: string | null): boolean => sessionid === id || (sessionid !== null && own.has(sessionid));
    for (const table of [outbox, dead])
      table.drop(([, key, sessionid]) => isOf(sessionid) || `${key}/`.startsWith(`callback/${id}/`));
    interactions.drop(([, sessionid]) => own.has(sessionid));
    inbox.drop(([scope, , , , sendid, answer]) =>
      scope === 'callback' ? sendid === id || answer === JSON.stringify({ _id: id }) : own.has(scope),
    );
    unanswered.drop((key) => !inbox.get(key));
    for (const sessionid of own) sessions.delete(sessionid);
    properties.delete(id);
    callbacks.delete(id);
  },
  callback: ({ record }, tables) => put(record, tables),
  'callback.update': ({ id, update }, tables) => {
    const row = tables.callbacks.get(id);
    if (!row) throw lacksCallback(id);
    const record = callbackOf(row);
    const next = merged(record, update);
    if (next !== record) put(next, tables);
  },
};
