/** `ringback backup FILE`: the whole store as one file, while the server runs or not. */
import { existsSync, statSync } from 'node:fs';
import { messageOf } from '../problems.js';
import { copyFrom } from '../store/sqlite/copy.js';
import type { Terminal } from './terminal.js';

export interface BackupOptions {
  readonly data: string;
  readonly force?: boolean;
}

/** Answers the exit code: 1, and why, when there is no backup. */
export const runBackup = async (
  file: string,
  { out, err }: Pick<Terminal, 'out' | 'err'>,
  { data, force = false }: BackupOptions,
): Promise<number> => {
  if (existsSync(file) && !force) {
    err(`${file} exists: name another file, or write over it with --force`);
    return 1;
  }
  try {
    await copyFrom(data, file);
  } catch (error) {
    err(`no backup: ${messageOf(error)}`);
    return 1;
  }
  out(`${file}: ${statSync(file).size} bytes, checked`);
  return 0;
};
