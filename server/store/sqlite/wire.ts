/**
 * What goes between the main thread and the writer's. Commits are flat lists of strings and numbers, which are cheap to post:
 * each write is the number of its statement and then the statement's values. `encode.ts` writes them, `statements.ts` reads.
 */
import type { CallbackRow } from '../rows/callback.js';
import type { OutboxRow } from '../rows/outbox.js';

export type Value = string | number | null;

/** How many values each kind of statement has. */
export const arities = {
  'session.begin': 14,
  'session.step': 12,
  'session.over': 14,
  'session.forget': 1,
  document: 5,
  outbox: 7,
  'outbox.retry': 3,
  'outbox.dead': 3,
  'outbox.revive': 2,
  'outbox.done': 1,
  'outbox.unsend': 2,
  'outbox.end': 1,
  inbox: 6,
  'inbox.answer': 2,
  'inbox.prune': 1,
  interaction: 2,
  'interaction.gone': 1,
  list: 4,
  callback: 11,
  'callback.update': 2,
  'callback.forget': 1,
} as const;

export type Kind = keyof typeof arities;

export const kinds = Object.keys(arities) as readonly Kind[];
export const codes = Object.fromEntries(kinds.map((kind, code) => [kind, code])) as Readonly<Record<Kind, number>>;

/** What is read in order with the commits: entries behind (due, seq) up to a time, so many; or the last seq. */
export type Query =
  | { readonly what: 'due'; readonly due: number; readonly seq: number; readonly until: number; readonly limit: number }
  | { readonly what: 'lastSeq' };

export interface Batch {
  readonly values: readonly Value[];
  /** Where in `values` each commit ends. */
  readonly ends: readonly number[];
  /** Answered when the commits are written. */
  readonly queries: readonly Query[];
}

export interface Failure {
  /** StoreUnavailable, or else a refusal. */
  readonly unavailable: boolean;
  readonly message: string;
}

export type Answer = readonly OutboxRow[] | number | Failure;

/** What became of batches that were written together; commits and queries are counted through all of them. */
export interface Outcome {
  readonly batches: number;
  /** By the number of the commit. */
  readonly failures: ReadonlyMap<number, Failure>;
  /** Callback records as the commit of this number left them. */
  readonly changed: readonly (readonly [commit: number, row: CallbackRow])[];
  readonly answers: readonly Answer[];
}

/** What the thread is started with. */
export interface Work {
  readonly file: string;
  /** The process kills itself within this transaction, counted from 1. */
  readonly diesIn: number | undefined;
}

/** The end of the work: what is in the log goes into the database, and both are closed. */
export type ToWriter = Batch | 'close';
/** The first message says that the database is open, or why it is not. */
export type FromWriter = 'open' | 'closed' | Failure | Outcome;
