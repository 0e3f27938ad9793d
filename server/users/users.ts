/**
 * Who a request comes from, by HTTP Basic: names and passwords of `users-file.ts`. `door.ts` asks, `lockout.ts` counts failures.
 *
 * 1. What is wrong is not said: name or password.
 * 2. A password that was right is right for a while without work, as long as the user's hash is the same: clients send it each time.
 * 3. So many passwords are worked on at a time; who comes beyond that is sent away, so that guessing takes nobody's time.
 */
import { createHmac, randomBytes } from 'node:crypto';
import type { Clock } from '../clock.js';
import { problem } from '../problems.js';
import type { Kind, Lockout } from './lockout.js';
import { isPassword } from './password.js';
import type { User } from './user.js';
import type { KnownUser } from './users-file.js';

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** 2 */
const RIGHT_MS = 300_000;
const REMEMBERED = 1000;
/** 3 */
const AT_A_TIME = 4;
const MOST_WAITING = 32;

export interface Users {
  /** Whether there are any. */
  readonly isOpen: boolean;
  /** Rejects with USER_UNKNOWN, USER_LOCKED or USERS_UNREADABLE. */
  authenticate(credentials: Credentials, address: string): Promise<User>;
}

interface Needs {
  /** As the file is now; throws when it cannot be read. */
  readonly known: () => readonly KnownUser[];
  readonly lockout: Lockout;
  readonly clock: Pick<Clock, 'elapsed'>;
  /** Whether a password is the one of a hash: work. */
  readonly compare?: typeof isPassword;
  /** Of those who fail: it is said in the audit. */
  readonly refused: (name: string, address: string, why: 'unknown' | 'locked') => void;
}

export function users({ known, lockout, clock, refused, compare = isPassword }: Needs): Users {
  const secret = randomBytes(32);
  const right = new Map<string, number>();
  const waiting: (() => void)[] = [];
  let working = 0;

  const all = (): readonly KnownUser[] => {
    try {
      return known();
    } catch {
      throw problem('USERS_UNREADABLE');
    }
  };

  /** 3 */
  async function worked<T>(work: () => Promise<T>): Promise<T> {
    if (waiting.length >= MOST_WAITING) throw problem('USER_LOCKED', 1);
    if (working >= AT_A_TIME) await new Promise<void>((resolve) => waiting.push(resolve));
    else working++;
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else working--;
    }
  }

  /** 2 */
  const isRemembered = (key: string): boolean => (right.get(key) ?? -1) > clock.elapsed();
  const remember = (key: string): void => {
    const [oldest] = right.keys();
    if (right.size >= REMEMBERED && oldest !== undefined) right.delete(oldest);
    right.set(key, clock.elapsed() + RIGHT_MS);
  };

  function requireUnlocked(asked: readonly (readonly [Kind, string])[], name: string, address: string): void {
    const wait = Math.max(...asked.map(([kind, one]) => lockout.wait(kind, one)));
    if (wait === 0) return;
    refused(name, address, 'locked');
    throw problem('USER_LOCKED', Math.ceil(wait / 1000));
  }

  return {
    get isOpen() {
      return all().length > 0;
    },
    async authenticate({ name, password }, address) {
      const user = all().find((one) => one.name === name);
      const key = createHmac('sha256', secret)
        .update(JSON.stringify([name, password, user?.password]))
        .digest('base64');
      if (user && isRemembered(key)) return user;
      const counted = [
        ['user', name],
        ['address', address],
      ] as const;
      requireUnlocked(counted, name, address);
      const isRight = await worked(() => compare(password, user?.password));
      // Meanwhile others may have failed for the same.
      requireUnlocked(counted, name, address);
      if (!user || !isRight) {
        for (const [kind, one] of counted) lockout.failed(kind, one);
        refused(name, address, 'unknown');
        throw problem('USER_UNKNOWN');
      }
      for (const [kind, one] of counted) lockout.passed(kind, one);
      remember(key);
      return user;
    },
  };
}
