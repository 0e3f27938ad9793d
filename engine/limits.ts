/** What a document and a session may use at most. Every limit ends in an error that names it. */
export interface Limits {
  /** Microsteps in one macrostep. */
  readonly microsteps: number;
  /** Characters of a document. */
  readonly document: number;
  /** Loop turns and calls in one step, in the trusted kernel. */
  readonly fuel: number;
}

export const defaultLimits: Limits = { microsteps: 10_000, document: 8 * 1024 * 1024, fuel: 1_000_000 };

/** A session that ran past a limit: it cannot go on. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}
