/** `ringback restore FILE`: puts a backup into the folder of the data; the next server that starts there goes on from it. */
import { messageOf } from '../problems.js';
import { copyInto, holdsData } from '../store/sqlite/copy.js';
import type { BackupOptions } from './backup.js';
import type { Terminal } from './terminal.js';

/** Answers the exit code: 1, and why, when nothing was restored. */
export const runRestore = async (
  file: string,
  { out, err }: Pick<Terminal, 'out' | 'err'>,
  { data, force = false }: BackupOptions,
): Promise<number> => {
  if (holdsData(data) && !force) {
    err(`${data} holds data: name another folder, or put the backup in their place with --force`);
    return 1;
  }
  try {
    await copyInto(file, data);
  } catch (error) {
    err(`nothing restored: ${messageOf(error)}`);
    return 1;
  }
  out(`${data}: restored from ${file}`);
  return 0;
};
