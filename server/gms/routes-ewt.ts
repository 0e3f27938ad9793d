/**
 * Built-in services over HTTP, and waiting times. Version 1 of the EWT API is a service of the template urs-stat, as office hours and
 * capacity are services of theirs (`builtin/`); version 2 asks for queues by name:
 *
 * | request                                          | answer                                                       |
 * | GET /genesys/1/service/<service>?name=&aqt=      | what its kind answers: the object of lvq, or periods         |
 * | GET /genesys/2/ewt/ewt1?vq=&vq= (ewt2, ewt3)     | by queue, its object of lvq; without vq, those of services   |
 */
import { Router, type Request } from 'express';
import type { Routes } from '../app.js';
import type { Log } from '../log.js';
import type { Admit } from '../rate-limit.js';
import { answering } from './answering.js';
import type { Ewt } from './ewt.js';
import type { AskService } from './builtin/builtin.js';

const SERVICE = '/genesys/1/service/:name';
const EWT = '/genesys/2/ewt/:name';

interface EwtRoutesNeeds {
  readonly service: AskService;
  readonly ewt: Pick<Ewt, 'ofQueues'>;
  readonly admit: Admit;
  readonly log: Pick<Log, 'error'>;
}

export const ewtRoutes = ({ service, ewt, admit, log }: EwtRoutesNeeds): Routes => {
  const router = Router();
  const answered = answering(admit, log);
  router.get(
    SERVICE,
    answered((request) => service(nameIn(request), queryOf(request))),
  );
  router.get(
    EWT,
    answered((request) => ewt.ofQueues(nameIn(request), queuesIn(queryOf(request)))),
  );
  return { router, paths: ['GET /genesys/1/service/<service>', 'GET /genesys/2/ewt/ewt2?vq='] };
};

const nameIn = ({ params }: Request): string => String(params['name']);

const queryOf = ({ originalUrl }: Request): URLSearchParams => new URL(originalUrl, 'http://here').searchParams;

const queuesIn = (query: URLSearchParams): readonly string[] =>
  query
    .getAll('vq')
    .flatMap((names) => names.split(','))
    .filter((name) => name !== '');
