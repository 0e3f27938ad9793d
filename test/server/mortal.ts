/** A process for tests that ends at one of its commits, which is written or not, and never answered: its store and its clock. */
import type { Clock } from '../../server/clock.js';
import type { VirtualClock } from '../../server/clock/virtual.js';
import type { Store } from '../../server/store/port.js';

export interface Death {
  /** The how-manieth commit it is. */
  readonly at: number;
  readonly written: boolean;
  /** Called at that moment. */
  readonly died?: () => void;
}

export interface Mortal {
  readonly store: Store;
  /** Its timers do not fire any more when it is dead. */
  readonly clock: VirtualClock;
  readonly isDead: boolean;
}

const never = new Promise<never>(() => undefined);

export const mortal = (inner: Store, clock: VirtualClock, death: Death): Mortal => {
  let commits = 0;
  const isDead = (): boolean => commits >= death.at;
  const setTimeout: Clock['setTimeout'] = (fn, ms) =>
    clock.setTimeout(() => {
      if (!isDead()) fn();
    }, ms);
  return {
    clock: { ...clock, setTimeout },
    store: {
      ...inner,
      async commit(writes) {
        if (isDead()) return never;
        commits += 1;
        if (isDead()) death.died?.();
        if (!isDead() || death.written) await inner.commit(writes);
        // What it was told after it had died it did not hear.
        return isDead() ? never : undefined;
      },
    },
    get isDead() {
      return isDead();
    },
  };
};
