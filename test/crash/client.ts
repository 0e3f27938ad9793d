/** A client that asks until it is answered, with one Idempotency-Key for all its attempts. */
import axios from 'axios';
import { Agent } from 'node:http';
import { pause } from './wait.js';

export interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Question {
  readonly path: string;
  readonly body?: object;
  readonly key: string;
  /** After an attempt that was not answered: whether to leave it at that. */
  readonly givesUp?: () => boolean;
}

export class Client {
  /** Attempts that were not answered, and were repeated. */
  retries = 0;
  /** Repeats of which the server said that they were. */
  repeats = 0;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 64 });
  readonly #http;
  #closed = false;
  #waiting: { left: number; readonly done: () => void } | undefined;

  constructor(url: string) {
    const options = { baseURL: url, httpAgent: this.#agent, proxy: false, timeout: 20_000 } as const;
    this.#http = axios.create({ ...options, validateStatus: () => true });
  }

  /** Undefined: given up, or closed. A 503 is an answer that asks for a repeat. */
  async ask({ path, body, key, givesUp = () => false }: Question): Promise<Answer | undefined> {
    for (;;) {
      const answer = await this.once(path, body, key);
      if (answer && answer.status !== 503) return answer;
      if (this.#closed || givesUp()) return undefined;
      this.retries += 1;
      await pause(answer ? 200 : 100);
    }
  }

  /** One attempt; undefined: it was not answered. */
  async once(path: string, body: object | undefined, key?: string): Promise<Answer | undefined> {
    const headers = key === undefined ? {} : { 'Idempotency-Key': key };
    try {
      const method = body === undefined && key === undefined ? 'get' : 'post';
      const answer = await this.#http.request<Answer['body']>({ method, url: path, data: body, headers });
      if (answer.headers['idempotent-replayed'] !== undefined) this.repeats += 1;
      if (answer.status === 200) this.#count();
      return { status: answer.status, body: answer.data };
    } catch {
      return undefined;
    }
  }

  /** Resolves with the `count`-th answer from now on that says that something was done. */
  answers(count: number): Promise<void> {
    return new Promise((done) => (this.#waiting = { left: count, done }));
  }

  #count(): void {
    if (!this.#waiting) return;
    this.#waiting.left -= 1;
    if (this.#waiting.left === 0) this.#waiting.done();
  }

  close(): void {
    this.#closed = true;
    this.#agent.destroy();
  }
}
