/**
 * What an operator may look at and put right over HTTP, under `/ringback`.
 *
 * | request                                        | answer                                                         |
 * | GET /ringback/dead-letters?limit=              | {"deadLetters": [DeadLetterView, ...]}, oldest first           |
 * | POST /ringback/dead-letters/<seq>/redrive      | {} when it is saved that it is tried anew                      |
 * | DELETE /ringback/dead-letters/<seq>            | {} when it is forgotten                                        |
 *
 * 1. Closed by default: without RINGBACK_ADMIN_TOKEN nobody is let in, and with it only who shows it.
 * 2. How long the comparison takes says nothing of the token.
 */
import { createHash, timingSafeEqual } from 'node:crypto';
import { Router, type Request, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { problem } from '../problems.js';
import type { DeadLetters } from './dead-letters.js';

const LETTERS = '/ringback/dead-letters';
const LIMIT = 100;
const MOST = 1000;

export const adminRoutes = (letters: DeadLetters, token: string | undefined): Routes => {
  const router = Router();
  router.use(LETTERS, admitted(token));
  router.get(LETTERS, async (request, response) => {
    response.json({ deadLetters: await letters.list(limitOf(request)) });
  });
  router.post(`${LETTERS}/:seq/redrive`, async ({ params }, response) => {
    await letters.redrive(seqOf(params.seq));
    response.json({});
  });
  router.delete(`${LETTERS}/:seq`, async ({ params }, response) => {
    await letters.discard(seqOf(params.seq));
    response.json({});
  });
  return {
    router,
    paths: [`GET ${LETTERS}`, `POST ${LETTERS}/<seq>/redrive`, `DELETE ${LETTERS}/<seq>`],
  };
};

const admitted = (token: string | undefined): RequestHandler => {
  const expected = token === undefined ? undefined : digest(token);
  return ({ headers }, response, next) => {
    response.set('Cache-Control', 'no-store');
    if (!expected) throw problem('ADMIN_CLOSED');
    const shown = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!timingSafeEqual(digest(shown), expected)) {
      response.set('WWW-Authenticate', 'Bearer');
      throw problem('ADMIN_TOKEN_INVALID');
    }
    next();
  };
};

/** 2: of equal length for any text. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

const limitOf = ({ query }: Request): number => {
  const { limit = String(LIMIT) } = query;
  const number = typeof limit === 'string' && /^\d{1,4}$/.test(limit) ? Number(limit) : 0;
  if (number >= 1 && number <= MOST) return number;
  throw problem('PARAMETER_INVALID', 'limit', `a whole number from 1 to ${MOST}`);
};

const seqOf = (text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw problem('DEAD_LETTER_NOT_FOUND', text.slice(0, 64));
};
