/**
 * What the dialects do differently when a document runs: `standard.ts` is SCXML 1.0, `ors.ts` ORS. A chart has the one of its document;
 * `step/` and `compile/` ask it. How a document is read is `parse/dialect.ts`'s.
 */
import type { SendEffect } from '../effect.js';
import type { Data, ScxmlEvent } from '../event.js';
import type { ContentError } from '../failure.js';

/** A send with an id that may still be cancelled: ORS says what became of a `<cancel>`. */
export interface Pending {
  readonly sendid: string;
  /** When it leaves for somebody else (ms since the epoch); undefined for one to the session itself, which hears of it. */
  readonly due?: number;
}

/** What of a session the dialects need. */
export interface Speaking {
  readonly input: { readonly sessionid: string; readonly invokeid?: string | undefined };
  readonly chart: { readonly uri: string };
  readonly now: number;
  pending: readonly Pending[];
}

export interface Semantics {
  /** Parameters give their value to `<data>` of states, too, and not of the document alone. */
  readonly paramsEverywhere: boolean;
  /** A script that assigns to an undeclared variable makes it. */
  readonly makesVariables: boolean;
  /** Only actions of modules that take others may hold them. */
  readonly refusesNestedActions: boolean;
  failed(error: ContentError, session: Speaking): ScxmlEvent;
  doneState(id: string, params: Data | undefined, session: Speaking): ScxmlEvent;
  /** An event from outside, as the session sees it; undefined when it is not for it any more. */
  received(event: ScxmlEvent, session: Speaking): ScxmlEvent | undefined;
  /** What a session hears that is cancelled, before it exits. */
  cancelling(session: Speaking): ScxmlEvent | undefined;
  /** As the SCXML Event I/O Processor has it. */
  target(target: string): string;
  processor(type: string): string;
  sent(effect: SendEffect, session: Speaking): void;
  /** What the session hears of a `<cancel>`. */
  cancelled(sendid: string, session: Speaking): ScxmlEvent | undefined;
}

/** What the data of an error event say: where it happened, and why. */
export interface ErrorData {
  readonly tagname: string;
  readonly line: number;
  readonly column: number;
  readonly reason: string;
}

export const errorData = ({ place: { element, at }, message }: ContentError): ErrorData => ({
  tagname: element,
  line: at.line,
  column: at.column,
  reason: message,
});
