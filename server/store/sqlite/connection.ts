/**
 * Connections to the database, and what each is set to. The folder holds `ringback.db`, its write-ahead log, and the lock.
 *
 * 1. A commit is on the disk when it returns (WAL with synchronous=FULL), whatever happens to the process or the power.
 */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import { checkSchema } from './schema.js';

export const databaseIn = (folder: string): string => join(folder, 'ringback.db');
export const lockIn = (folder: string): string => join(folder, 'ringback.lock');

/** Milliseconds to wait for another process, such as a backup that begins. */
const PATIENCE = 1_000;
/** Pages of the log that are carried over at once. */
const CHECKPOINT = 8_000;
/** What the log file is cut to when it was larger. */
const LOG_BYTES = 64 * 1024 * 1024;

/** The one connection that writes. Throws an Error when the database is not one that this Ringback can take. */
export const writingConnection = (file: string): Database.Database => {
  const database = new Database(file, { timeout: PATIENCE });
  checkSchema(database);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma(`wal_autocheckpoint = ${CHECKPOINT}`);
  database.pragma(`journal_size_limit = ${LOG_BYTES}`);
  // What is deleted does not stay in the file.
  database.pragma('secure_delete = ON');
  database.pragma('cache_size = -65536');
  database.pragma('temp_store = MEMORY');
  return database;
};

export const readingConnection = (file: string): Database.Database => {
  const database = new Database(file, { readonly: true, timeout: PATIENCE });
  database.pragma('cache_size = -16384');
  return database;
};
