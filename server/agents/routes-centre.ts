/**
 * What supervisors see of the centre, with the operators' token: `ringback centre` shows it.
 *
 * | GET /ringback/centre | CentreView: agents, queues and calls as they are now |
 */
import { Router } from 'express';
import { admitted } from '../admin/admitted.js';
import type { Routes } from '../app.js';
import type { Agents } from './agents.js';

const CENTRE = '/ringback/centre';

export const centreRoutes = (agents: Agents, token: string | undefined): Routes => {
  const router = Router();
  router.get(CENTRE, admitted(token), (_request, response) => {
    response.json(agents.centre());
  });
  return { router, paths: [`GET ${CENTRE}`] };
};
