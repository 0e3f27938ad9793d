/**
 * The store that forgets when the process ends: for tests, the dry run and a first look. `port.ts` is what it implements,
 * `memory/` its tables, `rows/` what they hold: copies, so nothing that a caller changes later changes the store.
 *
 * 1. What cannot be written whole is not written at all.
 * 2. A commit takes place before `commit` returns its promise, so the order of the calls is the order of the writes.
 */
import { countsOf } from './counts.js';
import { Listeners } from './listeners.js';
import { counted } from './memory/counted.js';
import { queries } from './memory/queries.js';
import { apply, inboxKey, makeTables } from './memory/tables.js';
import type { Place, Store } from './port.js';
import { callbackOf } from './rows/callback.js';
import { documentOf } from './rows/document.js';
import { inboxOf } from './rows/inbox.js';
import { deadLetterOf, outboxOf, type OutboxRow } from './rows/outbox.js';
import { invokerOf, sessionOf } from './rows/session.js';

/** `turn`: awaited before a commit is answered, so that a session that sends to itself for ever leaves others their turn. */
export function memoryStore(turn?: () => Promise<unknown>): Store {
  const tables = makeTables();
  const { sessions, documents, outbox, dead, inbox, interactions, callbacks, lists } = tables;
  const listeners = new Listeners();
  let lastSeq = 0;

  return {
    async commit(writes) {
      try {
        for (const write of writes) apply(write, tables);
      } catch (error) {
        for (const table of Object.values(tables)) table.undo();
        throw error;
      }
      const changed = callbacks.keep();
      for (const table of Object.values(tables)) table.keep();
      for (const write of writes) if (write.kind === 'outbox') lastSeq = Math.max(lastSeq, write.entry.seq);
      for (const id of changed) {
        const row = callbacks.get(id);
        if (row) listeners.tell(callbackOf(row));
      }
      await turn?.();
    },
    session: async (sessionid) => optional(sessions.get(sessionid), sessionOf),
    document: async (hash) => optional(documents.get(hash), documentOf),
    activeSessions: async () =>
      sessions
        .all()
        .filter(([, , status]) => status === 'active')
        .map(([sessionid, , , , , , , ...row]) => ({ sessionid, invoker: invokerOf([row[0], row[1], row[2]]) })),
    endedSessions: async (before, limit) => {
      const named = new Set([...outbox.all(), ...dead.all()].map(([, , sessionid]) => sessionid));
      return sessions
        .all()
        .flatMap((row) =>
          row[13] !== null && row[13] < before && !named.has(row[0]) ? [[row[0], row[13]] as const] : [],
        )
        .sort(([, a], [, b]) => a - b)
        .slice(0, limit)
        .map(([sessionid]) => sessionid);
    },
    due: async (after, until, limit) =>
      outbox
        .all()
        .filter((row) => behind(row, after) && row[4] <= until)
        .sort(([a, , , , dueA], [b, , , , dueB]) => dueA - dueB || a - b)
        .slice(0, limit)
        .map(outboxOf),
    waiting: async (sessionid, sendid) =>
      optional(
        outbox.all().find(([, , session, send]) => session === sessionid && send === sendid),
        outboxOf,
      ),
    lastSeq: async () => lastSeq,
    deadLetters: async (limit) =>
      dead
        .all()
        .map(deadLetterOf)
        .sort((a, b) => a.since - b.since || a.seq - b.seq)
        .slice(0, limit),
    inbox: async (scope, id) => optional(inbox.get(inboxKey(scope, id)), inboxOf),
    interactions: async () => interactions.all().map(([interactionid, sessionid]) => ({ interactionid, sessionid })),
    callback: async (id) => optional(callbacks.get(id), callbackOf),
    listItems: async () => lists.all(),
    ...queries(tables),
    ...counted(tables),
    callbacks: async ({ service, state }) =>
      callbacks
        .all()
        .map(callbackOf)
        .filter((record) => service === undefined || record.service === service)
        .filter((record) => state === undefined || record.state === state)
        .sort((a, b) => a.createdAt - b.createdAt),
    counts: async (now) => {
      const times = outbox.all().map(([, , , , due]) => due);
      const due = times.filter((time) => time <= now);
      return countsOf({
        sessions: tally(sessions.all().map(([, , status]) => status)),
        callbacks: tally(callbacks.all().map(([, , state]) => state)),
        outbox: {
          waiting: times.length - due.length,
          due: due.length,
          oldest: due.length > 0 ? due.reduce((a, b) => Math.min(a, b)) : undefined,
        },
        dead: dead.all().length,
      });
    },
    onCallback: (listener) => listeners.add(listener),
    close: async () => undefined,
  };
}

const optional = <R, T>(row: R | undefined, read: (row: R) => T): T | undefined =>
  row === undefined ? undefined : read(row);

const behind = ([seq, , , , due]: OutboxRow, after: Place): boolean =>
  due > after.due || (due === after.due && seq > after.seq);

const tally = <K extends string>(names: readonly K[]): [name: K, count: number][] => {
  const counts = new Map<K, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts];
};
