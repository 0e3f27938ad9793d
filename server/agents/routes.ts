/**
 * What an agent's desktop asks, each agent with a token of their own, as "Authorization: Bearer <token>" (`tokens.ts`). Events come
 * over a WebSocket at /agents/<id>/events: `sockets.ts`.
 *
 * | request                                       | answer                                                                      |
 * | GET /agents/<id>                              | AgentView                                                                   |
 * | POST /agents/<id>/login {place, dn}           | AgentView, NotReady; from here on the agent does it all by hand             |
 * | POST /agents/<id>/state {state, reason}       | AgentView; Ready or NotReady, during a call from its end on                 |
 * | POST /agents/<id>/logout                      | AgentView; a call that rings is rejected, one that talks is released        |
 * | POST /agents/<id>/calls/<ixn>/<operation>     | {} when the network has done it: answer, reject, release, hold, retrieve    |
 * | POST /agents/<id>/calls/<ixn>/consult {to}    | {} when the call is held, and the DN or number is called: the messages tell |
 * |                                               | the rest (call.consulting), call.retrieved that nobody came                 |
 * | POST /agents/<id>/calls/<ixn>/transfer        | {} when who answered has the call, or both do; or at once, with {to}: as    |
 * | POST /agents/<id>/calls/<ixn>/conference      | consult, and then by the answer. retrieve goes back to the call             |
 * | POST /agents/<id>/calls/<ixn>/text {text}     | {}; in a chat that was answered                                             |
 * | GET /agents/<id>/calls/<ixn>/texts            | {texts: [{at, from, text}]} of a chat, oldest first                         |
 * | POST /agents/<id>/calls/<ixn>/userdata        | {}; {set, remove} of the attached data                                      |
 */
import { Router, type RequestHandler } from 'express';
import type { Routes } from '../app.js';
import { bearerOf } from '../bearer.js';
import { problem } from '../problems.js';
import type { Agents } from './agents.js';
import type { CallOperation } from './message.js';
import { fieldsOf, textOf, wishOf, type Asked } from './fields.js';
import type { AgentTokens } from './tokens.js';

const AGENT = '/agents/:id';
const operations: readonly CallOperation[] = ['answer', 'reject', 'release', 'hold', 'retrieve'];

export const agentRoutes = (agents: Agents, tokens: AgentTokens): Routes => {
  const router = Router();
  const guard = <P extends { id: string }>(
    ...[{ params, headers }, response, next]: Parameters<RequestHandler<P>>
  ): void => {
    response.set({ 'Cache-Control': 'no-store', 'WWW-Authenticate': 'Bearer' });
    tokens.admit(params.id, bearerOf(headers));
    response.removeHeader('WWW-Authenticate');
    next();
  };
  router.get(AGENT, guard, ({ params }, response) => {
    response.json(agents.view(params.id));
  });
  router.post(`${AGENT}/login`, guard, (request, response) => {
    const { id } = request.params;
    agents.login(id, { place: textOf(request, 'place'), dn: textOf(request, 'dn') });
    response.json(agents.view(id));
  });
  router.post(`${AGENT}/state`, guard, (request, response) => {
    const { id } = request.params;
    agents.state(id, wishOf(request), textOf(request, 'reason'));
    response.json(agents.view(id));
  });
  router.post(`${AGENT}/logout`, guard, ({ params: { id } }, response) => {
    agents.logout(id);
    response.json(agents.view(id));
  });
  router.get(`${AGENT}/events`, () => {
    throw problem('AGENT_EVENTS_INVALID', 'they come over a WebSocket');
  });
  for (const what of operations)
    router.post(`${AGENT}/calls/:ixn/${what}`, guard, async ({ params: { id, ixn } }, response) => {
      await agents.operate(id, ixn, what);
      response.json({});
    });
  router.post(`${AGENT}/calls/:ixn/consult`, guard, async (request, response) => {
    const { id, ixn } = request.params;
    await agents.consult(id, ixn, calledIn(request));
    response.json({});
  });
  for (const as of ['transfer', 'conference'] as const)
    router.post(`${AGENT}/calls/:ixn/${as}`, guard, async (request, response) => {
      const { id, ixn } = request.params;
      if (fieldsOf(request)['to'] === undefined) await agents.join(id, ixn, as);
      else await agents.consult(id, ixn, calledIn(request), as);
      response.json({});
    });
  router.post(`${AGENT}/calls/:ixn/text`, guard, (request, response) => {
    agents.write(request.params.id, request.params.ixn, writtenIn(request));
    response.json({});
  });
  router.get(`${AGENT}/calls/:ixn/texts`, guard, ({ params: { id, ixn } }, response) => {
    response.json({ texts: agents.texts(id, ixn) });
  });
  router.post(`${AGENT}/calls/:ixn/userdata`, guard, async (request, response) => {
    const { id, ixn } = request.params;
    await agents.attach(id, ixn, dataOf(request), keysOf(request));
    response.json({});
  });
  return { router, paths: ['GET /agents/<id>', 'POST /agents/<id>/login'] };
};

const calledIn = (request: Asked): string => {
  const to = textOf(request, 'to');
  if (to === undefined || !/^[\w+*#.-]+$/.test(to)) throw problem('PARAMETER_INVALID', 'to', 'a DN or a number');
  return to;
};

/** Characters of one text. */
const MOST_WRITTEN = 4_000;

const writtenIn = (request: Asked): string => {
  const { text } = fieldsOf(request);
  if (typeof text === 'string' && text !== '' && text.length <= MOST_WRITTEN) return text;
  throw problem('PARAMETER_INVALID', 'text', `a text of 1 to ${MOST_WRITTEN} characters`);
};

type Value = string | number | boolean | Readonly<Record<string, unknown>>;

const isValue = (value: unknown): value is Value =>
  ['string', 'number', 'boolean'].includes(typeof value) ||
  (typeof value === 'object' && value !== null && !Array.isArray(value));

const dataOf = (request: Asked): Readonly<Record<string, Value>> => {
  const { set = {} } = fieldsOf(request);
  const pairs = typeof set === 'object' && set !== null && !Array.isArray(set) ? Object.entries(set) : [['', null]];
  const isGood = (pair: unknown[]): pair is [string, Value] => isValue(pair[1]);
  if (pairs.every(isGood)) return Object.fromEntries(pairs);
  throw problem('PARAMETER_INVALID', 'set', 'an object of texts, numbers, truth values and objects');
};

const keysOf = (request: Asked): readonly string[] => {
  const { remove = [] } = fieldsOf(request);
  if (Array.isArray(remove) && remove.every((key) => typeof key === 'string')) return remove;
  throw problem('PARAMETER_INVALID', 'remove', 'an array of keys');
};
