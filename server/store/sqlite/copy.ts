/**
 * A database as one file, away from the folder and back: for `ringback backup` and `ringback restore`.
 *
 * 1. A copy is of one moment, whatever a server that runs meanwhile writes.
 * 2. A copy is made beside its place and then moved there: nobody finds half of one.
 * 3. What is put into a folder has been checked before, and nobody has the folder meanwhile.
 */
import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { databaseIn, readingConnection, writingConnection } from './connection.js';
import { openContents } from './contents.js';
import { own } from './lock.js';
import { checkSchema } from './schema.js';

/** Throws an Error that says why there is no copy. What stood at `target` is gone. */
export const copyFrom = (folder: string, target: string): Promise<void> => {
  const file = databaseIn(folder);
  if (!existsSync(file)) throw new Error(`${file} does not exist: name the folder of the data with --data`);
  return copy(file, target);
};

/** Throws an Error when the copy is damaged, or a server has the folder. What the folder held is gone. */
export const copyInto = async (source: string, folder: string): Promise<void> => {
  requireSound(source);
  const release = own(folder);
  try {
    const file = databaseIn(folder);
    // A log belongs to the database that it was written for.
    await copy(source, file, () => {
      for (const part of ['-wal', '-shm']) rmSync(file + part, { force: true });
    });
  } finally {
    release();
  }
};

export const holdsData = (folder: string): boolean => existsSync(databaseIn(folder));

const copy = async (source: string, target: string, before: () => void = () => undefined): Promise<void> => {
  const part = `${target}.part`;
  rmSync(part, { force: true });
  try {
    await readInto(source, part);
    requireSound(part);
    before();
    renameSync(part, target);
    flush(dirname(target));
  } finally {
    rmSync(part, { force: true });
  }
};

const readInto = async (source: string, part: string): Promise<void> => {
  const database = readingConnection(source);
  try {
    checkSchema(database);
    // The transaction holds the moment (1), also between the turns that the copy takes.
    database.exec('BEGIN; SELECT count(*) FROM sqlite_schema;');
    await database.backup(part, { progress: () => 10_000 });
  } finally {
    database.close();
  }
  const copied = writingConnection(part);
  copied.pragma('journal_mode = DELETE');
  copied.close();
};

const requireSound = (file: string): void => {
  const contents = openContents(file);
  try {
    const [first] = contents.damage();
    if (first !== undefined) throw new Error(`${file} is damaged (${first}): use another copy`);
  } finally {
    contents.close();
  }
};

/** So that the new name is on the disk too. */
const flush = (folder: string): void => {
  const handle = openSync(folder, 'r');
  fsyncSync(handle);
  closeSync(handle);
};
