/**
 * All that a database holds, record by record, for who examines it from outside: the server may run meanwhile.
 *
 * 1. Everything is read as of one moment.
 */
import type { Database } from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { messageOf } from '../../problems.js';
import { callbackOf } from '../rows/callback.js';
import { documentOf } from '../rows/document.js';
import { inboxOf } from '../rows/inbox.js';
import { deadLetterOf, outboxOf } from '../rows/outbox.js';
import { sessionOf } from '../rows/session.js';
import { readingConnection } from './connection.js';
import { failureOf } from './failure.js';
import { checkSchema } from './schema.js';

/** A record, or why its row is none. */
export type Read<T> =
  { readonly id: string; readonly record: T } | { readonly id: string; readonly unreadable: string };

/** Throws an Error when the file is not there or no database of this Ringback. */
export const openContents = (file: string) => {
  if (!existsSync(file)) throw new Error(`${file} does not exist: name the folder of the data with --data`);
  const database = readingConnection(file);
  try {
    checkSchema(database);
    database.exec('BEGIN');
    return contentsOf(database);
  } catch (error) {
    database.close();
    throw new Error(failureOf(error, file).message, { cause: error });
  }
};

export type Contents = ReturnType<typeof openContents>;

const contentsOf = (database: Database) => {
  const number = (sql: string): number => database.prepare<[], number>(sql).pluck().get() ?? 0;
  function* rows<T>(sql: string, read: (row: never) => T, ...key: string[]): Generator<Read<T>> {
    for (const row of database
      .prepare<string[], unknown[]>(sql)
      .raw()
      .iterate(...key)) {
      const id = String(row[0]);
      try {
        yield { id, record: read(row as never) };
      } catch (error) {
        yield { id, unreadable: messageOf(error) };
      }
    }
  }
  const byKey =
    <T>(sql: string, read: (row: never) => T) =>
    (key: string) =>
      [...rows(sql, read, key)][0];
  return {
    /** What SQLite finds wrong, a line each. */
    damage: (): string[] => damageOf(database),
    lastSeq: () => number('SELECT seq FROM last_seq'),
    /** Of those that are not over, sessions of one document one after the other. */
    activeSessions: () =>
      database
        .prepare<[], string>("SELECT sessionid FROM session WHERE status = 'active' ORDER BY document")
        .pluck()
        .all(),
    session: byKey('SELECT * FROM session WHERE sessionid = ?', sessionOf),
    document: byKey('SELECT * FROM document WHERE hash = ?', documentOf),
    sessions: () => rows('SELECT * FROM session', sessionOf),
    documents: () => rows('SELECT * FROM document', documentOf),
    outbox: () => rows('SELECT * FROM outbox', outboxOf),
    deadLetters: () => rows('SELECT * FROM dead_letter', deadLetterOf),
    inbox: () => rows('SELECT * FROM inbox', inboxOf),
    interactions: () =>
      rows('SELECT * FROM interaction', ([interactionid, sessionid]: readonly [string, string]) => ({
        interactionid,
        sessionid,
      })),
    callbacks: () => rows('SELECT * FROM callback', callbackOf),
    counts: () => ({
      sessions: number('SELECT count(*) FROM session'),
      active: number("SELECT count(*) FROM session WHERE status = 'active'"),
      documents: number('SELECT count(*) FROM document'),
      outbox: number('SELECT count(*) FROM outbox'),
      dead: number('SELECT count(*) FROM dead_letter'),
      requests: number('SELECT count(*) FROM inbox'),
      interactions: number('SELECT count(*) FROM interaction'),
      callbacks: number('SELECT count(*) FROM callback'),
    }),
    close: () => void database.close(),
  };
};

const damageOf = (database: Database): string[] => {
  try {
    const lines = database.prepare<[], string>('PRAGMA integrity_check').pluck().all();
    return lines.filter((line) => line !== 'ok');
  } catch (error) {
    return [messageOf(error)];
  }
};
