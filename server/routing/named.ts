/**
 * What strategies name, by its name: virtual queues and pools. A strategy may name any number of them, so they do not stay for ever.
 *
 * 1. What is used stays, and what was within the last hour; so do all as long as they are no more than a thousand. So the waiting times
 *    of a centre's own queues outlast a night.
 * 2. They are looked through when there are twice as many as the last time have stayed: each is looked at a few times only.
 */
interface Used {
  readonly isUsed: boolean;
  /** When it was used last. */
  readonly usedMs: number;
}

const IDLE = 3_600_000;
const FEW = 1_000;

export class Named<T extends Used> extends Map<string, T> {
  #most = FEW;

  /** Answers those that are gone. */
  forget(now: number): readonly T[] {
    if (this.size <= this.#most) return [];
    const gone = [...this].filter(([, { isUsed, usedMs }]) => !isUsed && now - usedMs >= IDLE);
    for (const [name] of gone) this.delete(name);
    this.#most = Math.max(FEW, 2 * this.size);
    return gone.map(([, each]) => each);
  }
}
