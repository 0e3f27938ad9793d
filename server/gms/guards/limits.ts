/**
 * Limits that are passed by one at a time. What a limit counts is in the store, and holds after a crash; a request that is let in and not
 * yet written is remembered here. `throttling.ts` has the limits of a start.
 *
 * 1. Of requests at the same instant exactly as many are let in as there are places. One that finds the last places taken by others
 *    who are not yet written waits for what becomes of them: who fails gives the place back.
 * 2. A place that is taken counts twice for a moment, when it is written and still remembered: then there is a wait and no refusal,
 *    and never one too many, since what is remembered is read before what is written.
 */
import type { Store } from '../../store/port.js';
import { turns } from '../../turns.js';

export interface Limit {
  /** What is counted: limits of one key count the same. */
  readonly key: string;
  /** So many may be there. */
  readonly most: number;
  /** What is written. */
  readonly count: () => Promise<number>;
  /** `count`: what is there. */
  readonly refusal: (count: number) => Error;
}

/** Rejects with the first refusal, or as `commit` does, which writes the record of this id: then the place is given back. */
export type Within = <T>(id: string, limits: readonly Limit[], commit: () => Promise<T>) => Promise<T>;

export function limiting(store: Pick<Store, 'onCallback'>): Within {
  const inTurn = turns();
  /** By the id of what is not yet written. */
  const writing = new Map<string, () => void>();
  store.onCallback(({ id }) => writing.get(id)?.());
  /** By key. */
  const taken = new Map<string, Set<Promise<void>>>();

  /** Resolves to what is to be waited for; undefined: every limit has a place, and `place` is in it. */
  async function take(limits: readonly Limit[], place: Promise<void>): Promise<readonly Promise<void>[] | undefined> {
    const full: Promise<void>[] = [];
    for (const { key, most, count, refusal } of limits) {
      const others = [...(taken.get(key) ?? [])];
      const there = await count();
      if (there >= most) throw refusal(there);
      if (there + others.length >= most) full.push(...others);
    }
    if (full.length > 0) return full;
    for (const { key } of limits) taken.set(key, (taken.get(key) ?? new Set()).add(place));
    return undefined;
  }

  function giveBack(limits: readonly Limit[], place: Promise<void>): void {
    for (const { key } of limits) {
      const others = taken.get(key);
      others?.delete(place);
      if (others?.size === 0) taken.delete(key);
    }
  }

  return async (id, limits, commit) => {
    let leave = (): void => undefined;
    const place = new Promise<void>((resolve) => (leave = resolve));
    for (;;) {
      const others = await inTurn('', () => take(limits, place));
      if (!others) break;
      await Promise.race(others);
    }
    const written = (): void => {
      writing.delete(id);
      giveBack(limits, place);
      leave();
    };
    writing.set(id, written);
    try {
      return await commit();
    } finally {
      written();
    }
  };
}
