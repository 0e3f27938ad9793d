/**
 * The thread of `worker.ts`, as the main thread sees it. Built, the thread runs `worker.js`. Run from the source by tsx,
 * a thread of Node 20 does not have tsx's loader: a line of script registers it and then loads the source.
 */
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Batch, FromWriter, Outcome, ToWriter, Work } from './wire.js';

export interface Heard {
  readonly outcome: (outcome: Outcome) => void;
  /** The thread has ended, and should not have. */
  readonly broken: (error: Error) => void;
}

export interface Thread {
  post(batch: Batch): void;
  /** Closes the database and ends the thread. */
  close(): Promise<void>;
}

/** Resolves when the database is open. */
export const startThread = (work: Work, heard: Heard): Promise<Thread> =>
  new Promise((resolve, reject) => {
    const worker = start(work, import.meta.url);
    const post = (message: ToWriter): void => worker.postMessage(message);
    let closed: () => void = () => undefined;
    const close = async (): Promise<void> => {
      await new Promise<void>((done) => {
        closed = done;
        post('close');
      });
      await worker.terminate();
    };
    worker.on('message', (message: FromWriter) => {
      if (message === 'open') resolve({ post, close });
      else if (message === 'closed') closed();
      else if ('failures' in message) heard.outcome(message);
      else reject(new Error(message.message));
    });
    const broken = (error: Error): void => {
      reject(error);
      closed();
      heard.broken(error);
    };
    worker.on('error', broken);
    worker.on('exit', (code) => {
      broken(new Error(`the thread that writes ${work.file} has ended with code ${code}: restart the server`));
    });
  });

const start = (work: Work, here: string): Worker => {
  if (!here.endsWith('.ts')) return new Worker(new URL('worker.js', here), { workerData: work });
  const loader = JSON.stringify(createRequire(here).resolve('tsx/cjs/api'));
  const source = JSON.stringify(fileURLToPath(new URL('worker.ts', here)));
  return new Worker(`require(${loader}).register(); require(${source});`, { eval: true, workerData: work });
};
