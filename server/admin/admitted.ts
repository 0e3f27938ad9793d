/**
 * The door of what is for operators: `routes.ts` and `../agents/routes-centre.ts` stand behind it.
 *
 * 1. Closed by default: without RINGBACK_ADMIN_TOKEN nobody is let in, and with it only who shows it.
 */
import type { RequestHandler } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { bearerOf, digest, isSecret } from '../bearer.js';
import { problem } from '../problems.js';

/** `shownIn`: what is shown as the token; '' is none. */
export const admitted = (
  token: string | undefined,
  shownIn: (headers: IncomingHttpHeaders) => string = bearerOf,
): RequestHandler => {
  const expected = token === undefined ? undefined : digest(token);
  return ({ headers }, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (!expected) throw problem('ADMIN_CLOSED');
    if (!isSecret(shownIn(headers), expected)) {
      response.set('WWW-Authenticate', 'Bearer');
      throw problem('ADMIN_TOKEN_INVALID');
    }
    next();
  };
};
