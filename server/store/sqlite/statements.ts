/**
 * What each kind of write does to the database, by prepared statements. `writer.ts` runs them within a transaction.
 *
 * 1. A write that is refused throws an Error that says why; what has been written before it is for the transaction to take back.
 */
import type { Database, Statement } from 'better-sqlite3';
import { forgetting } from './forgetting.js';
import { merged } from '../merge.js';
import type { CallbackRecord, CallbackUpdate } from '../port.js';
import { lacksCallback, repeatsRequest, repeatsSeq, skipsVersion } from '../refusals.js';
import { callbackOf, callbackRow, type CallbackRow } from '../rows/callback.js';
import { propertiesOf } from '../rows/property.js';
import type { Perform, Row } from './perform.js';
import { arities, type Kind, type Value } from './wire.js';

const marks = (count: number): string => Array<string>(count).fill('?').join(',');
const into = (table: Kind, onConflict = ''): string =>
  `INSERT INTO ${table} VALUES (${marks(arities[table])}) ${onConflict}`;

const ENTRY = 'seq, key, sessionid, sendid, due, attempts, task';
const STEP =
  'version = ?, uri = ?, document = ?, started_at = ?, invoker = ?, invokeid = ?, invoker_seq = ?, depth = ?, ' +
  'configuration = ?, state = ? WHERE sessionid = ? AND version = ?';

const CALLBACK = [
  'service',
  'state',
  'reason',
  'customer_number',
  'desired_time',
  'created_at',
  'expiration_time',
  'sessionid',
  'properties',
  'history',
];

export const statements = (database: Database): Readonly<Record<Kind, Perform>> => {
  const prepare = (sql: string): Statement<Row> => database.prepare<Row>(sql);
  /** A kind that is these statements, one after the other, each with the values that it takes. */
  const plain = (...all: readonly (readonly [sql: string, take?: (values: Row) => Row])[]): Perform => {
    const prepared = all.map(([sql, take]) => ({ statement: prepare(sql), take }));
    return (values) => {
      for (const { statement, take } of prepared) statement.run(...(take ? take(values) : values));
    };
  };
  const unique = (sql: string, repeated: (values: Row) => Error): Perform => {
    const statement = prepare(sql);
    return (values) => {
      if (statement.run(...values).changes === 0) throw repeated(values);
    };
  };
  return {
    ...sessionStatements(database),
    document: plain([into('document', 'ON CONFLICT DO NOTHING')]),
    outbox: unique(into('outbox', 'ON CONFLICT DO NOTHING'), ([seq, key]) => repeatsSeq(Number(seq), String(key))),
    'outbox.retry': plain(['UPDATE outbox SET due = ?, attempts = ? WHERE seq = ?']),
    'outbox.dead': plain(
      [`INSERT OR REPLACE INTO dead_letter SELECT ${ENTRY}, ?, ? FROM outbox WHERE seq = ?`],
      ['DELETE FROM outbox WHERE seq = ?', last],
    ),
    'outbox.revive': plain(
      [`INSERT INTO outbox SELECT seq, key, sessionid, sendid, ?, 0, task FROM dead_letter WHERE seq = ?`],
      ['DELETE FROM dead_letter WHERE seq = ?', last],
    ),
    'outbox.done': plain(['DELETE FROM outbox WHERE seq = ?'], ['DELETE FROM dead_letter WHERE seq = ?']),
    'outbox.unsend': plain(['DELETE FROM outbox WHERE sessionid = ? AND sendid = ?']),
    'outbox.end': plain(['DELETE FROM outbox WHERE sessionid = ? AND sendid IS NOT NULL']),
    inbox: unique(into('inbox', 'ON CONFLICT DO NOTHING'), ([scope, id]) => repeatsRequest(String(scope), String(id))),
    'inbox.answer': plain(['UPDATE inbox SET answer = ? WHERE sendid = ? AND answer IS NULL']),
    'inbox.prune': plain(['DELETE FROM inbox WHERE at < ?']),
    interaction: plain([into('interaction', 'ON CONFLICT DO UPDATE SET sessionid = excluded.sessionid')]),
    'interaction.gone': plain(['DELETE FROM interaction WHERE interactionid = ?']),
    list: plain(['INSERT INTO list_item VALUES (?, ?, ?, ?) ON CONFLICT DO UPDATE SET value = excluded.value']),
    ...callbackStatements(database),
    'callback.forget': forgetting(database),
  };
};

const last = (values: Row): Row => values.slice(-1);

/** A step leaves `status` and `ended_at` alone, which indexes have. */
const sessionStatements = (
  database: Database,
): Readonly<Record<`session.${'begin' | 'step' | 'over' | 'forget'}`, Perform>> => {
  const begin = database.prepare<Row>(
    `INSERT INTO session VALUES (${marks(arities['session.begin'])}) ON CONFLICT DO NOTHING`,
  );
  const step = database.prepare<Row>(`UPDATE session SET ${STEP} AND status = 'active'`);
  const over = database.prepare<Row>(`UPDATE session SET status = ?, ended_at = ?, ${STEP}`);
  const forget = database.prepare<Row>("DELETE FROM session WHERE sessionid = ? AND status <> 'active'");
  const known = database.prepare<[string], number>('SELECT version FROM session WHERE sessionid = ?').pluck();
  const refuse = (id: Value | undefined, version: Value | undefined): never => {
    const sessionid = String(id);
    throw skipsVersion(sessionid, Number(version), known.get(sessionid) ?? 0);
  };
  return {
    'session.begin': (values) => {
      if (begin.run(...values).changes === 0) refuse(values[0], values[1]);
    },
    'session.step': (values) => {
      if (step.run(...values).changes > 0) return;
      if (over.run('active', null, ...values).changes === 0) refuse(values[10], values[0]);
    },
    'session.over': (values) => {
      if (over.run(...values).changes === 0) refuse(values[12], values[2]);
    },
    'session.forget': (values) => {
      forget.run(...values);
    },
  };
};

const callbackStatements = (database: Database): Readonly<Record<'callback' | 'callback.update', Perform>> => {
  const write = database.prepare<[...CallbackRow]>(
    `${into('callback')} ON CONFLICT DO UPDATE SET ${CALLBACK.map((column) => `${column} = excluded.${column}`).join(', ')}`,
  );
  const read = database.prepare<[string], CallbackRow>('SELECT * FROM callback WHERE id = ?').raw();
  const know = database.prepare<[string, string, string, number]>(
    'INSERT INTO callback_property VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const move = database.prepare<[number, string]>('UPDATE callback_property SET desired_time = ? WHERE id = ?');
  const knowAll = (record: CallbackRecord): void => {
    for (const { name, value } of propertiesOf(record)) know.run(record.id, name, value, record.desiredTime);
  };
  return {
    callback: (values, changed) => {
      const row = values as unknown as CallbackRow;
      const record = callbackOf(row);
      write.run(...row);
      move.run(record.desiredTime, record.id);
      knowAll(record);
      changed.set(row[0], row);
    },
    'callback.update': (values, changed) => {
      const [id, update] = values as [id: string, update: string];
      const row = read.get(id);
      if (!row) throw lacksCallback(id);
      const record = callbackOf(row);
      const given = JSON.parse(update) as CallbackUpdate;
      const next = merged(record, given);
      if (next === record) return;
      if (next.desiredTime !== record.desiredTime) move.run(next.desiredTime, id);
      if (given.properties !== undefined || given.customerNumber !== undefined) knowAll(next);
      const written = callbackRow(next);
      write.run(...written);
      changed.set(id, written);
    },
  };
};
