/**
 * Passwords as they are kept: scrypt with a salt of their own, as `scrypt$N$r$p$salt$hash`. What a guess costs is in the text, so that it
 * can rise and old passwords still count.
 *
 * 1. A comparison takes the time that it takes, whatever is wrong; who is not known takes as long (`decoy`).
 */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

const COST = { N: 16_384, r: 8, p: 1 };
const BYTES = 32;
/** What a text may ask for: 64 MiB. */
const MEMORY = 64 * 1024 * 1024;

export const SHORTEST = 10;
export const LONGEST = 200;

const FORM = /^scrypt\$(\d{1,7})\$(\d{1,2})\$(\d{1,2})\$([\w-]{16,64})\$([\w-]{43})$/;

export const isHash = (text: string): boolean => FORM.test(text);

export async function hashed(password: string): Promise<string> {
  const salt = randomBytes(16).toString('base64url');
  const hash = await derived(password, salt, COST);
  return ['scrypt', COST.N, COST.r, COST.p, salt, hash.toString('base64url')].join('$');
}

/** `hash`: as `hashed` has made it; undefined: nobody has it. */
export async function isPassword(password: string, hash: string | undefined): Promise<boolean> {
  const [, N = '', r = '', p = '', salt = '', expected = ''] = FORM.exec(hash ?? DECOY) ?? [];
  const found = await derived(password.slice(0, LONGEST), salt, { N: Number(N), r: Number(r), p: Number(p) });
  const isEqual = timingSafeEqual(found, Buffer.from(expected, 'base64url'));
  return isEqual && hash !== undefined;
}

/** 1. Of no password. */
const DECOY = ['scrypt', COST.N, COST.r, COST.p, 'A'.repeat(22), 'A'.repeat(43)].join('$');

const derived = (password: string, salt: string, cost: typeof COST): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    scrypt(password.normalize('NFC'), salt, BYTES, { ...cost, maxmem: MEMORY }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
