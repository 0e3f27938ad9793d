/** Secrets that clients show as "Authorization: Bearer <secret>", or as a password. How long a comparison takes says nothing of the secret. */
import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/** A secret as it is kept: of equal length for any text. */
export type Digest = Buffer & { readonly __brand: 'digest' };

export const digest = (text: string): Digest => createHash('sha256').update(text).digest() as Digest;

export const isSecret = (shown: string, expected: Digest): boolean => timingSafeEqual(digest(shown), expected);

/** Name and password of Basic authentication; undefined when there are none. RFC 7617 */
export const credentialsOf = ({
  authorization = '',
}: IncomingHttpHeaders): { readonly name: string; readonly password: string } | undefined => {
  const [, encoded] = /^Basic +([\w+/]{1,2000}=*) *$/i.exec(authorization) ?? [];
  if (encoded === undefined) return undefined;
  const [, name = '', password = ''] = /^([^:]*):?(.*)$/s.exec(Buffer.from(encoded, 'base64').toString('utf8')) ?? [];
  return { name, password };
};

/** Empty when there is none. */
export const bearerOf = ({ authorization }: IncomingHttpHeaders): string =>
  /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1] ?? '';

/** As the guide's clients show it, too: as the password of Basic authentication, whoever the user is. Empty when there is none. */
export const secretOf = (headers: IncomingHttpHeaders): string =>
  bearerOf(headers) || (credentialsOf(headers)?.password ?? '');
