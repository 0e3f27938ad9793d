/**
 * Sessions, as everything else of the server sees them: routes, modules and callback services start, feed and ask sessions
 * through this and nothing else. `host.ts` is the one implementation.
 */
import type { Data } from '../../engine/event.js';
import type { Reply, SessionStatus, Write } from '../store/port.js';

export type { Reply, SessionStatus };

export interface StartRequest {
  /** As the client wrote it: a name under strategies/, a file: or an http(s): URL. */
  readonly src: string;
  /** Values for the document's top-level `<data>` of the same id. */
  readonly params: Readonly<Record<string, Data | undefined>>;
  /** The session that starts it, and hears of its end. */
  readonly starter?: string | undefined;
  /** Not before this, in milliseconds since the epoch; for none that executes a callback. */
  readonly idealtime?: number | undefined;
  /** The callback record that this session executes, if it does. */
  readonly callback?: string | undefined;
  /** The interaction that it is started for, and which is its own from its first step on. */
  readonly interaction?: string | undefined;
  /** Written with its first step. */
  readonly writes?: readonly Write[];
}

export interface IncomingEvent {
  readonly name: string;
  readonly data?: Data | undefined;
}

export interface SessionView {
  readonly sessionid: string;
  /** Where the document came from. */
  readonly uri: string;
  /** `scheduled`: it has not begun; `startedAt` is when it will. */
  readonly status: SessionStatus | 'scheduled';
  /** Ids of the active atomic states. */
  readonly configuration: readonly string[];
  /** The session's variables, a copy. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Number of steps taken. */
  readonly version: number;
  readonly startedAt: number;
}

/**
 * Every method rejects with a Problem (`../problems.ts`) that says what, where and what to do. `id`: the client's own for this
 * request; when it comes again nothing is done twice, the answer is the same, and `onRepeat` is called before it.
 */
export interface Sessions {
  /** Resolves with the session id (32 characters 0-9A-Z) when the first step is saved, or that it is to start at its time. */
  start(request: StartRequest, id?: string, onRepeat?: () => void): Promise<string>;
  /** Resolves when the step that took the event is saved. */
  deliver(sessionid: string, event: IncomingEvent, id?: string, onRepeat?: () => void): Promise<void>;
  /** Delivers the event with a `sendid` and waits for the strategy's `<ws:response>` to it. */
  request(
    sessionid: string,
    event: IncomingEvent,
    timeoutMs: number,
    id?: string,
    onRepeat?: () => void,
  ): Promise<Reply>;
  query(sessionid: string): Promise<SessionView>;
  /** The session exits its states and ends, as after `<session:terminate>`. */
  terminate(sessionid: string): Promise<void>;
}
