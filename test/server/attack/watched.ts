/** The server in a process of its own (`server.ts`), asked from outside: its routes, and how long it has kept others waiting. */
import axios, { type AxiosInstance } from 'axios';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { Agent } from 'node:http';
import { join } from 'node:path';

/** What a process has used so far, in milliseconds. */
interface Used {
  readonly cpu: number;
  readonly wall: number;
}

export interface Watched {
  readonly http: AxiosInstance;
  readonly used: () => Promise<Used>;
  close(): Promise<void>;
}

const client = (baseURL: string): AxiosInstance =>
  axios.create({ baseURL, proxy: false, validateStatus: () => true, httpAgent: new Agent({ keepAlive: true }) });

export const watchedServer = async (environment: Readonly<Record<string, string>>): Promise<Watched> => {
  const child = fork(join(import.meta.dirname, 'server.ts'), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, PORT: '0', RINGBACK_LOG_LEVEL: 'silent', RINGBACK_STORE: 'memory', ...environment },
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  });
  const exited = once(child, 'exit');
  const early = exited.then(([code]) => {
    throw new Error(`the server ended with ${String(code)} before it listened`);
  });
  early.catch(() => undefined);
  const said = async (): Promise<string> => {
    let text = '';
    for await (const chunk of child.stdout ?? []) {
      text += String(chunk);
      const url = /listens on (http:\S+),/.exec(text)?.[1];
      if (url !== undefined) return url;
    }
    throw new Error(`the server said no address: ${text}`);
  };
  const told = once(child, 'message') as Promise<[port: number]>;
  const [[port], url] = await Promise.race([Promise.all([told, said()]), early]);
  const meter = client(`http://127.0.0.1:${port}`);
  return {
    http: client(url),
    used: async () => (await meter.get<Used>('/')).data,
    async close() {
      child.kill('SIGKILL');
      await exited;
    },
  };
};

/** The longest time between two answers while the work goes on, in milliseconds. See `attack.test.ts`. */
export const heldUp = async ({ used }: Watched, work: Promise<unknown>): Promise<number> => {
  const end = { reached: false };
  const over = work.finally(() => {
    end.reached = true;
  });
  let longest = 0;
  let before = await used();
  do {
    const after = await used();
    longest = Math.max(longest, Math.min(after.cpu - before.cpu, after.wall - before.wall));
    before = after;
  } while (!end.reached);
  await over;
  return longest;
};
