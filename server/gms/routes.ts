/**
 * The callback services over HTTP, at the URLs of the guide: translates requests into calls of `callbacks.ts` and its answers
 * and errors into the guide's bodies and headers. Bodies are read by `../body.ts`.
 */
import { Router, type ErrorRequestHandler, type Response } from 'express';
import { bodyOf } from '../body.js';
import type { Log } from '../log.js';
import { keyOf, markRepeat } from '../idempotency.js';
import type { CallbackService } from './callbacks.js';
import { callbackErrorOf } from './errors.js';

const SERVICES = '/genesys/1/service/callback';
const SERVICE = `${SERVICES}/:name`;
const CALLBACK = `${SERVICE}/:id`;
const CALLBACK_2 = '/genesys/2/service/callback/:name/:id';

/** For the list of paths that a lost client is given. */
const paths = [
  `POST ${SERVICE}`,
  `GET ${CALLBACK}`,
  `GET ${CALLBACK_2}`,
  `DELETE ${CALLBACK}`,
  `GET ${SERVICE}?_customer_number=`,
  `GET ${SERVICES}?_customer_number=`,
];

/** As in the guide's samples: an answer is never kept. */
const headers = {
  'Cache-Control': ['no-cache', 'no-store'],
  Expires: 'Thu, 01 Jan 1970 00:00:00 GMT',
  Pragma: 'no-cache',
};

/** express would write the charset in its own way. */
function answer(response: Response, status: number, body: unknown): void {
  response.status(status).set(headers).setHeader('Content-Type', 'application/json;charset=UTF-8');
  response.end(JSON.stringify(body));
}

export function callbackRoutes(callbacks: CallbackService, log: Pick<Log, 'error'>) {
  const router = Router();
  router.post(SERVICE, async (request, response) => {
    const { name } = request.params;
    const body = bodyOf(request)?.value ?? {};
    answer(response, 200, await callbacks.start(name, body, keyOf(request), markRepeat(response), request.headers));
  });
  router.get([CALLBACK, CALLBACK_2], async (request, response) => {
    const { name, id } = request.params as { name: string; id: string };
    answer(response, 200, await callbacks.query(name, id));
  });
  router.delete(CALLBACK, async (request, response) => {
    const discardOrsFailure = request.query['discard_ors_failure'] === 'true';
    await callbacks.cancel(request.params.name, request.params.id, { discardOrsFailure });
    response.status(200).set(headers).end();
  });
  router.get(SERVICE, async (request, response) => {
    answer(response, 200, await callbacks.queryByProperties(request.params.name, request.query));
  });
  router.get(SERVICES, async (request, response) => {
    answer(response, 200, await callbacks.queryByProperties(undefined, request.query));
  });
  router.use(SERVICES, answerErrors(log));
  router.use('/genesys/2/service/callback', answerErrors(log));
  return { router, paths };
}

const answerErrors =
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
