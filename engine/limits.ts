/** What a document and a session may use at most. Every limit ends in an error that names it. */
export interface Limits {
  /** Microsteps in one macrostep. */
  readonly microsteps: number;
  /** Characters of a document. */
  readonly document: number;
  /** Loop turns and calls in one step, in the trusted kernel. */
  readonly fuel: number;
  /** Characters that the data of a session have when they are saved; each value counts for 16 at least. */
  readonly state: number;
}

export const defaultLimits: Limits = {
  microsteps: 10_000,
  document: 8 * 1024 * 1024,
  fuel: 1_000_000,
  state: 1024 * 1024,
};

/** What the isolated kernel allows the documents of one author, which share a sandbox. */
export interface KernelLimits {
  /** MiB of memory of a sandbox; more than 20. */
  readonly memory: number;
  /** KiB of a source's stack. */
  readonly stack: number;
  /** Milliseconds that one evaluation may take. */
  readonly evaluation: number;
  /** Milliseconds that the evaluations of one step may take together. */
  readonly step: number;
  /** The part of the memory (beyond the first 16 MiB) that may have been in use before a fresh sandbox takes over. */
  readonly full: number;
  /** Authors whose sandboxes stay open; the one that rested longest is closed for another. */
  readonly domains: number;
  /** Sandboxes that are kept ready: opening one takes time, and a step does not wait. */
  readonly spares: number;
}

export const defaultKernelLimits: KernelLimits = {
  memory: 64,
  stack: 128,
  evaluation: 50,
  step: 250,
  full: 0.6,
  domains: 16,
  spares: 2,
};

/** A session that ran past a limit: it cannot go on. */
export class LimitError extends Error {
  override readonly name = 'LimitError';
}

export const stateTooLarge = (state: number): LimitError =>
  new LimitError(`the data of the session have more than ${state} characters when they are saved: the limit "state"`);
