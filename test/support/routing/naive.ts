/**
 * A second router, written for being right and not for being fast: it looks at everybody after every command. `core.test.ts` holds
 * the real one to it. State and command in, state and decisions out; agents and groups as targets, all at once.
 *
 * 1. A request ends exactly once; then it is forgotten, and a reservation names at most one live request.
 * 2. A free agent goes to the first ticket in order that it may be offered; nobody is overtaken otherwise (`ticket.ts`).
 * 3. What is due (expired reservations, requests that waited too long) happens before the command; matching after it.
 *    So after a command nobody waits whom a free agent could serve.
 */
import type {
  Agent,
  Ended,
  OfferOutcome,
  PhoneState,
  RoutingEvent,
  Selected,
  SubmitRequest,
} from '../../../server/routing/port.js';
import { isFree, longestIdle, rosterOf, withSeat, type Roster, type Seat } from './roster.js';
import { resolveTargets } from './target.js';
import { insert, type Ticket } from './ticket.js';

export interface RouterOptions {
  /** For requests that do not say: `_agent_reserve_timeout` of the callback options. */
  readonly reserveMs: number;
  /** An agent that declined a request is not offered it again before this has passed. */
  readonly reofferMs: number;
}

export interface RouterState {
  readonly options: RouterOptions;
  readonly roster: Roster;
  /** Every live request, in the order of service. */
  readonly tickets: readonly Ticket[];
  readonly arrivals: number;
}

export type Command =
  | { readonly type: 'submit'; readonly request: SubmitRequest }
  | { readonly type: 'cancel'; readonly id: string }
  | { readonly type: 'confirm'; readonly reservation: string; readonly outcome: OfferOutcome }
  | { readonly type: 'report'; readonly agent: string; readonly state: PhoneState }
  | { readonly type: 'time' };

export interface Decided {
  readonly state: RouterState;
  readonly decisions: readonly RoutingEvent[];
  /** False when the command named something that is not there (any more), or that was there already. */
  readonly done: boolean;
}

interface Draft {
  state: RouterState;
  readonly decisions: RoutingEvent[];
  readonly now: number;
}

export function routerOf(agents: readonly Agent[], options: RouterOptions): RouterState {
  return { options, roster: rosterOf(agents), tickets: [], arrivals: 0 };
}

export function decide(state: RouterState, command: Command, now: number): Decided {
  const draft: Draft = { state, decisions: [], now };
  passTime(draft);
  const done = obey(draft, command);
  match(draft);
  return { state: draft.state, decisions: draft.decisions, done };
}

/** The next time at which something happens by itself; undefined if nothing will. */
export function nextDue(state: RouterState, now: number): number | undefined {
  const times = [...state.roster.values()].flatMap((seat) =>
    isOffered(seat) ? [] : (seat.reservation?.untilMs ?? []),
  );
  for (const ticket of state.tickets) {
    if (ticket.selected) continue;
    times.push(ticket.deadlineMs, ...[...ticket.declined.values()].filter((until) => until > now));
  }
  const next = times.reduce((least, time) => Math.min(least, time), Infinity);
  return next === Infinity ? undefined : next;
}

function obey(draft: Draft, command: Command): boolean {
  switch (command.type) {
    case 'submit':
      return submit(draft, command.request);
    case 'cancel':
      return cancel(draft, command.id);
    case 'confirm':
      return confirm(draft, command.reservation, command.outcome);
    case 'report':
      return report(draft, command.agent, command.state);
    case 'time':
      return true;
  }
}

function submit(draft: Draft, request: SubmitRequest): boolean {
  const { state, now } = draft;
  if (ticketOf(state, request.id)) return false;
  const resolved = resolveTargets(
    request.targets as readonly string[],
    [...state.roster.values()].map((seat) => seat.agent),
  );
  if ('problem' in resolved) {
    draft.decisions.push({ at: now, id: request.id, type: 'ended', why: 'bad-target', text: resolved.problem });
    return true;
  }
  const ticket: Ticket = {
    request,
    eligible: resolved.eligible,
    priority: request.priority ?? 0,
    ageStartMs: request.ageStartMs ?? now,
    deadlineMs: now + (request.timeoutMs ?? Infinity),
    arrival: state.arrivals,
    offers: 0,
    declined: new Map(),
    selected: undefined,
  };
  draft.state = { ...state, tickets: insert(state.tickets, ticket), arrivals: state.arrivals + 1 };
  return true;
}

function cancel(draft: Draft, id: string): boolean {
  const ticket = ticketOf(draft.state, id);
  if (!ticket) return false;
  const seat = ticket.selected && draft.state.roster.get(ticket.selected.agent ?? '');
  if (seat) setSeat(draft, { ...seat, reservation: undefined });
  end(draft, ticket, { why: 'cancelled' });
  return true;
}

function confirm(draft: Draft, reservation: string, outcome: OfferOutcome): boolean {
  const ticket = draft.state.tickets.find((one) => one.selected?.reservation === reservation);
  const seat = ticket?.selected && draft.state.roster.get(ticket.selected.agent ?? '');
  if (!ticket || !seat?.reservation) return false;
  if (outcome === 'accepted') {
    const onItsWay = seat.phone === 'Ready' && !seat.reached;
    setSeat(draft, { ...seat, reservation: onItsWay ? { ...seat.reservation, request: undefined } : undefined });
    end(draft, ticket, { why: 'accepted' });
    return true;
  }
  const declined = new Map(ticket.declined).set(seat.agent.id, draft.now + draft.state.options.reofferMs);
  setSeat(draft, { ...seat, reservation: undefined });
  setTicket(draft, { ...ticket, declined, selected: undefined });
  // It may have waited too long while it was offered.
  passTime(draft);
  return true;
}

function report(draft: Draft, agent: string, phone: PhoneState): boolean {
  const seat = draft.state.roster.get(agent);
  if (!seat || seat.phone === phone) return false;
  setSeat(draft, { ...seat, phone, sinceMs: draft.now, reached: true, reservation: reservationAfter(seat, draft) });
  return true;
}

/** It ends when an accepted call arrives. When an offered one stops ringing, there is time again to confirm how that went. */
function reservationAfter(seat: Seat, { now, state }: Draft): Seat['reservation'] {
  if (seat.reservation?.request === undefined) return undefined;
  if (!isOffered(seat)) return seat.reservation;
  return { ...seat.reservation, untilMs: Math.max(seat.reservation.untilMs, now + state.options.reserveMs) };
}

function passTime(draft: Draft): void {
  const { now } = draft;
  for (const seat of draft.state.roster.values()) {
    if (!seat.reservation || now < seat.reservation.untilMs || isOffered(seat)) continue;
    setSeat(draft, { ...seat, reservation: undefined });
    const ticket = seat.reservation.request === undefined ? undefined : ticketOf(draft.state, seat.reservation.request);
    if (ticket) end(draft, ticket, { why: 'expired' });
  }
  for (const ticket of draft.state.tickets) {
    if (!ticket.selected && now >= ticket.deadlineMs) end(draft, ticket, { why: 'timeout' });
  }
}

/** The call rings at the agent's phone: whoever sent it there will confirm how that ends. */
function isOffered({ phone, reached }: Seat): boolean {
  return phone === 'Ringing' && reached;
}

function match(draft: Draft): void {
  let free = [...draft.state.roster.values()].filter(isFree).length;
  for (const ticket of draft.state.tickets) {
    if (free === 0) return;
    const found = ticket.selected ? undefined : longestIdle(draft.state.roster, ticket, draft.now);
    if (!found) continue;
    offer(draft, ticket, found);
    free -= 1;
  }
}

function offer(draft: Draft, ticket: Ticket, { seat, by }: NonNullable<ReturnType<typeof longestIdle>>): void {
  const { request } = ticket;
  const offers = ticket.offers + 1;
  const untilMs = draft.now + (request.reserveMs ?? draft.state.options.reserveMs);
  const selected: Selected = {
    reservation: `${request.id}#${offers}`,
    agent: seat.agent.id,
    dn: seat.agent.dn,
    place: seat.agent.place,
    switch: seat.agent.switch,
    target: by.target,
    type: by.type,
    vq: request.vq,
    media: 'voice',
    priority: ticket.priority,
    waitedMs: draft.now - ticket.ageStartMs,
    untilMs,
  };
  setSeat(draft, { ...seat, reached: false, reservation: { id: selected.reservation, request: request.id, untilMs } });
  setTicket(draft, { ...ticket, offers, selected });
  draft.decisions.push({ at: draft.now, id: request.id, type: 'selected', selected });
}

function end(draft: Draft, ticket: Ticket, ended: Exclude<Ended, { why: 'bad-target' }>): void {
  const tickets = draft.state.tickets.filter((other) => other.request.id !== ticket.request.id);
  draft.state = { ...draft.state, tickets };
  draft.decisions.push({ at: draft.now, id: ticket.request.id, type: 'ended', ...ended });
}

function ticketOf(state: RouterState, id: string): Ticket | undefined {
  return state.tickets.find((ticket) => ticket.request.id === id);
}

function setTicket(draft: Draft, ticket: Ticket): void {
  const tickets = draft.state.tickets.map((other) => (other.request.id === ticket.request.id ? ticket : other));
  draft.state = { ...draft.state, tickets };
}

function setSeat(draft: Draft, seat: Seat): void {
  draft.state = { ...draft.state, roster: withSeat(draft.state.roster, seat) };
}
