/**
 * A store that lies: it answers commits some milliseconds before they are written. A suite that kills servers has to find what this one
 * loses, or it would find nothing. `faults.ts` says when it is used, which is never outside of tests.
 */
import type { Clock } from './clock.js';
import type { Store } from './store/port.js';

/** How long a commit is only in memory. */
const DELAY = 15;

type Reads = Omit<Store, 'commit' | 'onCallback' | 'close'>;

/** Commits keep their order, and reads see those that were answered. */
export const earlyStore = (store: Store, clock: Pick<Clock, 'setTimeout'>): Store => {
  let last: Promise<unknown> = Promise.resolve();
  const after =
    <A extends unknown[], T>(read: (...args: A) => Promise<T>) =>
    async (...args: A): Promise<T> => {
      await last;
      return read(...args);
    };
  const reads: Reads = {
    session: after((id: string) => store.session(id)),
    document: after((hash: string) => store.document(hash)),
    activeSessions: after(() => store.activeSessions()),
    endedSessions: after((before: number, limit: number) => store.endedSessions(before, limit)),
    due: after((...query: Parameters<Store['due']>) => store.due(...query)),
    waiting: after((sessionid: string, sendid: string) => store.waiting(sessionid, sendid)),
    lastSeq: after(() => store.lastSeq()),
    deadLetters: after((limit: number) => store.deadLetters(limit)),
    inbox: after((scope: string, id: string) => store.inbox(scope, id)),
    interactions: after(() => store.interactions()),
    callback: after((id: string) => store.callback(id)),
    callbacks: after((query: Parameters<Store['callbacks']>[0]) => store.callbacks(query)),
    findCallbacks: after((query: Parameters<Store['findCallbacks']>[0]) => store.findCallbacks(query)),
    countCallbacks: after((query: Parameters<Store['countCallbacks']>[0]) => store.countCallbacks(query)),
    booked: after((query: Parameters<Store['booked']>[0]) => store.booked(query)),
    listItems: after(() => store.listItems()),
    counts: after((now: number) => store.counts(now)),
  };
  return {
    ...reads,
    async commit(writes) {
      const written = new Promise<void>((resolve) => {
        clock.setTimeout(() => void store.commit(writes).then(resolve, resolve), DELAY);
      });
      last = Promise.all([last, written]);
    },
    onCallback: (listener) => store.onCallback(listener),
    async close() {
      await last;
      await store.close();
    },
  };
};
