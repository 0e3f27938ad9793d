/**
 * A request that is live, and the order in which live requests are served. Neighbours: `router.ts` moves tickets,
 * `port.ts` has the request itself.
 */
import type { Selected, SubmitRequest } from '../../../server/routing/port.js';
import type { Eligible } from './target.js';

export interface Ticket {
  readonly request: SubmitRequest;
  readonly eligible: readonly Eligible[];
  readonly priority: number;
  /** Age counts from here; the place in the order depends on it. */
  readonly ageStartMs: number;
  /** Waiting ends at this time; Infinity for never. */
  readonly deadlineMs: number;
  /** Order of arrival, for requests of the same priority and age. */
  readonly arrival: number;
  /** Offers made so far. */
  readonly offers: number;
  /** Agent -> time until which it is not offered this request again in any case. */
  readonly declined: ReadonlyMap<string, number>;
  /** undefined while waiting. */
  readonly selected: Selected | undefined;
}

/** Higher priority, then greater age, then earlier arrival. A ticket that comes back takes its old place by this. */
function before(a: Ticket, b: Ticket): number {
  return b.priority - a.priority || a.ageStartMs - b.ageStartMs || a.arrival - b.arrival;
}

export function insert(tickets: readonly Ticket[], ticket: Ticket): readonly Ticket[] {
  const at = tickets.findIndex((other) => before(ticket, other) < 0);
  return at < 0 ? [...tickets, ticket] : tickets.toSpliced(at, 0, ticket);
}

export function waitingIn(tickets: readonly Ticket[], vq: string): readonly Ticket[] {
  return tickets.filter((ticket) => !ticket.selected && ticket.request.vq === vq);
}
