/**
 * Waiting times over HTTP. Version 1 of the EWT API is a service of the template urs-stat, version 2 asks for queues by name:
 *
 * | request                                          | answer                                                       |
 * | GET /genesys/1/service/<service>?name=&aqt=      | the object of lvq (`../urs/lvq.ts`)                          |
 * | GET /genesys/2/ewt/ewt1?vq=&vq= (ewt2, ewt3)     | by queue, its object of lvq; without vq, those of services   |
 */
import { Router, type Request, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { callbackErrorOf } from './errors.js';
import type { Ewt } from './ewt.js';
import type { EwtService } from './ewt-service.js';
import type { Log } from '../log.js';

const SERVICE = '/genesys/1/service/:name';
const EWT = '/genesys/2/ewt/:name';

type Answer = (name: string, query: URLSearchParams) => object | Promise<object>;

export const ewtRoutes = (service: EwtService, ewt: Ewt, log: Pick<Log, 'error'>): Routes => {
  const router = Router();
  const answered = answering(log);
  router.get(SERVICE, answered(service));
  router.get(
    EWT,
    answered((method, query) => ewt.ofQueues(method, queuesIn(query))),
  );
  return { router, paths: ['GET /genesys/1/service/<service>', 'GET /genesys/2/ewt/ewt2?vq='] };
};

/** Errors are those of the callback services. */
const answering =
  (log: Pick<Log, 'error'>) =>
  (answer: Answer): RequestHandler =>
  async (request: Request, response) => {
    response.set('Cache-Control', 'no-store');
    try {
      const query = new URL(request.originalUrl, 'http://here').searchParams;
      response.json(await answer(String(request.params['name']), query));
    } catch (error) {
      const { status, body } = callbackErrorOf(error);
      if (body.phrase === 'UNKNOWN_ERROR') log.error({ err: error }, 'a waiting time could not be told');
      response.status(status).json(body);
    }
  };

const queuesIn = (query: URLSearchParams): readonly string[] =>
  query
    .getAll('vq')
    .flatMap((names) => names.split(','))
    .filter((name) => name !== '');
