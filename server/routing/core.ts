/**
 * The decisions of routing: what is asked goes in, decisions come out; time is a parameter of each. `routing.ts` runs it on a
 * clock, `matching.ts` finds who is served next, `floor.ts` has the agents, `queues.ts` the virtual queues.
 *
 * 1. A request ends exactly once; then it is forgotten, and a reservation names at most one live request.
 * 2. A free agent goes to the first request in order that it may be offered; nobody is overtaken otherwise (`order.ts`).
 * 3. What is due (expired reservations, requests that waited too long) happens before what is asked; matching after it.
 *    So after each call nobody waits whom a free agent could serve.
 */
import { timesToDial } from './dialling.js';
import { Dues } from './dues.js';
import { Floor } from './floor.js';
import { nextMatch } from './matching.js';
import type { Ticket } from './pool.js';
import { Offers, type RouterOptions } from './offers.js';
import type { Agent, Change, OfferOutcome, PhoneState, RoutingEvent, SubmitRequest } from './port.js';
import { Queues } from './queues.js';
import { Requests } from './requests.js';
import { worksAt } from './seat.js';
import { BadTarget } from './target.js';

export const ROUTER_OPTIONS: RouterOptions = { reserveMs: 30_000, reofferMs: 5_000 };

export class Core {
  readonly floor: Floor;
  readonly queues = new Queues();
  readonly requests: Requests;
  readonly #dues = new Dues();
  readonly #offers: Offers;
  #decisions: RoutingEvent[] = [];

  constructor(agents: readonly Agent[], options: RouterOptions = ROUTER_OPTIONS) {
    this.floor = new Floor(agents);
    this.requests = new Requests(this.floor, this.queues, this.#dues);
    const room = { floor: this.floor, queues: this.queues, requests: this.requests, dues: this.#dues };
    this.#offers = new Offers(room, options, (event) => void this.#decisions.push(event));
  }

  /** What has been decided since the last call. */
  decided(): RoutingEvent[] {
    const decided = this.#decisions;
    this.#decisions = [];
    return decided;
  }

  /** The next time at which something happens by itself; Infinity when nothing will. */
  get nextDue(): number {
    return this.#dues.next;
  }

  time(now: number): void {
    this.#run(now, () => true);
  }

  /** False when there is such a request already. */
  submit(request: SubmitRequest, now: number): boolean {
    return this.#run(now, () => {
      if (this.requests.get(request.id)) return false;
      try {
        this.#expectDeadline(this.requests.add(request, now));
      } catch (error) {
        if (!(error instanceof BadTarget)) throw error;
        this.#decisions.push({ at: now, id: request.id, type: 'ended', why: 'bad-target', text: error.message });
      }
      return true;
    });
  }

  cancel(id: string, now: number): boolean {
    return this.#run(now, () => {
      const ticket = this.requests.get(id);
      if (!ticket) return false;
      this.#offers.free(ticket.selected, now);
      this.#offers.end(ticket, { why: 'cancelled' }, now);
      return true;
    });
  }

  /** Throws BadTarget, and changes nothing then. */
  update(id: string, { priority, exclude, held, targets }: Change, now: number): boolean {
    return this.#run(now, () => {
      const ticket = this.requests.get(id);
      if (!ticket) return false;
      if (targets) this.requests.retarget(ticket, targets, now);
      this.requests.change(ticket, now, () => {
        if (priority !== undefined) ticket.priority = priority;
        if (exclude) ticket.excluded = new Set(exclude);
      });
      if (held !== undefined) this.requests.hold(ticket, endOf(held, now), now);
      return true;
    });
  }

  /** False when the reservation is over. */
  confirm(reservation: string, outcome: OfferOutcome, now: number): boolean {
    return this.#run(now, () => this.#offers.confirm(reservation, outcome, now));
  }

  /** The agent is another router's until then: the request is back at its place. False when the reservation is over. */
  refuse(reservation: string, untilMs: number, now: number): boolean {
    return this.#run(now, () => this.#offers.refuse(reservation, untilMs, now));
  }

  /** False when nothing has changed. */
  report(agent: string, phone: PhoneState, now: number): boolean {
    return this.#run(now, () => {
      const seat = this.floor.seats.get(agent);
      if (!seat || seat.phone === phone) return false;
      const wasAtWork = seat.isAtWork;
      this.floor.change(seat, now, () => {
        const { isOffered } = seat;
        seat.turn(phone, now);
        this.#offers.reserveAfter(seat, isOffered, now);
      });
      if (wasAtWork && !worksAt(phone)) for (const ticket of this.#offers.declined) this.requests.dirty.add(ticket);
      return true;
    });
  }

  occupy(agent: string, media: string, count: number, now: number): boolean {
    return this.#run(now, () => {
      const seat = this.floor.seats.get(agent);
      if (seat) this.floor.change(seat, now, () => seat.occupy(media, count));
      return seat !== undefined;
    });
  }

  pause(service: string, paused: boolean, now: number): void {
    this.#run(now, () => {
      this.requests.pause(service, paused, now);
      return true;
    });
  }

  /** 3 */
  #run(now: number, work: () => boolean): boolean {
    this.#dues.pass(now);
    const done = work();
    const { dirty } = this.requests;
    this.#offers.toPlaces(now);
    for (let match = nextMatch(this.floor, dirty, now); match; match = nextMatch(this.floor, dirty, now))
      this.#offers.offer(match, now);
    this.floor.freed.clear();
    dirty.clear();
    for (const told of timesToDial(this.queues, now)) this.#decisions.push({ at: now, type: 'timetodial', ...told });
    return done;
  }

  #expectDeadline(ticket: Ticket): void {
    this.#dues.add({
      at: ticket.deadlineMs,
      kind: 'deadline',
      order: ticket.arrival,
      holds: () => this.requests.isLive(ticket) && ticket.waits,
      happen: (now) => this.#offers.end(ticket, { why: 'timeout' }, now),
    });
  }
}

const endOf = (held: boolean | number, now: number): number => {
  if (typeof held === 'number') return now + held;
  return held ? Infinity : -Infinity;
};
