/**
 * What an operator may look at and put right over HTTP, under `/ringback`.
 *
 * | request                                        | answer                                                         |
 * | GET /ringback/dead-letters?limit=              | {"deadLetters": [DeadLetterView, ...]}, oldest first           |
 * | POST /ringback/dead-letters/<seq>/redrive      | {} when it is saved that it is tried anew                      |
 * | DELETE /ringback/dead-letters/<seq>            | {} when it is forgotten                                        |
 * `admitted.ts` lets in.
 */
import { Router } from 'express';
import type { Routes } from '../app.js';
import { problem } from '../problems.js';
import { admitted } from './admitted.js';
import type { DeadLetters } from './dead-letters.js';
import { limitOf } from './limit.js';

const LETTERS = '/ringback/dead-letters';

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

const seqOf = (text: string): number => {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw problem('DEAD_LETTER_NOT_FOUND', text.slice(0, 64));
};
