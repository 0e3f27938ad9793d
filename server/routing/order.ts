/** The order in which live requests are served, and what a request is while it lives. `core.ts` changes it. */
import type { Selected, SubmitRequest } from './port.js';
import type { Pool } from './pool.js';

export interface Ticket {
  readonly request: SubmitRequest;
  /** Those it waits for, in the order in which they were named. */
  pools: readonly Pool[];
  /** As it is now; it may grow with time. The place in every line depends on it. */
  priority: number;
  /** Age counts from here. */
  readonly ageStartMs: number;
  readonly submittedMs: number;
  /** Waiting ends at this time; Infinity for never. */
  readonly deadlineMs: number;
  /** Order of arrival, for requests of the same priority and age. */
  readonly arrival: number;
  /** It has a place in its virtual queue: it is not offered to anybody. */
  waits: boolean;
  /** It waits, and is neither held nor paused: somebody may get it. */
  inLine: boolean;
  /** It keeps its place and is offered to nobody, until then. */
  heldUntilMs: number;
  /** Offers made so far. */
  offers: number;
  /** Agent -> time until which it is not offered this request again in any case. */
  readonly declined: Map<string, number>;
  excluded: ReadonlySet<string>;
  /** undefined while waiting. */
  selected: Selected | undefined;
  /** Its time to dial has been told. */
  told: boolean;
}

/** Higher priority, then greater age, then earlier arrival. A ticket that comes back takes its old place by this. */
export const before = (a: Ticket, b: Ticket): boolean =>
  a.priority === b.priority
    ? a.ageStartMs === b.ageStartMs
      ? a.arrival < b.arrival
      : a.ageStartMs < b.ageStartMs
    : a.priority > b.priority;

/** The guide, "How to set your Virtual Queue Priority": base + increment x floor((now - start) / interval). */
export const priorityAt = ({ priority = 0, increment }: SubmitRequest, ageStartMs: number, now: number): number =>
  increment ? priority + increment.by * Math.max(0, Math.floor((now - ageStartMs) / increment.everyMs)) : priority;

/** When the priority grows next; Infinity when it does not. */
export const nextGrowth = ({ increment }: SubmitRequest, ageStartMs: number, now: number): number =>
  increment
    ? ageStartMs + increment.everyMs * Math.max(1, Math.floor((now - ageStartMs) / increment.everyMs) + 1)
    : Infinity;
