/**
 * What servers that execute callbacks for each other say over HTTP, with their secret (`peer.ts` asks).
 *
 * | request                                  | answer                                                                   |
 * | GET /ringback/executions/<callback id>   | what this server knows of a callback that it executes: Told of `told.ts` |
 * | PUT /ringback/executions/<callback id>   | {} when what the body tells of a callback of this server is saved        |
 *
 * A start of a session that has `Ringback-Home` is such an execution.
 */
import { Router, type Request, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { bearerOf, digest, isSecret } from '../bearer.js';
import { bodyOf } from '../body.js';
import type { StartRequest } from '../host/port.js';
import { problem } from '../problems.js';
import type { Guests } from './guests.js';
import type { Hearing } from './hearing.js';
import { EXECUTIONS, HOME } from './peer.js';
import { isTold } from './told.js';

interface Executing {
  readonly guests: Pick<Guests, 'told' | 'admit'>;
  readonly hear: Hearing['hear'];
}

/** Refuses who does not know the secret; without one, everybody. */
const known = (secret: string | undefined, { headers }: Request): void => {
  const shown = bearerOf(headers);
  if (secret === undefined || shown === '' || !isSecret(shown, digest(secret))) throw problem('PEER_UNKNOWN');
};

export const executionRoutes = ({ guests, hear }: Executing, secret: string | undefined): Routes => {
  const router = Router();
  const admitted: RequestHandler = (request, _response, next) => {
    known(secret, request);
    next();
  };
  router.use(EXECUTIONS, admitted);
  router.get(`${EXECUTIONS}/:id`, async ({ params }, response) => {
    const told = await guests.told(params.id);
    if (!told) throw problem('EXECUTION_NOT_FOUND', params.id.slice(0, 64));
    response.json(told);
  });
  router.put(`${EXECUTIONS}/:id`, async (request, response) => {
    const told = bodyOf(request)?.value;
    if (!isTold(told)) throw problem('BODY_MALFORMED', 'it must tell of an execution: see /openapi.json');
    const { id } = request.params;
    if ((await hear(id, told)) === 'over') throw problem('EXECUTION_OVER', id.slice(0, 64));
    response.json({});
  });
  return { router, paths: [`GET ${EXECUTIONS}/<callback id>`, `PUT ${EXECUTIONS}/<callback id>`] };
};

/** Of a start that another server wants, with what it needs to be told of it; any other is as it was. */
export const admission =
  (guests: Executing['guests'], secret: string | undefined) =>
  (request: Request, start: StartRequest): StartRequest => {
    const home = request.get(HOME);
    if (home === undefined) return start;
    known(secret, request);
    return guests.admit(start, home);
  };
