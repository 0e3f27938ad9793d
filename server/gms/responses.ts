/** How callback services answer over HTTP: the guide's headers, bodies and errors. `routes.ts` and `queries/routes-admin.ts` use it. */
import type { ErrorRequestHandler, Response } from 'express';
import type { Log } from '../log.js';
import { callbackErrorOf } from './errors.js';

/** As in the guide's samples: an answer is never kept. */
export const headers = {
  'Cache-Control': ['no-cache', 'no-store'],
  Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  Pragma: 'no-cache',
};

/** express would write the charset in its own way. */
export function answer(response: Response, status: number, body: unknown): void {
  response.status(status).set(headers).setHeader('Content-Type', 'application/json;charset=UTF-8');
  response.end(JSON.stringify(body));
}

export const answerErrors =
  (log: Pick<Log, 'error'>): ErrorRequestHandler =>
  (error: unknown, _request, response, next) => {
    // Not ours: a path that express could not decode.
    if (error instanceof URIError) {
      next(error);
      return;
    }
    const { status, body } = callbackErrorOf(error);
    if (body.phrase === 'UNKNOWN_ERROR') log.error({ err: error }, 'callback request failed');
    answer(response, status, body);
  };
