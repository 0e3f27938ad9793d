/** What is in the folder of data: asked beside a server that runs, and after it has ended. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CallbackRecord } from '../../server/store/port.js';
import { databaseIn, readingConnection } from '../../server/store/sqlite/connection.js';
import { sqliteStore } from '../../server/store/sqlite/store.js';
import type { Entry } from '../../server/voice/simulated/journal.js';

/** Entries of the outbox, by what they are: what the server still has to do. */
export const pending = (data: string): readonly string[] => {
  const database = readingConnection(databaseIn(data));
  try {
    return database.prepare<[], string>("SELECT key || ' ' || task FROM outbox ORDER BY due, seq").pluck().all();
  } finally {
    database.close();
  }
};

export interface Kept {
  readonly active: number;
  readonly due: number;
  readonly dead: readonly string[];
  readonly callbacks: readonly CallbackRecord[];
}

/** No process has the folder. */
export const keptIn = async (data: string): Promise<Kept> => {
  const store = await sqliteStore(data);
  try {
    const dead = await store.deadLetters(1000);
    return {
      active: (await store.activeSessions()).length,
      due: (await store.due({ due: -Infinity, seq: 0 }, Infinity, 1_000_000)).length,
      dead: dead.map(({ key, reason }) => `${key}: ${reason}`),
      callbacks: await store.callbacks({}),
    };
  } finally {
    await store.close();
  }
};

/** What the simulated network has noted. */
export const journalIn = (data: string): Entry[] => {
  const file = join(data, 'simulated-calls.jsonl');
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, 'utf8').split('\n');
  return lines.filter((line) => line.endsWith('}')).map((line) => JSON.parse(line) as Entry);
};
