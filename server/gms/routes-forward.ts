/**
 * Requests to a running callback over HTTP.
 *
 * | request                                                | answer                                               |
 * | POST /genesys/1/service/<id>/<request>                 | what the strategy answers, as to a request of a session |
 * | GET, POST /genesys/1/service/<id>/check-queue-position | the same                                             |
 *
 * `<id>` is a callback's, which begins with a number. What goes wrong is answered with the errors of the callback services.
 */
import { Router, type Request, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { keyOf, markRepeat } from '../idempotency.js';
import type { Log } from '../log.js';
import { answerOf } from '../ors/answer.js';
import { eventOf } from '../ors/incoming.js';
import { callbackErrorOf } from './errors.js';
import type { Forward } from './forwarding.js';

const REQUEST = /^\/genesys\/1\/service\/(?<id>\d+-[^/]+)\/(?<name>[^/]+)$/;
const QUESTION = /^\/genesys\/1\/service\/(?<id>\d+-[^/]+)\/(?<name>check-queue-position)$/;

export const forwardRoutes = (forward: Forward, log: Pick<Log, 'error'>): Routes => {
  const handle: RequestHandler = async (request: Request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const id = String(request.params['id']);
      const { sessionid, reply } = await forward(id, eventOf(request), keyOf(request), markRepeat(response));
      const { status = 200, headers = {}, body } = answerOf(sessionid, reply);
      response.status(status).set(headers);
      if (typeof body === 'string') response.type(headers['Content-Type'] ?? 'text/plain').send(body);
      else response.json(body);
    } catch (error) {
      const { status, body } = callbackErrorOf(error);
      if (body.phrase === 'UNKNOWN_ERROR') log.error({ err: error }, 'a request could not be forwarded');
      response.status(status).json(body);
    }
  };
  const router = Router();
  router.post(REQUEST, handle);
  router.get(QUESTION, handle);
  return {
    router,
    paths: ['POST /genesys/1/service/<id>/<request>', 'GET /genesys/1/service/<id>/check-queue-position'],
  };
};
