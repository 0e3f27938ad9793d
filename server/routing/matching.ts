/**
 * Who is served next, and by whom. The rule: the first request in order that some free agent may serve gets the one of them who
 * rested longest; then the next.
 *
 * 1. Between two commands nobody waits whom a free agent could serve. So only seats that were freed, and requests that came to the
 *    line or may be offered again (`dirty`), have to be looked at.
 */
import type { Floor } from './floor.js';
import { before } from './order.js';
import type { Pool, Ticket } from './pool.js';
import type { Seat } from './seat.js';

export interface Match {
  readonly ticket: Ticket;
  readonly pool: Pool;
  readonly seat: Seat;
}

/** Requests that are looked at one by one; of more of them the free agents are. */
const FEW = 32;

export const nextMatch = (floor: Floor, dirty: Set<Ticket>, now: number): Match | undefined => {
  if (dirty.size > FEW) freeFor(floor, dirty);
  const first = firstOf(dirty, firstOfFreed(floor, now), now);
  const found = first && longestIdle(first, now);
  return found && { ticket: first, ...found };
};

const firstOfFreed = (floor: Floor, now: number): Ticket | undefined => {
  let first: Ticket | undefined;
  for (const seat of floor.freed) {
    const ticket = firstFor(seat, floor, first, now);
    if (ticket) first = ticket;
    else if (!first) floor.freed.delete(seat);
  }
  return first;
};

/** The first of them that somebody free may serve, if it comes before `best`. */
const firstOf = (dirty: Set<Ticket>, best: Ticket | undefined, now: number): Ticket | undefined => {
  let first = best;
  for (const ticket of dirty) {
    if (!ticket.inLine) dirty.delete(ticket);
    else if ((!first || before(ticket, first)) && longestIdle(ticket, now)) first = ticket;
  }
  return first;
};

/** As long as they are many, those who could serve them are looked at. (1) */
const freeFor = (floor: Floor, dirty: Set<Ticket>): void => {
  const pools = new Set<Pool>();
  for (const { pools: own } of dirty) for (const pool of own) pools.add(pool);
  for (const { free } of pools) for (const seat of free) floor.freed.add(seat);
  dirty.clear();
};

/** The first in line that the seat may serve, if it comes before `best`. */
const firstFor = (seat: Seat, floor: Floor, best: Ticket | undefined, now: number): Ticket | undefined => {
  let found: Ticket | undefined;
  for (const { media, line } of floor.poolsOf(seat)) {
    if (line.size === 0 || !seat.isFree(media, now)) continue;
    for (const ticket of line) {
      const least = found ?? best;
      if (least && !before(ticket, least)) break;
      if (!isOfferable(ticket, seat, now)) continue;
      found = ticket;
      break;
    }
  }
  return found;
};

/** The free agent of the request's pools who rested longest; of equals the first pool's, and there the first configured. */
const longestIdle = (ticket: Ticket, now: number): Omit<Match, 'ticket'> | undefined => {
  let best: Omit<Match, 'ticket'> | undefined;
  for (const pool of ticket.pools) {
    for (const seat of pool.free) {
      if (best && seat.sinceMs >= best.seat.sinceMs) break;
      if (!isOfferable(ticket, seat, now)) continue;
      best = { pool, seat };
      break;
    }
  }
  return best;
};

/**
 * An agent that declined a request is passed over for a while in any case, and then for as long as another agent is at
 * work who has not declined it, even if that one is on a call now.
 */
const isOfferable = (ticket: Ticket, { agent }: Seat, now: number): boolean => {
  if (ticket.excluded.has(agent.id)) return false;
  const until = ticket.declined.get(agent.id);
  if (until === undefined) return true;
  return now >= until && !ticket.pools.some(({ members }) => members.some((other) => mayStillTake(ticket, other)));
};

const mayStillTake = ({ declined, excluded }: Ticket, { agent, isAtWork }: Seat): boolean =>
  isAtWork && !declined.has(agent.id) && !excluded.has(agent.id);
