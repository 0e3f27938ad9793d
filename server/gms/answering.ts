/** What `routes-ewt.ts` and `routes-statistic.ts` do with every request: how often it may come, and how it is answered if it fails. */
import type { Request, RequestHandler } from 'express';
import type { Log } from '../log.js';
import type { Admit } from '../rate-limit.js';
import { callbackErrorOf } from './errors.js';

/** Errors are those of the callback services. */
export const answering =
  (admit: Admit, log: Pick<Log, 'error'>) =>
  (answer: (request: Request) => object | Promise<object>): RequestHandler =>
  async (request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      admit(request, response);
      response.json(await answer(request));
    } catch (error) {
      const { status, body } = callbackErrorOf(error);
      if (body.phrase === 'UNKNOWN_ERROR') log.error({ err: error }, 'a waiting time or statistic could not be told');
      response.status(status).json(body);
    }
  };
