/**
 * A clock that moves only when told: the dry run, the trace and every scenario test run on it, a year in milliseconds.
 *
 * 1. Timers fire one at a time, in order of their due time; timers due at the same time in the order they were set.
 * 2. While a timer fires, `now()` is its due time, jumps of the date apart.
 * 3. Before the first timer, and after each one, the clock settles: everything that follows without time passing has
 *    happened before time passes again. A run is therefore the same run every time.
 * 4. One `advance` at a time, and it refuses a loop that sets timers at one instant for ever.
 *
 * Settling means that the queue of promise callbacks is empty. Work that leaves the process (a socket, a worker thread)
 * is not in that queue; wrap its promise in `during` where the adapter is made, and the clock stands still until it ends.
 */
import { delayOf, type Clock } from '../clock.js';

export interface VirtualClock extends Clock {
  /** Somebody sets the date: by so many milliseconds, forward or back. No timer moves. */
  jump(ms: number): void;
  /** Moves time on by `ms` milliseconds. A timer that throws ends it with that error, at that timer's time. */
  advance(ms: number): Promise<void>;
  /** Lets everything happen that needs no time to pass. */
  settle(): Promise<void>;
  /** Time stands still until this work has ended, well or badly. Answers the same promise. */
  during<T>(work: Promise<T>): Promise<T>;
}

interface Timer {
  readonly id: number;
  readonly due: number;
  readonly fn: () => void;
}

const MOST_AT_ONE_INSTANT = 100_000;

/** `start` is in milliseconds since 1970. */
export function virtualClock(start = 0): VirtualClock {
  const timers: Timer[] = [];
  const outside = new Set<Promise<unknown>>();
  const jumps = new Set<() => void>();
  let now = start;
  /** What jumps have added to the date; timers are dated without it. */
  let date = 0;
  let last = 0;
  let advancing = false;

  async function settle(): Promise<void> {
    await new Promise(setImmediate);
    while (outside.size > 0) {
      await Promise.allSettled(outside);
      await new Promise(setImmediate);
    }
  }

  async function runUntil(end: number): Promise<void> {
    let atThisInstant = 0;
    await settle();
    for (let next = timers[0]; next && next.due <= end; next = timers[0]) {
      timers.shift();
      atThisInstant = next.due === now ? atThisInstant + 1 : 1;
      if (atThisInstant > MOST_AT_ONE_INSTANT) {
        throw new Error(
          `More than ${MOST_AT_ONE_INSTANT} timers fired at ${now}: something sets a 0 ms timer for ever`,
        );
      }
      now = next.due;
      next.fn();
      await settle();
    }
    now = end;
  }

  return {
    now: () => now + date,
    elapsed: () => now,
    onJump(fn) {
      jumps.add(fn);
      return () => void jumps.delete(fn);
    },
    jump(ms) {
      date += ms;
      for (const fn of jumps) fn();
    },
    setTimeout(fn, ms) {
      const timer = { id: ++last, due: now + delayOf(ms), fn };
      timers.splice(placeFor(timers, timer.due), 0, timer);
      return timer.id;
    },
    clearTimeout(id) {
      const at = timers.findIndex((timer) => timer.id === id);
      if (at >= 0) timers.splice(at, 1);
    },
    async advance(ms) {
      if (!(ms >= 0) || ms === Infinity) throw new RangeError(`Time moves forward by a finite number, not by ${ms} ms`);
      if (advancing) throw new Error('The clock is advancing already: await that call first');
      advancing = true;
      try {
        await runUntil(now + ms);
      } finally {
        advancing = false;
      }
    },
    settle,
    during(work) {
      const end = (): void => void outside.delete(work);
      outside.add(work);
      work.then(end, end);
      return work;
    },
  };
}

/** Behind every timer that is due at or before this time. */
function placeFor(timers: readonly Timer[], due: number): number {
  let low = 0;
  let high = timers.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((timers[middle]?.due ?? Infinity) <= due) low = middle + 1;
    else high = middle;
  }
  return low;
}
