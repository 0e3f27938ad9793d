/**
 * What is kept: sessions and callback records. One step of a session is one `commit`: its state and the changes it makes to a
 * callback record are written together or not at all, before anybody is answered and before any effect is performed.
 */
import type { SavedSession } from '../../engine/step/save.js';
import type { Data } from '../../engine/event.js';
import type { SessionStatus } from '../host/port.js';

export interface SessionRecord {
  readonly sessionid: string;
  readonly uri: string;
  /** Which document, exactly: the hash of its text. */
  readonly document: string;
  /** Number of steps taken; effect keys are `sessionid/version/index`. */
  readonly version: number;
  readonly status: SessionStatus;
  readonly startedAt: number;
  readonly callback: string | undefined;
  readonly configuration: readonly string[];
  readonly state: SavedSession;
}

/** The guide, "Understanding Callback States". */
export const callbackStates = ['SCHEDULED', 'QUEUED', 'ROUTING', 'PROCESSING', 'PAUSED', 'COMPLETED'] as const;
export type CallbackState = (typeof callbackStates)[number];

export interface CallbackRecord {
  readonly id: string;
  readonly service: string;
  readonly state: CallbackState;
  readonly reason: string | undefined;
  readonly customerNumber: string | undefined;
  /** Milliseconds since the epoch, as all times here. */
  readonly desiredTime: number;
  readonly createdAt: number;
  readonly expirationTime: number;
  readonly sessionid: string | undefined;
  /** Everything else that the request brought: options (with `_`) and user data. */
  readonly properties: Readonly<Record<string, Data>>;
  /** Each change of state, oldest first. */
  readonly history: readonly { readonly at: number; readonly state: CallbackState; readonly reason?: string }[];
}

/** A change to a record. A COMPLETED record does not change any more: such an update is dropped. */
export interface CallbackUpdate {
  readonly at: number;
  readonly state?: CallbackState;
  readonly reason?: string;
  readonly sessionid?: string;
  readonly properties?: Readonly<Record<string, Data>>;
}

export type Write =
  | { readonly kind: 'session'; readonly record: SessionRecord }
  | { readonly kind: 'callback'; readonly record: CallbackRecord }
  | { readonly kind: 'callback.update'; readonly id: string; readonly update: CallbackUpdate };

export interface Store {
  /** All or nothing; resolves when it is safe. Writes take effect in the order of the calls. */
  commit(writes: readonly Write[]): Promise<void>;
  session(sessionid: string): Promise<SessionRecord | undefined>;
  callback(id: string): Promise<CallbackRecord | undefined>;
  /** Records of a customer number (any service when undefined), oldest first. */
  callbacks(query: { readonly service?: string; readonly customerNumber?: string }): Promise<readonly CallbackRecord[]>;
  /** Called after each committed change of a callback record, with the record as it is now. */
  onCallback(listener: (record: CallbackRecord) => void): void;
}
