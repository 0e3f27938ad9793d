/**
 * The store that lasts: a SQLite database in a folder of its own, which one process owns at a time. Neighbours: `lock.ts` holds
 * the folder, `commits.ts` brings commits to the thread that writes (`worker.ts`), `reader.ts` reads here.
 */
import { StoreUnavailable, type Store } from '../port.js';
import { Listeners } from '../listeners.js';
import { callbackOf } from '../rows/callback.js';
import { outboxOf } from '../rows/outbox.js';
import { Commits } from './commits.js';
import { databaseIn, readingConnection } from './connection.js';
import { own } from './lock.js';
import { reader } from './reader.js';
import { startThread } from './thread.js';

export interface SqliteOptions {
  /** Told how many commits were written together. */
  readonly batched?: (commits: number) => void;
  /** For tests of crashes: the process kills itself within its nth transaction, all of it written and not committed. */
  readonly diesIn?: number;
}

/** Makes the folder and the database where they are missing. Rejects with an Error that says what is wrong with them. */
export const sqliteStore = async (folder: string, options: SqliteOptions = {}): Promise<Store> => {
  const release = own(folder);
  try {
    return await openStore(databaseIn(folder), release, options);
  } catch (error) {
    release();
    throw error;
  }
};

const openStore = async (file: string, release: () => void, options: SqliteOptions): Promise<Store> => {
  const listeners = new Listeners();
  const commits: Commits = new Commits({
    post: (batch) => thread.post(batch),
    written: (together) => options.batched?.(together),
    changed: (row) => listeners.tell(callbackOf(row)),
  });
  const thread = await startThread(
    { file, diesIn: options.diesIn },
    {
      outcome: (outcome) => commits.answered(outcome),
      broken: (error) => commits.fail(new StoreUnavailable(error.message)),
    },
  );
  const database = readingConnection(file);
  const close = async (): Promise<void> => {
    await commits.drain(new Error(`The store in ${file} is closed`));
    database.close();
    await thread.close();
    release();
  };
  let closed: Promise<void> | undefined;

  return {
    ...reader(database),
    commit: (writes) => commits.commit(writes),
    due: async ({ due, seq }, until, limit) => {
      const rows = await commits.ask({ what: 'due', due, seq, until, limit });
      return typeof rows === 'number' ? [] : rows.map(outboxOf);
    },
    lastSeq: async () => Number(await commits.ask({ what: 'lastSeq' })),
    onCallback: (listener) => listeners.add(listener),
    close: () => (closed ??= close()),
  };
};
