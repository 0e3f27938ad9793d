/**
 * Query-Availability over HTTP, at the URLs of the guide. `availability.ts` answers.
 *
 * | request                                                  | answer                                             |
 * | GET /genesys/1/service/callback/<service>/availability   | free places by slot                                |
 * | GET /genesys/2/service/callback/<service>/availability   | slots in their order, with zone, capacity and total |
 */
import { Router, type Request } from 'express';
import type { Routes } from '../../app.js';
import type { Log } from '../../log.js';
import type { Admit } from '../../rate-limit.js';
import { answering } from '../answering.js';
import type { Availability } from './availability.js';

const PATH = '/genesys/:version/service/callback/:name/availability';

export const availabilityRoutes = (available: Availability, admit: Admit, log: Pick<Log, 'error'>): Routes => {
  const router = Router();
  const answered = answering(admit, log);
  router.get(
    PATH.replace(':version', '1'),
    answered((request) => available.free(nameIn(request), queryOf(request))),
  );
  router.get(
    PATH.replace(':version', '2'),
    answered((request) => available.detailed(nameIn(request), queryOf(request))),
  );
  return { router, paths: ['GET /genesys/2/service/callback/<service>/availability'] };
};

const nameIn = ({ params }: Request): string => String(params['name']);

const queryOf = ({ originalUrl }: Request): URLSearchParams => new URL(originalUrl, 'http://here').searchParams;
