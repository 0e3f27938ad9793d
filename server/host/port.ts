/**
 * Sessions, as everything else of the server sees them: routes, modules and callback services start, feed and ask sessions
 * through this and nothing else. `host.ts` is the one implementation.
 */
import type { Data } from '../../engine/event.js';

export interface StartRequest {
  /** As the client wrote it: a name under strategies/, a file: or an http(s): URL. */
  readonly src: string;
  /** Values for the document's top-level `<data>` of the same id. */
  readonly params: Readonly<Record<string, Data | undefined>>;
  /** The callback record that this session executes, if it does. */
  readonly callback?: string | undefined;
}

export interface IncomingEvent {
  readonly name: string;
  readonly data?: Data | undefined;
}

/** What `<ws:response>` answered. */
export interface Reply {
  readonly type: 'positive' | 'negative';
  readonly resultcode: string | undefined;
  readonly params: Readonly<Record<string, Data | undefined>>;
}

export type SessionStatus = 'active' | 'done' | 'error';

export interface SessionView {
  readonly sessionid: string;
  /** Where the document came from. */
  readonly uri: string;
  readonly status: SessionStatus;
  /** Ids of the active atomic states. */
  readonly configuration: readonly string[];
  /** The session's variables, a copy. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Number of steps taken. */
  readonly version: number;
  readonly startedAt: number;
}

/** Every method rejects with a Problem (`../problems.ts`) that says what, where and what to do. */
export interface Sessions {
  /** Resolves with the session id (32 characters 0-9A-Z) when the first step is saved. */
  start(request: StartRequest): Promise<string>;
  /** Resolves when the step that took the event is saved. */
  deliver(sessionid: string, event: IncomingEvent): Promise<void>;
  /** Delivers the event with a `sendid` and waits for the strategy's `<ws:response>` to it. */
  request(sessionid: string, event: IncomingEvent, timeoutMs: number): Promise<Reply>;
  query(sessionid: string): Promise<SessionView>;
  /** The session exits its states and ends, as after `<session:terminate>`. */
  terminate(sessionid: string): Promise<void>;
}
