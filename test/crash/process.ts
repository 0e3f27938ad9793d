/** A process of the server: started, asked whether it is ready, killed. Several after each other share a folder of data. */
import axios from 'axios';
import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import { until } from './wait.js';

export type Environment = Readonly<Record<string, string>>;

export interface ServerOptions {
  /** A program and its arguments. */
  readonly command: readonly string[];
  /** The program starts the server as a child of its own: signals go to both. */
  readonly isFamily: boolean;
  readonly port: number;
  readonly environment: Environment;
}

export interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** Characters of the output that are kept. */
const KEPT = 200_000;

/** None outlives the tests, whatever becomes of these. */
const living = new Set<ServerProcess>();
process.once('exit', () => {
  for (const server of living) server.signal('SIGKILL');
});

export class ServerProcess {
  readonly ended: Promise<Ended>;
  readonly #child: ChildProcess;
  readonly #started = performance.now();
  #output = '';

  constructor(private readonly options: ServerOptions) {
    const { command, isFamily: detached, port, environment } = options;
    const [program = '', ...rest] = command;
    const env = { PATH: process.env['PATH'], NODE_ENV: 'test', RINGBACK_LOG_LEVEL: 'warn', ...environment };
    const stdio: StdioOptions = ['ignore', 'pipe', 'pipe'];
    this.#child = spawn(program, rest, { env: { ...env, PORT: String(port) }, stdio, detached });
    for (const stream of [this.#child.stdout, this.#child.stderr])
      stream?.setEncoding('utf8').on('data', (text: string) => {
        this.#output = (this.#output + text).slice(-KEPT);
      });
    living.add(this);
    this.ended = new Promise((resolve) => {
      this.#child.once('close', (code, signal) => {
        living.delete(this);
        resolve({ code, signal });
      });
    });
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  get output(): string {
    return this.#output;
  }

  get isOver(): boolean {
    return this.#child.exitCode !== null || this.#child.signalCode !== null;
  }

  /** Milliseconds from the start until it is ready; undefined: it has ended before. */
  ready(within = 60_000): Promise<number | undefined> {
    const url = `http://127.0.0.1:${this.options.port}/health/ready`;
    const ask = async (): Promise<{ ms: number | undefined } | undefined> => {
      if (this.isOver) return { ms: undefined };
      const status = await axios.get(url, { proxy: false, timeout: 1000 }).then(
        (answer) => answer.status,
        () => 0,
      );
      return status === 200 ? { ms: performance.now() - this.#started } : undefined;
    };
    return until('the server is ready', ask, { within, every: 25 }).then(
      ({ ms }) => ms,
      (error: unknown) => {
        throw new Error(`${String(error)}\n${this.#output}`, { cause: error });
      },
    );
  }

  signal(signal: 'SIGKILL' | 'SIGTERM'): void {
    if (!this.isOver) process.kill(this.options.isFamily ? -this.pid : this.pid, signal);
  }

  async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<Ended> {
    this.signal(signal);
    return this.ended;
  }
}
