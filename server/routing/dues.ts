/**
 * What happens by itself at its time. An entry that is no longer wanted is not taken out: whoever set it looks whether it still
 * holds when its time has come.
 *
 * 1. Of what is due at once, reservations end first, then requests that waited too long, then the rest; each kind in order.
 */
import { Heap } from '../heap.js';

type Kind = 'reservation' | 'deadline' | 'other';

interface Due {
  readonly at: number;
  readonly kind: Kind;
  /** Of one kind at one time. */
  readonly order: number;
  readonly holds: () => boolean;
  readonly happen: (now: number) => void;
}

const ranks: Readonly<Record<Kind, number>> = { reservation: 0, deadline: 1, other: 2 };

export class Dues {
  readonly #heap = new Heap<Due>((a, b) => a.at < b.at);

  /** The time of the next that still holds; Infinity when there is none. */
  get next(): number {
    for (let due = this.#heap.peek(); due; due = this.#heap.peek()) {
      if (due.holds()) return due.at;
      this.#heap.pop();
    }
    return Infinity;
  }

  add(due: Due): void {
    if (Number.isFinite(due.at)) this.#heap.push(due);
  }

  pass(now: number): void {
    const due: Due[] = [];
    for (let next = this.#heap.peek(); next && next.at <= now; next = this.#heap.peek()) {
      this.#heap.pop();
      if (next.holds()) due.push(next);
    }
    due.sort((a, b) => ranks[a.kind] - ranks[b.kind] || a.order - b.order);
    for (const { holds, happen } of due) if (holds()) happen(now);
  }
}
