/** Requests that wait, and everybody behind one target for one medium: who of them is free, and who waits for them. */
import { before, type Place } from './order.js';
import type { Selected, SubmitRequest } from './port.js';
import type { Seat } from './seat.js';
import { Sorted } from './sorted.js';
import type { Target } from './target.js';

/** A request while it lives. `requests.ts` and `offers.ts` change it. */
export interface Ticket extends Place {
  readonly request: SubmitRequest;
  /** Those it waits for, in the order in which they were named. */
  pools: readonly Pool[];
  priority: number;
  readonly submittedMs: number;
  /** Waiting ends at this time; Infinity for never. */
  readonly deadlineMs: number;
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

export class Pool {
  /** Who rested longest comes first. */
  readonly free = new Sorted<Seat>((a, b) => (a.sinceMs === b.sinceMs ? a.index < b.index : a.sinceMs < b.sinceMs));
  readonly line = new Sorted<Ticket>(before);
  /** Live requests that name it, now or as a later target. */
  users = 0;
  usedMs = -Infinity;

  constructor(
    readonly target: Target,
    readonly media: string,
    readonly members: readonly Seat[],
  ) {}

  get isUsed(): boolean {
    return this.users > 0;
  }

  /** Calls are sent there, whoever is behind it. */
  get isPlace(): boolean {
    return this.target.fits === undefined;
  }
}

export const poolKey = (target: Target, media: string): string => `${media} ${target.text}`;
