/** What the main thread reads by itself: single records, and lists that are short or seldom asked for. */
import type { Database, Statement } from 'better-sqlite3';
import type { SessionStatus } from '../../host/port.js';
import { countsOf } from '../counts.js';
import type { CallbackState, Store, StoreCounts } from '../port.js';
import { callbackOf, type CallbackRow } from '../rows/callback.js';
import { documentOf } from '../rows/document.js';
import { inboxOf } from '../rows/inbox.js';
import { deadLetterOf, outboxOf } from '../rows/outbox.js';
import { queries } from './queries.js';
import { invokerOf, sessionOf, type InvokerColumns } from '../rows/session.js';
import { booked, countCallbacks } from './counted.js';

type Reads = Omit<Store, 'commit' | 'due' | 'lastSeq' | 'onCallback' | 'close'>;

type Key = (string | number)[];

export const reader = (database: Database): Reads => {
  const one = <T>(sql: string, read: (row: never) => T) => {
    const statement = database.prepare<Key>(sql).raw();
    return async (...key: Key): Promise<T | undefined> => {
      const row = statement.get(...key);
      return row === undefined ? undefined : read(row as never);
    };
  };
  const list = <T>(sql: string, read: (row: never) => T) => {
    const statement = database.prepare<Key>(sql).raw();
    return async (...key: Key): Promise<T[]> => (statement.all(...key) as never[]).map(read);
  };
  return {
    session: one('SELECT * FROM session WHERE sessionid = ?', sessionOf),
    document: one('SELECT * FROM document WHERE hash = ?', documentOf),
    activeSessions: list(
      "SELECT sessionid, invoker, invokeid, invoker_seq FROM session WHERE status = 'active'",
      ([sessionid, ...invoker]: readonly [sessionid: string, ...InvokerColumns]) => ({
        sessionid,
        invoker: invokerOf(invoker),
      }),
    ),
    endedSessions: list(
      `SELECT sessionid FROM session WHERE ended_at < ?
        AND sessionid NOT IN (SELECT sessionid FROM outbox WHERE sessionid IS NOT NULL)
        AND sessionid NOT IN (SELECT sessionid FROM dead_letter WHERE sessionid IS NOT NULL)
        ORDER BY ended_at LIMIT ?`,
      ([sessionid]: readonly [string]) => sessionid,
    ),
    waiting: one('SELECT * FROM outbox WHERE sessionid = ? AND sendid = ?', outboxOf),
    deadLetters: list('SELECT * FROM dead_letter ORDER BY since, seq LIMIT ?', deadLetterOf),
    inbox: one('SELECT * FROM inbox WHERE scope = ? AND id = ?', inboxOf),
    interactions: list(
      'SELECT interactionid, sessionid FROM interaction',
      ([interactionid, sessionid]: readonly [string, string]) => ({ interactionid, sessionid }),
    ),
    listItems: list(
      'SELECT list, section, key, value FROM list_item ORDER BY list, section, key',
      ([name, section, key, value]: readonly [string, string, string, string | null]) => ({
        list: name,
        section,
        key,
        value,
      }),
    ),
    callback: one('SELECT * FROM callback WHERE id = ?', callbackOf),
    callbacks: callbacks(database),
    ...queries(database),
    countCallbacks: countCallbacks(database),
    booked: booked(database),
    counts: counts(database),
  };
};

/** A statement for each way to ask, so that each has its index. */
const callbacks = (database: Database): Store['callbacks'] => {
  const prepared = new Map<string, Statement<Key, CallbackRow>>();
  const statement = (where: string): Statement<Key, CallbackRow> => {
    const known = prepared.get(where);
    if (known) return known;
    const sql = `SELECT * FROM callback ${where} ORDER BY created_at, rowid`;
    const made = database.prepare<Key, CallbackRow>(sql).raw();
    prepared.set(where, made);
    return made;
  };
  return async ({ service, state }) => {
    const asked = Object.entries({ service, state }).flatMap(([column, value]) =>
      value === undefined ? [] : [{ column, value }],
    );
    const where = asked.length > 0 ? `WHERE ${asked.map(({ column }) => `${column} = ?`).join(' AND ')}` : '';
    return statement(where)
      .all(...asked.map(({ value }) => value))
      .map(callbackOf);
  };
};

const counts = (database: Database): ((now: number) => Promise<StoreCounts>) => {
  const sessions = database
    .prepare<[], [SessionStatus, number]>('SELECT status, count(*) FROM session GROUP BY status')
    .raw();
  const callbacks = database
    .prepare<[], [CallbackState, number]>('SELECT state, count(*) FROM callback GROUP BY state')
    .raw();
  const waiting = database.prepare<[number], number>('SELECT count(*) FROM outbox WHERE due > ?').pluck();
  const due = database
    .prepare<[number], readonly [count: number, oldest: number | null]>(
      'SELECT count(*), min(due) FROM outbox WHERE due <= ?',
    )
    .raw();
  const dead = database.prepare<[], number>('SELECT count(*) FROM dead_letter').pluck();
  return async (now) => {
    const [count, oldest] = due.get(now) ?? [0, null];
    return countsOf({
      sessions: sessions.all(),
      callbacks: callbacks.all(),
      outbox: { waiting: waiting.get(now) ?? 0, due: count, oldest: oldest ?? undefined },
      dead: dead.get() ?? 0,
    });
  };
};
