/**
 * One process owns a folder. The lock is an exclusive transaction on a database of its own, which the system ends with the
 * process however that ends; nothing is ever written to it.
 */
import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { lockIn } from './connection.js';

/** Makes the folder where it is missing. Throws an Error when another process has it. Answers what releases it. */
export const own = (folder: string): (() => void) => {
  mkdirSync(folder, { recursive: true });
  const lock = new Database(lockIn(folder), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError && error.code === 'SQLITE_BUSY')) throw error;
    throw new Error(
      `The data in ${folder} belongs to another Ringback that runs: stop it first, or name another folder (RINGBACK_DATA)`,
      { cause: error },
    );
  }
  return () => void lock.close();
};
