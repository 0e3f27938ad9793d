/**
 * What is kept: sessions, the documents they run, what they still want done (the outbox), whom they have answered (the inbox),
 * their calls, and callback records. One step of a session is one `commit`: all of it is written together or not at all, before
 * anybody is answered and before any effect is performed. `memory.ts` and `sqlite/` implement this; `test/contracts/store.ts`
 * holds both.
 *
 * 1. Writes take effect in the order of the calls of `commit`, and within a call in their order.
 * 2. A session's version grows by one with each write of it: a commit that would skip or repeat one is refused whole. So after
 *    a commit that failed, none that was built upon it can succeed.
 * 3. A read sees every commit that was answered before it; `due` also those that were called before it.
 */
import type { Effect } from '../../engine/effect.js';
import type { Data } from '../../engine/event.js';
import type {
  BookedQuery,
  CallbackCount,
  CallbackQuery,
  CallbackRecord,
  CallbackState,
  CallbackUpdate,
} from './callback.js';

export { callbackStates, executedStates, liveStates, FINDABLE } from './callback.js';
export type {
  CallbackState,
  CallbackRecord,
  PropertyValue,
  CallbackFilter,
  CallbackQuery,
  CallbackUpdate,
  CallbackCount,
} from './callback.js';

/** What `<ws:response>` answered. */
export interface Reply {
  readonly type: 'positive' | 'negative';
  readonly resultcode: string | undefined;
  readonly params: Readonly<Record<string, Data | undefined>>;
  /** Instead of the parameters: text, or what is shown as JSON. */
  readonly content?: Data;
  /** Of the content. */
  readonly contenttype?: string;
}

export type SessionStatus = 'active' | 'done' | 'error';

/** How a session was invoked. */
export interface Invoker {
  readonly sessionid: string;
  readonly invokeid: string;
  /** Of the outbox entry that invoked: of two sessions with one invokeid the later has the greater. */
  readonly seq: number;
}

export interface SessionRecord {
  readonly sessionid: string;
  readonly uri: string;
  /** Which document, exactly: the hash of its text and all that belongs to it. */
  readonly document: string;
  /** Number of steps taken, and of other writes; effect keys are `sessionid/version/index`. */
  readonly version: number;
  readonly status: SessionStatus;
  readonly startedAt: number;
  readonly callback: string | undefined;
  /** undefined, too, when it is over because that one cancelled it. */
  readonly invoker: Invoker | undefined;
  /** How many sessions invoked each other down to this one. */
  readonly depth: number;
  readonly configuration: readonly string[];
  /** JSON text of a SavedSession. */
  readonly state: string;
  /** undefined while it is active. */
  readonly endedAt: number | undefined;
}

/** A document that sessions were started with: they keep it, whatever becomes of the file that it came from. */
export interface DocumentRecord {
  readonly hash: string;
  readonly uri: string;
  readonly text: string;
  /** Whose sandbox it runs in; undefined: it is trusted. */
  readonly author: string | undefined;
  /** Scripts and data that it names, by `src`. */
  readonly resources: Readonly<Record<string, string>>;
}

/** A session that starts at its time: the one of the entry. */
export interface StartTask {
  readonly type: 'start';
  readonly src: string;
  readonly params: Readonly<Record<string, Data | undefined>>;
  /** The session that wanted it. */
  readonly starter?: string | undefined;
}

/** The session of a callback is to be started. */
interface CallbackTask {
  readonly type: 'callback';
  readonly id: string;
  /** Its session before is lost, and had these calls. */
  readonly calls?: readonly string[];
}

/** What is to be done: an effect of a session, or the start of a session: a callback's, or one that was to wait. */
export type Task = Effect | CallbackTask | StartTask;

/** Something that is still to be done, at once or at its time. It stays until what came of it is written. */
export interface OutboxEntry extends Place {
  /** Given by the host in the order of the entries, never twice. */
  readonly seq: number;
  /** `sessionid/version/index` for effects: the same whenever it is performed. Receivers refuse a repeated one. */
  readonly key: string;
  readonly sessionid: string | undefined;
  /** Of a delayed send, by which `<cancel>` finds it. */
  readonly sendid: string | undefined;
  /** Milliseconds since the epoch: not before. */
  readonly due: number;
  readonly task: Task;
  /** How often it was tried, and failed. */
  readonly attempts: number;
}

/** Where an entry stands in the order of the outbox: by `due`, then `seq`. */
export interface Place {
  readonly due: number;
  readonly seq: number;
}

export interface DeadLetter extends OutboxEntry {
  readonly reason: string;
  readonly since: number;
}

/** A request that was taken, by the id that its client gave it. A repeat gets the same answer. */
export interface InboxRecord {
  /** Ids are unique within it: a session id, or a name for what starts things. */
  readonly scope: string;
  readonly id: string;
  /** Of what was asked: an id that comes with something else is the client's mistake. */
  readonly digest: string;
  readonly at: number;
  /** For a request that a strategy answers: the `_event.sendid` to which it does. */
  readonly sendid: string | undefined;
  /** undefined until it is known. */
  readonly answer: Data | undefined;
}

/** What an operator has said of a key of a transaction list; null: it is not there. */
export interface ListItem {
  readonly list: string;
  readonly section: string;
  readonly key: string;
  readonly value: string | null;
}

export type Write =
  /** The first of a session has version 1. */
  | { readonly kind: 'session'; readonly record: SessionRecord }
  /** It is as if it had never been. Of one that is active nothing happens. */
  | { readonly kind: 'session.forget'; readonly sessionid: string }
  /** Nothing happens when it is there. */
  | { readonly kind: 'document'; readonly record: DocumentRecord }
  | { readonly kind: 'outbox'; readonly entry: OutboxEntry }
  /** It failed and is tried again, or its time has not come. Of an entry that is not there, here and below: nothing happens. */
  | { readonly kind: 'outbox.retry'; readonly seq: number; readonly due: number; readonly attempts: number }
  /** It is given up, and kept for an operator. */
  | { readonly kind: 'outbox.dead'; readonly seq: number; readonly reason: string; readonly at: number }
  /** A dead letter is to be tried anew, from now on. */
  | { readonly kind: 'outbox.revive'; readonly seq: number; readonly due: number }
  | { readonly kind: 'outbox.done'; readonly seq: number }
  /** `<cancel>`: the session's delayed sends of this id. SCXML 6.3 */
  | { readonly kind: 'outbox.unsend'; readonly sessionid: string; readonly sendid: string }
  /** All delayed sends of a session that is over. SCXML 6.2.4 */
  | { readonly kind: 'outbox.end'; readonly sessionid: string }
  /** Refused whole when the scope has the id already. */
  | { readonly kind: 'inbox'; readonly record: InboxRecord }
  /** What the strategy answered to the request of this sendid; nothing happens when no record has it. */
  | { readonly kind: 'inbox.answer'; readonly sendid: string; readonly answer: Reply }
  /** Records older than this go. */
  | { readonly kind: 'inbox.prune'; readonly before: number }
  /** A call that the session has. */
  | { readonly kind: 'interaction'; readonly interactionid: string; readonly sessionid: string }
  | { readonly kind: 'interaction.gone'; readonly interactionid: string }
  /** In place of what was said of this key before. */
  | { readonly kind: 'list'; readonly item: ListItem }
  | { readonly kind: 'callback'; readonly record: CallbackRecord }
  | { readonly kind: 'callback.update'; readonly id: string; readonly update: CallbackUpdate }
  /** Every trace of it goes: its record, its sessions that are over, their calls and requests, what is still to be done for it. */
  | { readonly kind: 'callback.forget'; readonly id: string };

/** How much there is of everything, for metrics. */
export interface StoreCounts {
  readonly sessions: Readonly<Record<SessionStatus, number>>;
  readonly callbacks: Readonly<Record<CallbackState, number>>;
  /** Entries that wait for their time, entries whose time has come, and the oldest `due` of the latter. */
  readonly outbox: { readonly waiting: number; readonly due: number; readonly oldest: number | undefined };
  readonly dead: number;
}

/** The store cannot write: full, read-only, failing. Nothing of the commit was written; a later one may succeed. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

export interface Store {
  /** All or nothing; resolves when it is safe. Rejects with StoreUnavailable, or an Error that says what is refused and why. */
  commit(writes: readonly Write[]): Promise<void>;
  session(sessionid: string): Promise<SessionRecord | undefined>;
  document(hash: string): Promise<DocumentRecord | undefined>;
  /** Sessions that are not over, for a host that begins. */
  activeSessions(): Promise<readonly { readonly sessionid: string; readonly invoker: Invoker | undefined }[]>;
  /** Ids of sessions that ended before, first those that ended first; those that the outbox or a dead letter names left out. */
  endedSessions(before: number, limit: number): Promise<readonly string[]>;
  /** The entry of the outbox that has this session and sendid; dead letters left out. */
  waiting(sessionid: string, sendid: string): Promise<OutboxEntry | undefined>;
  /** Entries of the outbox behind this place and due at `until` at the latest, in this order; dead letters left out. */
  due(after: Place, until: number, limit: number): Promise<readonly OutboxEntry[]>;
  /** The greatest `seq` that was ever given; 0 for an empty store. */
  lastSeq(): Promise<number>;
  /** Oldest first. */
  deadLetters(limit: number): Promise<readonly DeadLetter[]>;
  inbox(scope: string, id: string): Promise<InboxRecord | undefined>;
  interactions(): Promise<readonly { readonly interactionid: string; readonly sessionid: string }[]>;
  callback(id: string): Promise<CallbackRecord | undefined>;
  /** Records that have all of these, oldest first: as many as there are. */
  callbacks(query: { readonly service?: string; readonly state?: CallbackState }): Promise<readonly CallbackRecord[]>;
  /** By desired time, then id. */
  findCallbacks(query: CallbackQuery): Promise<readonly CallbackRecord[]>;
  countCallbacks(query: CallbackCount): Promise<number>;
  /** How many live callbacks of the service are wanted in each bucket of `bucketMs` from the epoch on, by when it begins. */
  booked(query: BookedQuery): Promise<ReadonlyMap<number, number>>;
  /** All of them. */
  listItems(): Promise<readonly ListItem[]>;
  counts(now: number): Promise<StoreCounts>;
  /** Called after each committed change of a callback record, with the record as it is now. */
  onCallback(listener: (record: CallbackRecord) => void): void;
  /** Waits for what was called before; nothing may be asked after. */
  close(): Promise<void>;
}
