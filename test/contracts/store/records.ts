/** Records, entries and writes to test stores with, and what is asked of a commit that should fail. */
import type {
  CallbackRecord,
  CallbackUpdate,
  InboxRecord,
  OutboxEntry,
  SessionRecord,
  Store,
  Write,
} from '../../../server/store/port.js';

export const callbackRecord = (changes: Partial<CallbackRecord> = {}): CallbackRecord => ({
  id: '1-a',
  service: 'BasicCallback',
  state: 'QUEUED',
  reason: undefined,
  customerNumber: '5115',
  desiredTime: 1_000,
  createdAt: 1_000,
  expirationTime: 87_400_000,
  sessionid: undefined,
  properties: { usr_reason: 'billing' },
  history: [{ at: 1_000, state: 'QUEUED' }],
  ...changes,
});

export const sessionRecord = (version: number, changes: Partial<SessionRecord> = {}): SessionRecord => ({
  sessionid: 'S1',
  uri: 'file:///callback.scxml',
  document: 'abc',
  version,
  status: 'active',
  startedAt: 5,
  callback: '1-a',
  invoker: undefined,
  depth: 0,
  configuration: ['waiting'],
  state: JSON.stringify({ counter: version, data: { text: 'ä "quoted" \u2028 \0 😀' } }),
  endedAt: undefined,
  ...changes,
});

export const entry = (seq: number, changes: Partial<OutboxEntry> = {}): OutboxEntry => ({
  seq,
  key: `S1/1/${seq}`,
  sessionid: 'S1',
  sendid: undefined,
  due: 1_000,
  attempts: 0,
  task: { type: 'callback', id: '1-a' },
  ...changes,
});

export const inboxRecord = (changes: Partial<InboxRecord> = {}): InboxRecord => ({
  scope: 'S1',
  id: 'r1',
  digest: 'd',
  at: 1_000,
  sendid: undefined,
  answer: undefined,
  ...changes,
});

export const session = (version: number, changes?: Partial<SessionRecord>): Write => ({
  kind: 'session',
  record: sessionRecord(version, changes),
});
export const outbox = (seq: number, changes?: Partial<OutboxEntry>): Write => ({
  kind: 'outbox',
  entry: entry(seq, changes),
});
export const inbox = (changes?: Partial<InboxRecord>): Write => ({ kind: 'inbox', record: inboxRecord(changes) });
export const create = (changes?: Partial<CallbackRecord>): Write => ({
  kind: 'callback',
  record: callbackRecord(changes),
});
export const change = (update: CallbackUpdate, id = '1-a'): Write => ({ kind: 'callback.update', id, update });

/** The message of the Error that the commit is refused with; undefined when it is not. */
export const refusal = async (store: Store, writes: readonly Write[]): Promise<string | undefined> => {
  try {
    await store.commit(writes);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : 'no Error';
  }
};

/** All that is due at some time, in order. */
export const allDue = (store: Store): Promise<readonly OutboxEntry[]> =>
  store.due({ due: -Infinity, seq: 0 }, Infinity, 1_000);
export const seqs = (entries: readonly OutboxEntry[]): number[] => entries.map(({ seq }) => seq);
