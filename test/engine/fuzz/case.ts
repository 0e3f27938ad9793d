/** A document on which engine and oracle are held to a clause: `cases.ts` and, of sessions that invoke others, `invoked.ts`. */
import type { Move } from './sketch.js';

export interface Case {
  readonly clause: string;
  readonly text: string;
  readonly moves: readonly Move[];
  /** What all sessions tell; children are numbered in the order in which they were invoked. */
  readonly told: Readonly<Record<string, readonly string[]>>;
}

export const document = (content: string): string =>
  `<scxml xmlns="http://www.w3.org/2005/07/scxml" version="1.0" datamodel="ecmascript">${content}</scxml>`;
