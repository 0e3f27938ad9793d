/** HTTP requests that wait for a strategy's `<ws:response>`: each is answered once, by the strategy, the time or the end. */
import type { Clock } from '../clock.js';
import type { Reply } from './port.js';

interface Waiting {
  readonly sessionid: string;
  readonly settle: (outcome: Reply | Error) => void;
}

export class Replies {
  readonly #waiting = new Map<string, Waiting>();
  #over: Error | undefined;

  constructor(private readonly clock: Clock) {}

  /** `late` makes the error that the wait ends in after `timeoutMs`. */
  wait(sendid: string, sessionid: string, timeoutMs: number, late: () => Error): Promise<Reply> {
    if (this.#over) return Promise.reject(this.#over);
    return new Promise((resolve, reject) => {
      const timer = this.clock.setTimeout(() => {
        this.#take(sendid)?.settle(late());
      }, timeoutMs);
      const settle = (outcome: Reply | Error): void => {
        this.clock.clearTimeout(timer);
        if (outcome instanceof Error) reject(outcome);
        else resolve(outcome);
      };
      this.#waiting.set(sendid, { sessionid, settle });
    });
  }

  /** False when nobody waits for it (any more), or another session's request is meant. */
  answer(sendid: string, sessionid: string, reply: Reply): boolean {
    if (this.#waiting.get(sendid)?.sessionid !== sessionid) return false;
    this.#take(sendid)?.settle(reply);
    return true;
  }

  fail(sendid: string, error: Error): void {
    this.#take(sendid)?.settle(error);
  }

  /** The session is over: nothing will answer. */
  abandon(sessionid: string, why: Error): void {
    for (const [sendid, waiting] of this.#waiting) if (waiting.sessionid === sessionid) this.fail(sendid, why);
  }

  /** The process is about to end. */
  abandonAll(why: Error): void {
    this.#over = why;
    for (const sendid of [...this.#waiting.keys()]) this.fail(sendid, why);
  }

  #take(sendid: string): Waiting | undefined {
    const waiting = this.#waiting.get(sendid);
    this.#waiting.delete(sendid);
    return waiting;
  }
}
