/**
 * Who has failed too often is not asked for a password for a while: a user, and an address. `users.ts` asks.
 *
 * 1. So many failures, each within `FORGET_MS` of the one before, lock for `LOCK_MS`, right passwords as well. An address has more,
 *    for many may share it.
 * 2. A user who is locked out is so at every address: who guesses may have many. Who is in already stays in (`users.ts`).
 * 3. So many are remembered; those that failed longest ago are forgotten first.
 */
import type { Clock } from '../clock.js';

const FORGET_MS = 900_000;
const LOCK_MS = 300_000;
/** 3 */
const REMEMBERED = 10_000;

export const FAILURES = { user: 5, address: 20 } as const;
export type Kind = keyof typeof FAILURES;

interface Record {
  readonly failures: number;
  readonly at: number;
  readonly until: number;
}

export interface Lockout {
  /** Milliseconds until it may be tried again; 0: now. */
  wait(kind: Kind, name: string): number;
  /** Answers whether this one locks. */
  failed(kind: Kind, name: string): boolean;
  passed(kind: Kind, name: string): void;
}

export function lockout(clock: Pick<Clock, 'elapsed'>): Lockout {
  const known = new Map<string, Record>();
  const keyOf = (kind: Kind, name: string): string => `${kind} ${name}`;
  return {
    wait: (kind, name) => Math.max(0, (known.get(keyOf(kind, name))?.until ?? 0) - clock.elapsed()),
    failed(kind, name) {
      const key = keyOf(kind, name);
      const now = clock.elapsed();
      const before = known.get(key);
      const failures = before && now - before.at < FORGET_MS ? before.failures + 1 : 1;
      const locks = failures >= FAILURES[kind];
      known.delete(key);
      const [oldest] = known.keys();
      if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
      known.set(key, locks ? { failures: 0, at: now, until: now + LOCK_MS } : { failures, at: now, until: 0 });
      return locks;
    },
    passed(kind, name) {
      known.delete(keyOf(kind, name));
    },
  };
}
