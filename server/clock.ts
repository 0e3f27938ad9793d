/**
 * Time as a value that is handed around. Everything in the server that waits or dates something takes a Clock; this file
 * is the only one that asks the machine. A Clock is also a clock for XState's `createActor`. Its other implementation is
 * `clock/virtual.ts`.
 *
 * 1. A timer never fires early: when it fires, `now()` has moved by at least its delay.
 * 2. Any finite delay is kept, also beyond the 24.8 days (2^31 - 1 ms) at which the machine's own timers fire at once.
 */
export interface Clock {
  /** Milliseconds since 1970, UTC. */
  now(): number;
  /** Milliseconds since some moment; no change of the date moves it. */
  elapsed(): number;
  /** Calls `fn` soon after the date has been changed by more than a second, until the answer is called. */
  onJump(fn: () => void): () => void;
  /** Calls `fn` once, after `ms` milliseconds (negative: 0). The answer is for clearTimeout. */
  setTimeout(fn: () => void, ms: number): unknown;
  /** An id that has fired, was cleared or was never given is ignored. */
  clearTimeout(id: unknown): void;
}

/** What wallClockOn needs of the machine; `elapsed` is monotonic, in milliseconds, and no change of the date moves it. */
export interface Machine {
  now(): number;
  elapsed(): number;
  setTimeout(fn: () => void, ms: number): unknown;
  clearTimeout(id: unknown): void;
}

const LONGEST_MS = 2 ** 31 - 1;
const JUMP_MS = 1000;
const LOOK_MS = 10_000;

/** The delay of a timer, or a RangeError: a timer that is asked for no real time would be lost in silence. */
export function delayOf(ms: number): number {
  if (!Number.isFinite(ms)) throw new RangeError(`A timer needs a finite number of milliseconds, not ${ms}`);
  return Math.max(0, ms);
}

export function wallClockOn(machine: Machine): Clock {
  const machineIds = new Map<number, unknown>();
  let last = 0;
  return {
    now: () => machine.now(),
    elapsed: () => machine.elapsed(),
    onJump(fn) {
      let id: unknown;
      let offset = machine.now() - machine.elapsed();
      const look = (): void => {
        id = machine.setTimeout(look, LOOK_MS);
        const before = offset;
        offset = machine.now() - machine.elapsed();
        if (Math.abs(offset - before) > JUMP_MS) fn();
      };
      id = machine.setTimeout(look, LOOK_MS);
      return () => machine.clearTimeout(id);
    },
    setTimeout(fn, ms) {
      const id = ++last;
      const due = machine.elapsed() + delayOf(ms);
      const arm = (): void => {
        const wait = Math.min(Math.ceil(due - machine.elapsed()), LONGEST_MS);
        machineIds.set(id, machine.setTimeout(fire, Math.max(0, wait)));
      };
      const fire = (): void => {
        if (machine.elapsed() < due) return arm();
        machineIds.delete(id);
        fn();
      };
      arm();
      return id;
    },
    clearTimeout(id) {
      if (typeof id !== 'number' || !machineIds.has(id)) return;
      machine.clearTimeout(machineIds.get(id));
      machineIds.delete(id);
    },
  };
}

export const wallClock: Clock = wallClockOn({
  now: () => Date.now(),
  elapsed: () => performance.now(),
  setTimeout: (fn, ms) => setTimeout(fn, ms),
  clearTimeout: (id) => clearTimeout(id as NodeJS.Timeout),
});
