/**
 * Offers: who is selected for whom, how that went, and how requests end. `core.ts` says what happens when.
 *
 * 1. A request ends exactly once; then it is forgotten, and a reservation names at most one live request.
 */
import type { Dues } from './dues.js';
import type { Floor } from './floor.js';
import type { Match } from './matching.js';
import type { Pool, Ticket } from './pool.js';
import { VOICE, type Ended, type OfferOutcome, type RoutingEvent, type Selected } from './port.js';
import type { Queues } from './queues.js';
import type { Requests } from './requests.js';
import type { Reservation, Seat } from './seat.js';

export interface RouterOptions {
  /** For requests that do not say: `_agent_reserve_timeout` of the callback options. */
  readonly reserveMs: number;
  /** An agent that declined a request is not offered it again before this has passed. */
  readonly reofferMs: number;
}

export interface Room {
  readonly floor: Floor;
  readonly queues: Queues;
  readonly requests: Requests;
  readonly dues: Dues;
}

export class Offers {
  /** Reservation -> who it is for. */
  readonly #offered = new Map<string, Ticket>();
  /** Waiting requests that somebody has declined: they may be that agent's again when others leave work. */
  readonly #declined = new Set<Ticket>();

  constructor(
    private readonly room: Room,
    private readonly options: RouterOptions,
    private readonly decide: (event: RoutingEvent) => void,
  ) {}

  get declined(): Iterable<Ticket> {
    return this.#declined;
  }

  /** False when the reservation is over. */
  confirm(reservation: string, outcome: OfferOutcome, now: number): boolean {
    const ticket = this.#offered.get(reservation);
    if (!ticket?.selected) return false;
    if (outcome === 'accepted') this.#accepted(ticket, ticket.selected, now);
    else this.#declinedBy(ticket, ticket.selected, now);
    return true;
  }

  /** Another router of the cluster has that agent until then: the request goes back to its old place, and to others meanwhile. */
  refuse(reservation: string, untilMs: number, now: number): boolean {
    const ticket = this.#offered.get(reservation);
    const seat = ticket?.selected && this.#seatOf(ticket.selected);
    if (!seat) return false;
    this.room.floor.change(seat, now, () => {
      seat.reservation = undefined;
      seat.elsewhereUntilMs = untilMs;
    });
    this.room.dues.add({
      at: untilMs,
      kind: 'other',
      order: seat.index,
      holds: () => seat.elsewhereUntilMs === untilMs,
      happen: (due) => this.room.floor.change(seat, due, () => undefined),
    });
    this.#back(ticket, now);
    return true;
  }

  /** Calls to a queue, route point or DN need nobody to be free. */
  toPlaces(now: number): void {
    for (const ticket of this.room.requests.dirty) {
      const place = ticket.inLine ? ticket.pools.find((pool) => pool.isPlace && isOpen(ticket, pool, now)) : undefined;
      if (place) this.#select(ticket, place, undefined, now);
    }
  }

  offer({ ticket, pool, seat }: Match, now: number): void {
    const selected = this.#select(ticket, pool, seat, now);
    const { reservation: id, untilMs } = selected;
    this.room.floor.change(seat, now, () => {
      seat.reached = false;
      seat.reservation = { id, request: ticket.request.id, untilMs };
    });
    this.#expectEnd(seat, seat.reservation);
  }

  end(ticket: Ticket, ended: Ended, now: number): void {
    if (ticket.selected) this.#offered.delete(ticket.selected.reservation);
    this.#declined.delete(ticket);
    this.room.requests.remove(ticket, now);
    this.decide({ at: now, id: ticket.request.id, type: 'ended', ...ended });
  }

  free(selected: Selected | undefined, now: number): void {
    const seat = selected && this.#seatOf(selected);
    if (seat)
      this.room.floor.change(seat, now, () => {
        seat.reservation = undefined;
      });
  }

  /** It ends when an accepted call arrives. When an offered one stops ringing, there is time again to confirm how that went. */
  reserveAfter(seat: Seat, wasOffered: boolean, now: number): void {
    const { reservation } = seat;
    if (reservation?.request === undefined) seat.reservation = undefined;
    else if (wasOffered && !seat.isOffered) {
      const untilMs = Math.max(reservation.untilMs, now + this.options.reserveMs);
      seat.reservation = { ...reservation, untilMs };
      this.#expectEnd(seat, seat.reservation);
    }
  }

  #accepted(ticket: Ticket, selected: Selected, now: number): void {
    const seat = this.#seatOf(selected);
    if (seat)
      this.room.floor.change(seat, now, () => {
        const isOnItsWay = seat.phone === 'Ready' && !seat.reached;
        seat.reservation = isOnItsWay && seat.reservation ? { ...seat.reservation, request: undefined } : undefined;
      });
    for (const queue of this.room.queues.of(ticket.request)) queue.peg(now - ticket.submittedMs);
    this.end(ticket, { why: 'accepted' }, now);
  }

  #declinedBy(ticket: Ticket, selected: Selected, now: number): void {
    const until = now + this.options.reofferMs;
    this.free(selected, now);
    ticket.declined.set(selected.agent ?? selected.target, until);
    this.#back(ticket, now);
    this.#declined.add(ticket);
    this.room.dues.add({
      at: until,
      kind: 'other',
      order: ticket.arrival,
      holds: () => this.room.requests.isLive(ticket) && ticket.waits,
      happen: () => void this.room.requests.dirty.add(ticket),
    });
  }

  /** At its old place, unless it waited too long while it was offered. */
  #back(ticket: Ticket, now: number): void {
    if (ticket.selected) this.#offered.delete(ticket.selected.reservation);
    ticket.selected = undefined;
    if (now >= ticket.deadlineMs) this.end(ticket, { why: 'timeout' }, now);
    else this.room.requests.enter(ticket, now);
  }

  #select(ticket: Ticket, { target }: Pool, seat: Seat | undefined, now: number): Selected {
    const { request } = ticket;
    this.room.requests.leave(ticket);
    this.#declined.delete(ticket);
    ticket.offers += 1;
    const { id: agent, dn = target.name, place = '', switch: on = '' } = seat?.agent ?? {};
    const selected: Selected = {
      reservation: `${request.id}#${ticket.offers}`,
      agent,
      ...{ dn, place, switch: on },
      target: target.text,
      type: target.type,
      vq: request.vq,
      media: request.media ?? VOICE,
      priority: ticket.priority,
      waitedMs: now - ticket.ageStartMs,
      untilMs: now + (request.reserveMs ?? this.options.reserveMs),
    };
    ticket.selected = selected;
    this.#offered.set(selected.reservation, ticket);
    this.decide({ at: now, id: request.id, type: 'selected', selected });
    if (!seat) this.#expectNoAnswer(ticket, selected);
    return selected;
  }

  #seatOf({ agent, reservation }: Selected): Seat | undefined {
    const seat = agent === undefined ? undefined : this.room.floor.seats.get(agent);
    return seat?.reservation?.id === reservation ? seat : undefined;
  }

  #expectEnd(seat: Seat, reservation: Reservation | undefined): void {
    if (!reservation) return;
    this.room.dues.add({
      at: reservation.untilMs,
      kind: 'reservation',
      order: seat.index,
      holds: () =>
        seat.reservation?.id === reservation.id && seat.reservation.untilMs === reservation.untilMs && !seat.isOffered,
      happen: (now) => {
        const ticket = this.#offered.get(reservation.id);
        this.room.floor.change(seat, now, () => {
          seat.reservation = undefined;
        });
        if (ticket) this.end(ticket, { why: 'expired' }, now);
      },
    });
  }

  #expectNoAnswer(ticket: Ticket, { reservation, untilMs }: Selected): void {
    this.room.dues.add({
      at: untilMs,
      kind: 'reservation',
      order: Infinity,
      holds: () => this.#offered.get(reservation) === ticket,
      happen: (now) => this.end(ticket, { why: 'expired' }, now),
    });
  }
}

const isOpen = ({ declined }: Ticket, { target }: Pool, now: number): boolean =>
  now >= (declined.get(target.text) ?? -Infinity);
