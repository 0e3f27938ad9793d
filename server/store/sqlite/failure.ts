/** What SQLite says went wrong, in words for who has to put it right. */
import Database from 'better-sqlite3';
import { messageOf } from '../../problems.js';
import type { Failure } from './wire.js';

/** Result codes, by how they begin, that are not the commit's fault: a later one may succeed. */
const remedies: readonly (readonly [code: string, todo: string])[] = [
  ['SQLITE_FULL', 'make room on the disk'],
  ['SQLITE_READONLY', 'give the server the right to write to the folder and its files'],
  ['SQLITE_CANTOPEN', 'check that the folder exists and the server may write to it'],
  ['SQLITE_PERM', 'give the server the right to write to the folder and its files'],
  ['SQLITE_IOERR', 'check the disk'],
  ['SQLITE_BUSY', 'end the other program that writes to the database'],
  ['SQLITE_LOCKED', 'end the other program that writes to the database'],
  ['SQLITE_NOMEM', 'give the server more memory'],
  ['SQLITE_CORRUPT', 'stop the server, run "ringback verify", and restore a backup'],
  ['SQLITE_NOTADB', 'stop the server and restore a backup'],
];

export const failureOf = (error: unknown, file: string): Failure => {
  const todo = error instanceof Database.SqliteError ? remedyOf(error.code) : undefined;
  if (todo === undefined) return { unavailable: false, message: messageOf(error) };
  return { unavailable: true, message: `${file} cannot be used (${messageOf(error)}): ${todo}` };
};

const remedyOf = (code: string): string | undefined => remedies.find(([prefix]) => code.startsWith(prefix))?.[1];
