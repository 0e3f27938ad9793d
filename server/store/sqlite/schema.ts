/**
 * Which tables a database has. Its `application_id` says that it is ours, its `user_version` how many migrations it has taken.
 *
 * 1. A database of a later Ringback, or of something else, is refused and left as it is.
 * 2. A migration is taken whole or not at all.
 */
import type { Database } from 'better-sqlite3';
import { migrations } from './migrations.js';

/** "ring" in ASCII. */
const APPLICATION = 0x72696e67;

/** Throws an Error that says what the database is instead. Nothing is written. */
export const checkSchema = (database: Database): void => {
  const version = versionOf(database);
  const file = database.name;
  const isOurs = database.pragma('application_id', { simple: true }) === APPLICATION;
  if (!isOurs && !isEmpty(database)) throw new Error(`${file} is no database of Ringback: name another folder`);
  if (version > migrations.length)
    throw new Error(
      `${file} has schema ${version}, and this Ringback knows schemas up to ${migrations.length}: run the Ringback that ` +
        'wrote it, or a later one, or restore a backup',
    );
};

/** Makes the tables, or brings them up to date, where `checkSchema` has found nothing against it. */
export const migrate = (database: Database): void => {
  for (const [index, sql] of migrations.entries()) {
    if (index < versionOf(database)) continue;
    database.transaction(() => {
      database.exec(sql);
      database.pragma(`application_id = ${APPLICATION}`);
      database.pragma(`user_version = ${index + 1}`);
    })();
  }
};

const versionOf = (database: Database): number => database.pragma('user_version', { simple: true }) as number;

const isEmpty = (database: Database): boolean =>
  database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
