/** An application of `createApp` that listens on a free port of the loopback for one test, and an HTTP client for it. */
import axios, { type AxiosInstance } from 'axios';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createApp, type Routes } from '../../server/app.js';
import { virtualClock } from '../../server/clock/virtual.js';
import { createLog } from '../../server/log.js';
import { heldToDescription } from './openapi/contract.js';

export interface Served {
  readonly http: AxiosInstance;
  readonly url: string;
  /** What was logged, a line each. */
  readonly log: readonly string[];
  close(): Promise<void>;
}

/** Takes bodies of up to 10,000 bytes. */
export const serve = async (...routes: Routes[]): Promise<Served> => {
  const log: string[] = [];
  const app = createApp({
    routes,
    log: createLog('info', { write: (line) => void log.push(line) }),
    clock: virtualClock(),
    bodyLimit: 10_000,
  });
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    http: heldToDescription(axios.create({ baseURL: url, proxy: false, validateStatus: () => true, maxRedirects: 0 })),
    url,
    log,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
};
