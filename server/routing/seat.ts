/**
 * An agent as routing knows them: the state of the phone, other interactions, and a reservation. `core.ts` changes seats.
 *
 * 1. A reservation is a field of its agent, so an agent can never be in two, whatever the medium.
 * 2. For voice an agent is free whose phone is Ready and who has nothing else at hand; for another medium, whose phone is Ready
 *    and who has fewer of them than the capacity allows.
 */
import { VOICE, type Agent, type AgentState, type PhoneState } from './port.js';

export interface Reservation {
  readonly id: string;
  /** The request it is for; undefined once accepted, while the call is on its way to the agent's phone. */
  readonly request: string | undefined;
  readonly untilMs: number;
}

export class Seat {
  phone: PhoneState = 'LoggedOut';
  /** Since when the phone is in this state: the longest idle agent is offered first. */
  sinceMs = -Infinity;
  /** The phone has left Ready, or another interaction has come, since the reservation was made: the call has reached the agent. */
  reached = false;
  reservation: Reservation | undefined;
  /** Another router of the cluster has the agent, until then. */
  elsewhereUntilMs = -Infinity;
  readonly #others = new Map<string, number>();
  /** Calls since the process began. */
  answered = 0;
  completed = 0;
  #handled: number[] = [];
  #busySince: number | undefined;

  /** `index`: the place in the configuration, which decides between equals. */
  constructor(
    readonly agent: Agent,
    readonly index: number,
  ) {}

  get state(): AgentState {
    return this.reservation && this.phone === 'Ready' ? 'Reserved' : this.phone;
  }

  get isLoggedIn(): boolean {
    return this.phone !== 'LoggedOut';
  }

  /** With a call, or about to be. */
  get isBusy(): boolean {
    return this.phone === 'Busy' || this.phone === 'Ringing' || this.reservation !== undefined;
  }

  get isAtWork(): boolean {
    return worksAt(this.phone);
  }

  /** The call rings at the agent's phone: whoever sent it there will confirm how that ends. */
  get isOffered(): boolean {
    return this.phone === 'Ringing' && this.reached;
  }

  isFree(media: string, now: number): boolean {
    if (this.phone !== 'Ready' || this.reservation || now < this.elsewhereUntilMs) return false;
    if (media === VOICE) return [...this.#others.values()].every((count) => count === 0);
    return this.has(media) < (this.agent.capacity?.[media] ?? 0);
  }

  /** Interactions of a medium other than voice. */
  has(media: string): number {
    return this.#others.get(media) ?? 0;
  }

  occupy(media: string, count: number): void {
    if (count > this.has(media)) {
      this.reached = true;
      // what was accepted has come
      if (this.reservation?.request === undefined) this.reservation = undefined;
    }
    this.#others.set(media, count);
  }

  /** The phone reports. */
  turn(phone: PhoneState, now: number): void {
    if (phone === 'Busy' && this.phone !== 'Busy') this.answered += 1;
    if (phone !== 'Busy' && this.phone === 'Busy') this.completed += 1;
    if (phone === 'Busy') this.#busySince ??= now;
    else if (phone !== 'AfterCallWork' && phone !== 'Ringing' && this.#busySince !== undefined) {
      this.#handled = [...this.#handled.slice(1 - REMEMBERED), now - this.#busySince];
      this.#busySince = undefined;
    }
    this.phone = phone;
    this.sinceMs = now;
    this.reached = true;
  }

  /** What a call takes, with what comes after it, in the mean of the last ones; undefined before the first. */
  get handleMs(): number | undefined {
    if (this.#handled.length === 0) return undefined;
    return this.#handled.reduce((sum, each) => sum + each, 0) / this.#handled.length;
  }
}

export const worksAt = (phone: PhoneState): boolean => phone !== 'LoggedOut' && phone !== 'NotReady';

/** Calls of an agent that the mean is of. */
const REMEMBERED = 20;
