/**
 * What the sessions of one actor system share, across `surroundings.ts` of each: who is there, and whose timer comes first.
 *
 * 1. Of timers that are due at once, the one that was armed first fires first, whichever session has it; and so it stays when the
 *    sessions are restored together.
 */
import type { AnyActorRef } from 'xstate';

interface Waiting {
  readonly order: number;
  readonly arm: () => void;
}

export class Sessions {
  /** By SCXML session id. */
  readonly byId = new Map<string, AnyActorRef>();
  #armed = 0;
  #restoring = 0;
  readonly #waiting: Waiting[] = [];

  /** The place of a timer that is armed now. */
  nextOrder(): number {
    this.#armed += 1;
    return this.#armed;
  }

  /** Arms these timers with those of the sessions that `others` restores, all in the order that they had (1). */
  restore(timers: readonly Waiting[], others: () => void): void {
    this.#waiting.push(...timers);
    this.#restoring += 1;
    try {
      others();
      if (this.#restoring === 1) for (const { arm } of this.#waiting.sort((a, b) => a.order - b.order)) arm();
    } finally {
      this.#restoring -= 1;
      // Also when one of them cannot be restored.
      if (this.#restoring === 0) this.#waiting.length = 0;
    }
  }
}

const systems = new WeakMap<object, Sessions>();

export const sessionsOf = ({ system }: AnyActorRef): Sessions => {
  const known = systems.get(system);
  if (known) return known;
  const created = new Sessions();
  systems.set(system, created);
  return created;
};
