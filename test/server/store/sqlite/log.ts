/** How many transactions the write-ahead log of a database holds. https://sqlite.org/fileformat2.html#walformat */
import { readFileSync } from 'node:fs';
import { databaseIn } from '../../../../server/store/sqlite/connection.js';

const HEADER = 32;
const FRAME_HEADER = 24;

/** Frames that end a transaction say how large the database is after it. */
export const transactionsIn = (folder: string): number => {
  const log = readFileSync(`${databaseIn(folder)}-wal`);
  if (log.length < HEADER) return 0;
  const page = log.readUInt32BE(8);
  const salt = log.readBigUInt64BE(16);
  let count = 0;
  for (let at = HEADER; at + FRAME_HEADER + page <= log.length; at += FRAME_HEADER + page) {
    if (log.readBigUInt64BE(at + 8) !== salt) break;
    if (log.readUInt32BE(at + 4) > 0) count += 1;
  }
  return count;
};
