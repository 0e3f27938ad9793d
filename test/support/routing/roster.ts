/**
 * The agents as routing knows them: phone state, reservation, and who may be offered a request. `router.ts` changes them.
 *
 * 1. A reservation is a field of its agent, so an agent can never be in two.
 * 2. Only an agent whose phone is Ready and who is not reserved can be selected.
 */
import type { Agent, PhoneState } from '../../../server/routing/port.js';
import type { Eligible } from './target.js';
import type { Ticket } from './ticket.js';

interface Reservation {
  readonly id: string;
  /** The request it is for; undefined once accepted, while the call is on its way to the agent's phone. */
  readonly request: string | undefined;
  readonly untilMs: number;
}

export interface Seat {
  readonly agent: Agent;
  readonly phone: PhoneState;
  /** Since when the phone is in this state: the longest idle agent is offered first. */
  readonly sinceMs: number;
  /** The phone has left Ready since the reservation was made: the call has reached it. */
  readonly reached: boolean;
  readonly reservation: Reservation | undefined;
}

/** By agent id, in the order of configuration. */
export type Roster = ReadonlyMap<string, Seat>;

export function rosterOf(agents: readonly Agent[]): Roster {
  return new Map(
    agents.map((agent) => [
      agent.id,
      { agent, phone: 'LoggedOut', sinceMs: -Infinity, reached: false, reservation: undefined },
    ]),
  );
}

export function withSeat(roster: Roster, seat: Seat): Roster {
  return new Map(roster).set(seat.agent.id, seat);
}

export function isFree(seat: Seat): boolean {
  return seat.phone === 'Ready' && !seat.reservation;
}

/** The eligible agent that is free the longest and may be offered this ticket now; of equals the first configured. */
export function longestIdle(roster: Roster, ticket: Ticket, now: number): { seat: Seat; by: Eligible } | undefined {
  let best: { seat: Seat; by: Eligible } | undefined;
  for (const by of ticket.eligible) {
    const seat = roster.get(by.agent);
    if (!seat || !isFree(seat) || isPassedOver(roster, ticket, by.agent, now)) continue;
    if (!best || seat.sinceMs < best.seat.sinceMs) best = { seat, by };
  }
  return best;
}

/**
 * An agent that declined a request is passed over for a while in any case, and then for as long as another agent is at
 * work who has not declined it, even if that one is on a call now.
 */
function isPassedOver(roster: Roster, ticket: Ticket, agent: string, now: number): boolean {
  const until = ticket.declined.get(agent);
  if (until === undefined) return false;
  return (
    now < until || ticket.eligible.some((other) => !ticket.declined.has(other.agent) && atWork(roster, other.agent))
  );
}

function atWork(roster: Roster, agent: string): boolean {
  const phone = roster.get(agent)?.phone ?? 'LoggedOut';
  return phone !== 'LoggedOut' && phone !== 'NotReady';
}
