/** A store for tests: the memory store behind a gate that holds commits back, and lets them pass or fail when told. */
import { memoryStore } from '../../../server/store/memory.js';
import type { Store, Write } from '../../../server/store/port.js';

interface Held {
  readonly writes: readonly Write[];
  pass(): void;
  fail(): void;
}

export interface GatedStore extends Store {
  /** Every commit that was asked for, one entry a call. */
  readonly commits: readonly (readonly Write[])[];
  /** Commits that wait at the gate, in the order of the calls. */
  readonly held: readonly Held[];
  /** From here on commits wait. */
  hold(): void;
  /** From here on commits fail, or do again what they did. */
  breakDown(broken: boolean): void;
}

/** Writes take effect in the order of the calls, whatever the order in which the gate answers. */
export const gatedStore = (): GatedStore => {
  const inner = memoryStore();
  const commits: (readonly Write[])[] = [];
  const held: Held[] = [];
  let holding = false;
  let broken = false;
  const failure = () => new Error('the disk is full');
  return {
    ...inner,
    commits,
    held,
    hold: () => (holding = true),
    breakDown: (now) => (broken = now),
    async commit(writes) {
      commits.push(writes);
      if (broken) throw failure();
      if (!holding) return inner.commit(writes);
      return new Promise((resolve, reject) => {
        held.push({
          writes,
          pass() {
            inner.commit(writes).then(resolve, reject);
          },
          fail() {
            reject(failure());
          },
        });
      });
    },
  };
};
