/** The order in which live requests are served, and how a priority grows with the age of a request. */
import type { SubmitRequest } from './port.js';

/** What the place in a line depends on. */
export interface Place {
  /** As it is now; it may grow with time. */
  readonly priority: number;
  /** Age counts from here. */
  readonly ageStartMs: number;
  /** Order of arrival, for requests of the same priority and age. */
  readonly arrival: number;
}

/** Higher priority, then greater age, then earlier arrival. A ticket that comes back takes its old place by this. */
export const before = (a: Place, b: Place): boolean =>
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
