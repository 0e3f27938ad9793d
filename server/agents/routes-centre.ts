/**
 * What supervisors see of the centre and do in it, with the operators' token: `ringback centre` is made of it.
 *
 * | request                                         | answer                                                                    |
 * | GET /ringback/centre                            | CentreView: agents, queues and calls as they are now                      |
 * | POST /ringback/centre/agents/<id>/login         | AgentView, NotReady if it was logged out; nobody takes a desk over by it  |
 * | POST /ringback/centre/agents/<id>/state         | AgentView; {state, reason}, as the agent's own                            |
 * | POST /ringback/centre/agents/<id>/logout        | AgentView; as the agent's own                                             |
 */
import { Router, type Request } from 'express';
import { admitted } from '../admin/admitted.js';
import type { Routes } from '../app.js';
import type { Agents } from './agents.js';
import { textOf, wishOf } from './fields.js';

const CENTRE = '/ringback/centre';

type OfAgent = Request<{ id: string }>;

export const centreRoutes = (agents: Agents, token: string | undefined): Routes => {
  const router = Router();
  const door = admitted(token);
  router.get(CENTRE, door, (_request, response) => {
    response.locals['isRoutine'] = true;
    response.json(agents.centre());
  });
  const acts: Readonly<Record<string, (request: OfAgent) => void>> = {
    login: (request) => agents.summon(request.params.id, textOf(request, 'place')),
    state: (request) => agents.state(request.params.id, wishOf(request), textOf(request, 'reason')),
    logout: ({ params }) => agents.logout(params.id),
  };
  for (const [name, act] of Object.entries(acts))
    router.post(`${CENTRE}/agents/:id/${name}`, door, (request: OfAgent, response) => {
      act(request);
      response.json(agents.view(request.params.id));
    });
  return { router, paths: [`GET ${CENTRE}`] };
};
