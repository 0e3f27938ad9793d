/** Two servers on loopback: the ORS interface of a host, and express with a handler that writes nothing. */
import { execFile } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import express, { type Express } from 'express';
import { createApp } from '../../../server/app.js';
import { wallClock } from '../../../server/clock.js';
import type { Host } from '../../../server/host/host.js';
import { createLog } from '../../../server/log.js';
import { orsRoutes } from '../../../server/ors/routes.js';
import type { Pace } from './loop.js';

export interface Served {
  readonly url: string;
  close(): void;
}

const listen = (app: Express): Promise<Served> =>
  new Promise((resolve) => {
    const server = app.listen(0, '127.0.0.1', () => {
      resolve({
        url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
        close: () => {
          server.close();
          server.closeAllConnections();
        },
      });
    });
  });

export const serveHost = (sessions: Host): Promise<Served> =>
  listen(
    createApp({
      early: [],
      routes: [orsRoutes({ sessions, requestTimeoutMs: 30_000 })],
      log: createLog('silent'),
      clock: wallClock,
      bodyLimit: 1 << 20,
    }),
  );

export const serveNothing = (): Promise<Served> => {
  const app = express();
  app.post('/*path', express.json(), (_, response) => void response.json({}));
  return listen(app);
};

const run = promisify(execFile);
const caller = fileURLToPath(new URL('caller.ts', import.meta.url));

/** What a process beside this one gets done in so many milliseconds. */
export const paceOver = async (
  url: string,
  connections: number,
  ms: number,
  paths: readonly string[],
): Promise<Pace> => {
  const args = ['--import', 'tsx', caller, url, String(connections), String(ms), ...paths.slice(0, connections)];
  const { stdout } = await run(process.execPath, args);
  return JSON.parse(stdout) as Pace;
};
