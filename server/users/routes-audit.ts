/**
 * What users and operators did, for administrators.
 *
 * | request                                        | answer                                                         |
 * | GET /ringback/audit?limit=                     | {"entries": [Entry, ...]}, oldest first                        |
 * `door.ts` lets in and writes, `audit.ts` keeps.
 */
import { Router } from 'express';
import { limitOf } from '../admin/limit.js';
import type { Routes } from '../app.js';
import type { Audit } from './audit.js';
import { door } from './door.js';

const AUDIT = '/ringback/audit';

export const auditRoutes = (audit: Pick<Audit, 'last'>, token: string | undefined): Routes => {
  const router = Router();
  router.get(AUDIT, door(token, 'administer'), async (request, response) => {
    response.json({ entries: await audit.last(limitOf(request)) });
  });
  return { router, paths: [`GET ${AUDIT}`] };
};
