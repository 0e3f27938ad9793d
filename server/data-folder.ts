/** The folder that `main.ts` keeps its data in, and what to say when it cannot be used. `store/sqlite/` has what is in it. */
import { accessSync, constants, mkdirSync, statSync } from 'node:fs';
import { messageOf } from './problems.js';
import type { Store } from './store/port.js';
import { sqliteStore, type SqliteOptions } from './store/sqlite/store.js';

/** The message says what to do. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}

/** Makes the folder where it is missing, for its owner only. Rejects with DataFolderError. */
export const openDataFolder = async (folder: string, options?: SqliteOptions): Promise<Store> => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    if (!statSync(folder).isDirectory()) throw new Error('it is no folder');
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new DataFolderError(
      `The data folder ${folder} cannot be used (${messageOf(error)}): let this user read and write it, or name another with RINGBACK_DATA; RINGBACK_STORE=memory is for a look without a disk`,
      { cause: error },
    );
  }
  try {
    return await sqliteStore(folder, options);
  } catch (error) {
    throw new DataFolderError(messageOf(error), { cause: error });
  }
};
