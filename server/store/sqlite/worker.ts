/**
 * The thread of the connection that writes, so that a slow disk does not hold up the server. It opens the database in the
 * folder that it is given, says so, and then takes one batch after the other.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { writingConnection } from './connection.js';
import { failureOf } from './failure.js';
import { migrate } from './schema.js';
import type { FromWriter, ToWriter, Work } from './wire.js';
import { Writer } from './writer.js';

const say = (message: FromWriter): void => parentPort?.postMessage(message);

/** Called before each commit of a transaction. */
const deathIn = (nth: number | undefined): (() => void) => {
  let transactions = 0;
  return () => {
    transactions += 1;
    if (transactions === nth) process.kill(process.pid, 'SIGKILL');
  };
};

const serve = ({ file, diesIn }: Work): void => {
  const database = writingConnection(file);
  migrate(database);
  const writer = new Writer(database, deathIn(diesIn));
  parentPort?.on('message', (message: ToWriter) => {
    if (message !== 'close') {
      say(writer.write(message));
      return;
    }
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    say('closed');
    parentPort?.close();
  });
  say('open');
};

const work = workerData as Work;
try {
  serve(work);
} catch (error) {
  say(failureOf(error, work.file));
}
