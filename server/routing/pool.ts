/** Everybody behind one target for one medium: who of them is free, and who waits for them. `core.ts` keeps both. */
import { before, type Ticket } from './order.js';
import type { Seat } from './seat.js';
import { Sorted } from './sorted.js';
import type { Target } from './target.js';

export class Pool {
  /** Who rested longest comes first. */
  readonly free = new Sorted<Seat>((a, b) => (a.sinceMs === b.sinceMs ? a.index < b.index : a.sinceMs < b.sinceMs));
  readonly line = new Sorted<Ticket>(before);

  constructor(
    readonly target: Target,
    readonly media: string,
    readonly members: readonly Seat[],
  ) {}

  /** Calls are sent there, whoever is behind it. */
  get isPlace(): boolean {
    return this.target.fits === undefined;
  }
}

export const poolKey = (target: Target, media: string): string => `${media} ${target.text}`;
