/**
 * A store whose commits are watched: how long each takes, and whether the store could write. Neighbours: `readiness.ts` and
 * `metrics.ts` are who is told.
 */
import type { Clock } from '../clock.js';
import { StoreUnavailable, type Store } from '../store/port.js';

/** `refused` for what was in it: whether the store could have written is not known. */
export type Outcome = 'written' | 'refused' | StoreUnavailable;

export interface CommitWatch {
  began(): void;
  answered(ms: number, outcome: Outcome): void;
}

/** The watches are told before whoever waits for the commit. */
export const watchedStore = (store: Store, clock: Pick<Clock, 'elapsed'>, watches: readonly CommitWatch[]): Store => ({
  ...store,
  commit(writes) {
    const started = clock.elapsed();
    for (const watch of watches) watch.began();
    const committed = store.commit(writes);
    const answered = (outcome: Outcome): void => {
      const ms = clock.elapsed() - started;
      for (const watch of watches) watch.answered(ms, outcome);
    };
    committed.then(
      () => answered('written'),
      (error: unknown) => answered(error instanceof StoreUnavailable ? error : 'refused'),
    );
    return committed;
  },
});

/** A write that shows whether the store can write, and takes itself back: nothing is left of it. */
export const attempt = (store: Pick<Store, 'commit'>, id: string): Promise<void> =>
  store.commit([
    { kind: 'inbox', record: { scope: 'health', id, digest: '', at: 0, sendid: undefined, answer: null } },
    { kind: 'inbox.prune', before: 1 },
  ]);
