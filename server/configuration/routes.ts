/**
 * The whole configuration for operators and `ringback config`: services, and transaction lists.
 *
 * | request                         | answer                                                                               |
 * | GET /ringback/configuration     | {"services": {...}, "lists": {...}}                                                  |
 * | PUT /ringback/configuration     | {"changes": [{"path", "before", "after"}, ...]}, when it is saved and so             |
 * With ?check=true nothing is changed: it is said what would be. With ?force=true services go that have callbacks.
 * `../admin/admitted.ts` lets in.
 */
import { Router, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { bodyOf } from '../body.js';
import type { Configured } from './configured.js';

const CONFIGURATION = '/ringback/configuration';

export const configurationRoutes = (
  configured: Pick<Configured, 'configuration' | 'apply'>,
  admit: RequestHandler,
): Routes => {
  const router = Router();
  router.use(CONFIGURATION, admit);
  router.get(CONFIGURATION, (_request, response) => {
    response.json(configured.configuration);
  });
  router.put(CONFIGURATION, async (request, response) => {
    const { query } = request;
    const asked = { force: query['force'] === 'true', isTrial: query['check'] === 'true' };
    const changes = await configured.apply(bodyOf(request)?.value, asked);
    response.json({ changes });
  });
  return { router, paths: [`GET ${CONFIGURATION}`, `PUT ${CONFIGURATION}`] };
};
