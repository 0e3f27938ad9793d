/**
 * The store that forgets when the process ends: for tests, the dry run and a first look. `port.ts` is what it implements,
 * `merge.ts` how it changes callback records; `test/contracts/store.ts` holds it and every other store to the same behaviour.
 *
 * 1. A commit is worked out on the side and put in place in one go: what cannot be written whole is not written at all.
 * 2. It takes place before `commit` returns its promise, so the order of the calls is the order of the writes.
 */
import { merged } from './merge.js';
import type { CallbackRecord, SessionRecord, Store, Write } from './port.js';

export function memoryStore(): Store {
  const sessions = new Map<string, SessionRecord>();
  const callbacks = new Map<string, CallbackRecord>();
  const listeners: ((record: CallbackRecord) => void)[] = [];

  function tell(record: CallbackRecord): void {
    for (const listener of listeners) {
      try {
        listener(record);
      } catch (error) {
        // What is committed stays committed, and the other listeners are told.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  }

  return {
    async commit(writes) {
      const changed = changedCallbacks(writes, callbacks);
      for (const write of writes) if (write.kind === 'session') sessions.set(write.record.sessionid, write.record);
      for (const [id, record] of changed) callbacks.set(id, record);
      for (const record of changed.values()) tell(record);
    },
    session: async (sessionid) => sessions.get(sessionid),
    callback: async (id) => callbacks.get(id),
    async callbacks({ service, customerNumber }) {
      return [...callbacks.values()]
        .filter((record) => service === undefined || record.service === service)
        .filter((record) => customerNumber === undefined || record.customerNumber === customerNumber)
        .sort((a, b) => a.createdAt - b.createdAt);
    },
    onCallback: (listener) => void listeners.push(listener),
  };
}

/** The callback records that these writes change, as they are after all of them; nothing is written yet (1). */
function changedCallbacks(
  writes: readonly Write[],
  callbacks: ReadonlyMap<string, CallbackRecord>,
): ReadonlyMap<string, CallbackRecord> {
  const changed = new Map<string, CallbackRecord>();
  for (const write of writes) {
    if (write.kind === 'callback') changed.set(write.record.id, write.record);
    if (write.kind !== 'callback.update') continue;
    const record = changed.get(write.id) ?? callbacks.get(write.id);
    if (!record) throw new Error(`Callback ${write.id} is to be updated, but the store has no such record`);
    const next = merged(record, write.update);
    if (next !== record) changed.set(write.id, next);
  }
  return changed;
}
