/** A store for tests: the memory store behind a gate that holds commits back, and lets them pass or fail when told. */
import { memoryStore } from '../../../server/store/memory.js';
import { StoreUnavailable, type Store, type Write } from '../../../server/store/port.js';

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
  /** From here on commits are refused, or do again what they did. */
  breakDown(broken: boolean): void;
  /** From here on the store cannot write, or can again. */
  fill(full: boolean): void;
}

/** Writes take effect in the order of the calls, whatever the order in which the gate answers. */
export const gatedStore = (): GatedStore => {
  const inner = memoryStore();
  const commits: (readonly Write[])[] = [];
  const held: Held[] = [];
  const due: { readonly writes: readonly Write[]; applied?: Promise<void> }[] = [];
  let holding = false;
  let broken = false;
  let full = false;
  const failure = () => (full ? new StoreUnavailable('the disk is full') : new Error('the disk is full'));
  /** All that was asked for before takes effect first. */
  const apply = (last: (typeof due)[number]): Promise<void> => {
    for (const each of due.splice(0, due.indexOf(last) + 1)) {
      each.applied = inner.commit(each.writes);
      each.applied.catch(() => undefined);
    }
    return last.applied ?? Promise.resolve();
  };
  return {
    ...inner,
    commits,
    held,
    hold: () => (holding = true),
    breakDown: (now) => (broken = now),
    fill: (now) => (full = now),
    async commit(writes) {
      commits.push(writes);
      if (broken || full) throw failure();
      if (!holding) return inner.commit(writes);
      const one: (typeof due)[number] = { writes };
      due.push(one);
      return new Promise((resolve, reject) => {
        held.push({
          writes,
          pass() {
            apply(one).then(resolve, reject);
          },
          fail() {
            due.splice(due.indexOf(one), 1);
            reject(failure());
          },
        });
      });
    },
  };
};
