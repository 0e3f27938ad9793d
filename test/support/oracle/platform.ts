/** What executable content sees of the session that runs it, and what Appendix D leaves to the platform (`world.ts`). */
import type { Invoke } from '../../../engine/document.js';
import type { Evaluator } from './evaluator.js';
import type { OracleEvent } from './event.js';

export interface Birth {
  readonly sessionid: string;
  /** Of an invoked session. */
  readonly invokeid?: string | undefined;
  readonly params?: Invocation['params'];
}

export interface Executing {
  readonly sessionid: string;
  readonly birth: Birth;
  readonly datamodel: Evaluator;
  readonly internalQueue: OracleEvent[];
  /** The invocations that are under way, and their ids. */
  readonly invoked: Map<Invoke, string>;
  readonly outside: Outside;
  /** What fails becomes an event. SCXML 5.10.2 */
  attempt(act: () => void): void;
  test(cond: string): boolean;
  trace(entry: string): void;
  newId(prefix: string): string;
}

export interface Invocation {
  readonly invokeid: string;
  readonly src: string | undefined;
  readonly content: string | undefined;
  /** Expressions without free names, as `OracleEvent.data`. */
  readonly params: Readonly<Record<string, string>>;
}

type From = Pick<Executing, 'sessionid'>;

export interface Outside {
  now(): number;
  trace(from: From, entry: string): void;
  resource(src: string): string | undefined;
  reaches(sessionid: string): boolean;
  send(from: From, target: string | undefined, event: OracleEvent, delay: number): void;
  cancel(from: From, sendid: string): void;
  invoke(from: From, invocation: Invocation): void;
  cancelInvoke(from: From, invokeid: string): void;
  forward(from: From, invokeid: string, event: OracleEvent): void;
  done(from: From): void;
}
