/**
 * What was told of callbacks, for operators.
 *
 * | request                                       | answer                                  |
 * | GET /ringback/reporting?service_id=&limit=    | {"entries": [Entry, ...]}, oldest first |
 * `../admin/admitted.ts` lets in.
 */
import { Router } from 'express';
import { admitted } from '../admin/admitted.js';
import { limitOf } from '../admin/limit.js';
import type { Routes } from '../app.js';
import { problem } from '../problems.js';
import type { Recorder } from './recorder.js';

const PATH = '/ringback/reporting';

export const reportingRoutes = ({ entries }: Recorder, token: string | undefined): Routes => {
  const router = Router();
  router.get(PATH, admitted(token), (request, response) => {
    const { service_id: callback } = request.query;
    if (callback !== undefined && typeof callback !== 'string')
      throw problem('PARAMETER_INVALID', 'service_id', 'the id of one callback');
    response.json({ entries: entries({ callback, limit: limitOf(request) }) });
  });
  return { router, paths: [`GET ${PATH}`] };
};
