/** What the clients have asked for, and what of it was answered. `load.ts` writes it, `judge.ts` compares the sessions with it. */

export interface Asked {
  readonly n: number;
  /** The name of the session. */
  readonly who: string;
  isAcked: boolean;
}

export interface Work extends Asked {
  /** Milliseconds of the own timer. */
  readonly delay: number;
  /** The session that gets a message. */
  readonly to: string;
  readonly post: boolean;
  readonly fetch: boolean;
  readonly child: boolean;
}

export interface Callback {
  readonly number: string;
  /** Undefined: at once. */
  readonly desired: number | undefined;
  id: string | undefined;
}

export class Ledger {
  /** By their name: the id, when the start was answered. */
  readonly sessions = new Map<string, string>();
  readonly works: Work[] = [];
  readonly requests: Asked[] = [];
  readonly callbacks: Callback[] = [];
  /** Answers that no client should get. */
  readonly refusals: string[] = [];
  #last = 0;

  /** The number of the next piece of work. */
  next(): number {
    return ++this.#last;
  }

  get acked(): number {
    const asked = [...this.works, ...this.requests].filter(({ isAcked }) => isAcked);
    return this.sessions.size + asked.length + this.callbacks.filter(({ id }) => id !== undefined).length;
  }
}

/** Of a piece of work and its session, as the sink and the mail have it. */
export const nameOf = ({ who, n }: Pick<Asked, 'who' | 'n'>): string => `${who}/${n}`;
