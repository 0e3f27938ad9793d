/**
 * The thread of the connection that writes, so that a slow disk does not hold up the server. It opens the database in the
 * folder that it is given, says so, and then takes one batch after the other: those that wait for it together.
 */
import { parentPort, receiveMessageOnPort, workerData, type MessagePort } from 'node:worker_threads';
import { writingConnection } from './connection.js';
import { failureOf } from './failure.js';
import { migrate } from './schema.js';
import type { Batch, FromWriter, ToWriter, Work } from './wire.js';
import { Writer } from './writer.js';

/** Called before each commit of a transaction. */
const deathIn = (nth: number | undefined): (() => void) => {
  let transactions = 0;
  return () => {
    transactions += 1;
    if (transactions === nth) process.kill(process.pid, 'SIGKILL');
  };
};

/** Commits of a transaction, about. */
const MOST = 256;

/** What has been posted up to now, with this message as the first. */
const waiting = (
  message: ToWriter,
  port: MessagePort,
): { readonly batches: readonly Batch[]; readonly closing: boolean } => {
  const batches: Batch[] = [];
  let next: { readonly message: unknown } | undefined = { message };
  for (let commits = 0; next; next = commits < MOST ? receiveMessageOnPort(port) : undefined) {
    const one = next.message as ToWriter;
    if (one === 'close') return { batches, closing: true };
    batches.push(one);
    commits += one.ends.length;
  }
  return { batches, closing: false };
};

const serve = ({ file, diesIn }: Work, port: MessagePort, say: (message: FromWriter) => void): void => {
  const database = writingConnection(file);
  migrate(database);
  const writer = new Writer(database, deathIn(diesIn));
  const close = (): void => {
    database.pragma('wal_checkpoint(TRUNCATE)');
    database.close();
    say('closed');
    port.close();
  };
  port.on('message', (message: ToWriter) => {
    const { batches, closing } = waiting(message, port);
    const [first, ...more] = batches;
    if (first) say(writer.write(first, ...more));
    if (closing) close();
  });
  say('open');
};

const work = workerData as Work;
if (!parentPort) throw new Error('this is the script of a thread: see thread.ts');
const port = parentPort;
const say = (message: FromWriter): void => port.postMessage(message);
try {
  serve(work, port, say);
} catch (error) {
  say(failureOf(error, work.file));
}
