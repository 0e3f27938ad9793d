/** The server as `npm start` runs it, in a process of its own: what it says, how it is asked, and how it ends. */
import axios, { type AxiosInstance } from 'axios';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { packageRoot } from '../../server/root.js';
import { heldToDescription } from './openapi/contract.js';

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

export interface ServerProcess {
  readonly http: AxiosInstance;
  readonly url: string;
  /** Entries of the log with this message. */
  logged(message: string): Record<string, unknown>[];
  kill(signal: NodeJS.Signals): void;
  readonly ended: Promise<Ended>;
}

const spawned = (environment: Readonly<Record<string, string>>) => {
  const child = spawn(process.execPath, ['--import', 'tsx', join(packageRoot, 'server/main.ts')], {
    env: { ...process.env, PORT: '0', RINGBACK_SEED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const said = { out: '', err: '' };
  child.stdout.on('data', (chunk) => (said.out += String(chunk)));
  child.stderr.on('data', (chunk) => (said.err += String(chunk)));
  const ended = new Promise<Ended>((resolve) => {
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
  return { child, said, ended };
};

/** What a server that does not start says, and how it ends. */
export const refusedStart = async (environment: Readonly<Record<string, string>>) => {
  const { said, ended } = spawned(environment);
  const { code } = await ended;
  return { code, says: said.err };
};

/** Resolves when it listens, and has said so. */
export const startProcess = async (environment: Readonly<Record<string, string>>): Promise<ServerProcess> => {
  const { child, said, ended } = spawned(environment);
  const address = async (): Promise<string> => {
    for (;;) {
      const url = /listens on (http:\S+),/.exec(said.out)?.[1];
      if (url !== undefined && said.out.includes('"msg":"ready"')) return url;
      await once(child.stdout, 'data');
    }
  };
  const early = ended.then(() => {
    throw new Error(`the server did not start: ${said.err}${said.out}`);
  });
  early.catch(() => undefined);
  const url = await Promise.race([address(), early]);
  return {
    url,
    http: heldToDescription(axios.create({ baseURL: url, proxy: false, validateStatus: () => true })),
    logged: (message) =>
      said.out
        .split('\n')
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>)
        .filter(({ msg }) => msg === message),
    kill: (signal) => void child.kill(signal),
    ended,
  };
};
