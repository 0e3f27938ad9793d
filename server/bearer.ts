/** Secrets that clients show as "Authorization: Bearer <secret>", or as a password. How long a comparison takes says nothing of the secret. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A secret as it is kept: of equal length for any text. */
export type Digest = Buffer & { readonly __brand: 'digest' };

export const digest = (text: string): Digest => createHash('sha256').update(text).digest() as Digest;

export const isSecret = (shown: string, expected: Digest): boolean => timingSafeEqual(digest(shown), expected);

/** The password of Basic authentication, whoever the user is. Empty when there is none. */
export const passwordOf = ({ authorization }: IncomingHttpHeaders): string => {
  const [, encoded = ''] = /^Basic +([\w+/]+=*) *$/i.exec(authorization ?? '') ?? [];
  return /^[^:]*:(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8'))?.[1] ?? '';
};

/** Empty when there is none. */
export const bearerOf = ({ authorization }: IncomingHttpHeaders): string =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '';
