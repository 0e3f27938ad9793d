/**
 * Requests that a client may repeat: with an id of its own, a repeat is not done again and gets the answer of the first.
 *
 * 1. The id is written with what the request does: both are saved, or neither.
 * 2. Of two at the same time the second waits for the first. `pruning.ts` forgets them after a day.
 */
import { createHash } from 'node:crypto';
import type { Clock } from '../clock.js';
import { problem } from '../problems.js';
import type { InboxRecord, Store, Write } from '../store/port.js';

/** What is asked, under which id. */
export interface Repeatable {
  readonly scope: string;
  readonly id: string;
  /** All that makes it this request. */
  readonly content: unknown;
  /** Called when it came before, and nothing is done for it. */
  readonly onRepeat?: (() => void) | undefined;
}

export interface InboxOptions {
  readonly store: Pick<Store, 'inbox'>;
  readonly clock: Clock;
}

export class Inbox {
  readonly #underWay = new Map<string, { readonly digest: string; readonly answer: Promise<unknown> }>();

  constructor(private readonly options: InboxOptions) {}

  /**
   * `take` does it, writing what `note` gives for the answer as it is known then; `repeated` answers from the record of the first.
   * Rejects with a Problem when the id came with something else before.
   */
  async once<T>(
    { scope, id, content, onRepeat }: Repeatable,
    take: (note: (known: Pick<InboxRecord, 'sendid' | 'answer'>) => Write) => Promise<T>,
    repeated: (record: InboxRecord) => T | Promise<T>,
  ): Promise<T> {
    const name = `${scope} ${id}`;
    const digest = createHash('sha256').update(JSON.stringify(content)).digest('base64url');
    const first = this.#underWay.get(name);
    if (first) {
      requireSame(first, digest, id);
      onRepeat?.();
      return first.answer as Promise<T>;
    }
    const work = async (): Promise<T> => {
      const record = await this.options.store.inbox(scope, id);
      if (record) {
        requireSame(record, digest, id);
        onRepeat?.();
        return repeated(record);
      }
      const at = this.options.clock.now();
      return take((known) => ({ kind: 'inbox', record: { scope, id, digest, at, ...known } }));
    };
    const answer = work().finally(() => this.#underWay.delete(name));
    this.#underWay.set(name, { digest, answer });
    return answer;
  }
}

const requireSame = (first: { readonly digest: string }, digest: string, id: string): void => {
  if (first.digest !== digest) throw problem('IDEMPOTENCY_KEY_REUSED', id);
};
