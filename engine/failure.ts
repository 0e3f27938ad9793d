/** Guest errors with a place: how executable content fails. The step turns them into error events. */
import { ExpressionError } from './datamodel/datamodel.js';
import type { Position } from './position.js';

/** Where in the document something runs. */
export interface Place {
  readonly element: string;
  readonly at: Position;
}

/** Executable content that could not be carried out: becomes an error event and ends its block. SCXML 4.9, 5.10.2 */
export class ContentError extends Error {
  override readonly name = 'ContentError';
  constructor(
    message: string,
    readonly place: Place,
    readonly event: 'error.execution' | 'error.communication' = 'error.execution',
    readonly sendid?: string,
    /** What ORS calls it: `error.` and this. */
    readonly fault?: string,
  ) {
    super(message);
  }
}

/** What a `src` names could not be had. */
export class FetchError extends ContentError {
  constructor(
    readonly target: string,
    message: string,
    place: Place,
  ) {
    super(message, place);
  }
}

/** A guest error with the place of the element that ran it; other errors stay what they are. */
export const located = (error: unknown, place: Place, sendid?: string, fault?: string): unknown =>
  error instanceof ExpressionError ? new ContentError(error.message, place, 'error.execution', sendid, fault) : error;
