/**
 * Live requests: in which lines each stands, and what changes that by itself: its steps, its growing priority, a hold that ends.
 * `core.ts` decides about offers and ends.
 *
 * 1. A request is in the line of its virtual queue while it waits, held or not; in the lines of its pools only while it may be
 *    offered: neither held, nor paused, nor offered already.
 */
import type { Dues } from './dues.js';
import type { Floor } from './floor.js';
import { nextGrowth, priorityAt } from './order.js';
import { VOICE, type SubmitRequest } from './port.js';
import type { Pool, Ticket } from './pool.js';
import type { Queues } from './queues.js';
import { isPassedOver } from './statistics.js';
import { stepsOf, type Step } from './target.js';

/** Steps with everybody behind their targets. */
interface Course {
  readonly steps: readonly Step[];
  readonly pools: readonly (readonly Pool[])[];
}

export class Requests {
  readonly #tickets = new Map<string, Ticket>();
  /** Requests that came to the line, or may be offered again, since the last match. */
  readonly dirty = new Set<Ticket>();
  readonly #paused = new Set<string>();
  readonly #courses = new Map<Ticket, Course>();
  #arrivals = 0;

  constructor(
    private readonly floor: Floor,
    private readonly queues: Queues,
    private readonly dues: Dues,
  ) {}

  get all(): Iterable<Ticket> {
    return this.#tickets.values();
  }

  get(id: string): Ticket | undefined {
    return this.#tickets.get(id);
  }

  isLive(ticket: Ticket): boolean {
    return this.#tickets.get(ticket.request.id) === ticket;
  }

  /** Throws BadTarget. */
  add(request: SubmitRequest, now: number): Ticket {
    const course = this.#courseOf(request.targets, request, now);
    const ageStartMs = request.ageStartMs ?? now;
    const ticket: Ticket = {
      request,
      pools: [],
      priority: priorityAt(request, ageStartMs, now),
      ageStartMs,
      submittedMs: now,
      deadlineMs: now + (request.timeoutMs ?? Infinity),
      arrival: (this.#arrivals += 1),
      inLine: false,
      waits: false,
      heldUntilMs: request.held === true ? Infinity : -Infinity,
      offers: 0,
      declined: new Map(),
      excluded: new Set(request.exclude),
      selected: undefined,
      told: false,
    };
    this.#tickets.set(request.id, ticket);
    this.queues.enter(request, now);
    this.#follow(ticket, course, 0, [], now);
    this.enter(ticket, now);
    this.#grow(ticket, now);
    return ticket;
  }

  /** It is over. */
  remove(ticket: Ticket, now: number): void {
    this.leave(ticket);
    const { id, vq, dialling } = ticket.request;
    if (dialling && !ticket.told) this.queues.dials(vq, -1);
    this.queues.leave(ticket.request, now);
    this.#tickets.delete(id);
    this.#take(ticket, undefined, now);
  }

  /** All that changes what its place depends on, or where it waits, happens within this. */
  change(ticket: Ticket, now: number, work: () => void): void {
    const { waits } = ticket;
    this.leave(ticket);
    work();
    if (waits) this.enter(ticket, now);
  }

  /** Throws BadTarget, and changes nothing then. */
  retarget(ticket: Ticket, targets: SubmitRequest['targets'], now: number): void {
    const course = this.#courseOf(targets, ticket.request, now);
    this.change(ticket, now, () => this.#follow(ticket, course, 0, [], now));
  }

  hold(ticket: Ticket, untilMs: number, now: number): void {
    this.change(ticket, now, () => {
      ticket.heldUntilMs = untilMs;
    });
    this.dues.add({
      at: untilMs,
      kind: 'other',
      order: ticket.arrival,
      holds: () => this.isLive(ticket) && ticket.waits && ticket.heldUntilMs === untilMs,
      happen: (at) => this.change(ticket, at, () => undefined),
    });
  }

  pause(service: string, paused: boolean, now: number): void {
    const own = [...this.#tickets.values()].filter(({ request, waits }) => request.service === service && waits);
    for (const ticket of own) this.leave(ticket);
    if (paused) this.#paused.add(service);
    else this.#paused.delete(service);
    for (const ticket of own) this.enter(ticket, now);
  }

  /** 1 */
  enter(ticket: Ticket, now: number): void {
    const { service } = ticket.request;
    ticket.waits = true;
    for (const [index, queue] of this.queues.of(ticket.request).entries()) {
      queue.line.add(ticket);
      queue.pools = new Set(ticket.pools);
      // the other one only counts it
      if (index === 0) queue.serves = true;
    }
    if (now < ticket.heldUntilMs || (service !== undefined && this.#paused.has(service))) return;
    ticket.inLine = true;
    for (const { line } of ticket.pools) line.add(ticket);
    this.dirty.add(ticket);
  }

  leave(ticket: Ticket): void {
    if (!ticket.waits) return;
    for (const { line } of this.queues.of(ticket.request)) line.delete(ticket);
    if (ticket.inLine) for (const { line } of ticket.pools) line.delete(ticket);
    ticket.waits = ticket.inLine = false;
  }

  #courseOf(targets: SubmitRequest['targets'], { media = VOICE }: SubmitRequest, now: number): Course {
    const steps = stepsOf(targets);
    return { steps, pools: steps.map((step) => step.targets.map((target) => this.floor.pool(target, media, now))) };
  }

  /** Waits for the first step from `from` on that is not passed over, and for those of earlier steps that are kept. */
  #follow(ticket: Ticket, course: Course, from: number, kept: readonly Pool[], now: number): void {
    const { steps, pools } = course;
    const at = steps.findIndex(
      (step, place) => place >= from && !isPassedOver(step, pools[place] ?? [], this.queues, now),
    );
    const step = steps[at];
    if (!step) return;
    this.#take(ticket, course, now);
    ticket.pools = [...new Set([...kept, ...(pools[at] ?? [])])];
    if (at === steps.length - 1) return;
    const following = ticket.pools;
    this.dues.add({
      at: now + step.timeoutMs,
      kind: 'other',
      order: ticket.arrival,
      holds: () => this.isLive(ticket) && this.#courses.get(ticket) === course && ticket.pools === following,
      happen: (due) =>
        this.change(ticket, due, () => this.#follow(ticket, course, at + 1, step.clear ? [] : following, due)),
    });
  }

  /** Another course, or none any more. */
  #take(ticket: Ticket, course: Course | undefined, now: number): void {
    const before = this.#courses.get(ticket);
    if (before === course) return;
    if (course) this.#courses.set(ticket, course);
    else this.#courses.delete(ticket);
    for (const pool of course?.pools.flat() ?? []) pool.users += 1;
    for (const pool of before?.pools.flat() ?? []) {
      pool.users -= 1;
      pool.usedMs = now;
    }
  }

  #grow(ticket: Ticket, now: number): void {
    const { request, ageStartMs } = ticket;
    this.dues.add({
      at: nextGrowth(request, ageStartMs, now),
      kind: 'other',
      order: ticket.arrival,
      holds: () => this.isLive(ticket),
      happen: (due) => {
        this.change(ticket, due, () => {
          ticket.priority += grownBy(ticket, now, due);
        });
        this.#grow(ticket, due);
      },
    });
  }
}

/** A priority that was set meanwhile goes on growing from where it is. */
const grownBy = ({ request, ageStartMs }: Ticket, from: number, to: number): number =>
  priorityAt(request, ageStartMs, to) - priorityAt(request, ageStartMs, from);
