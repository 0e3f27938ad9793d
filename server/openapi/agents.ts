/** The desktops of agents, and what supervisors see of the centre: `../agents/routes.ts`, `routes-centre.ts` and `sockets.ts`. */
import type { Code } from '../problems.js';
import { ofDoors, security as doors } from './doors.js';
import { json, ofBodies, param, problems, ref, type Operation, type Paths } from './operation.js';

const tags = ['agents'];
const security: Operation['security'] = [{ agent: [] }];
const string = { type: 'string' };
const id = param('id', 'path', 'Of the agent', string);
const ixn = param('ixn', 'path', 'Of a call that the agent has', string);
const ofAgents: readonly Code[] = [...ofBodies, 'AGENTS_CLOSED', 'AGENT_TOKEN_INVALID', 'AGENT_NOT_FOUND'];
const ofCalls: readonly Code[] = [...ofAgents, 'AGENT_CALL_NOT_FOUND', 'AGENT_CALL_REFUSED'];

const fields = (properties: object, required: readonly string[] = []): Operation['requestBody'] => ({
  required: required.length > 0,
  content: json({ type: 'object', properties, required }),
});

const said = (operationId: string, summary: string, codes: readonly Code[], body?: Operation['requestBody']) => ({
  operationId,
  summary,
  parameters: [id],
  ...(body && { requestBody: body }),
  responses: {
    '200': { description: 'The agent as it is now', content: json(ref('Agent')) },
    ...problems(codes),
  },
});

const about = (...[operationId, summary, codes, body]: Parameters<typeof said>) => ({
  ...said(operationId, summary, [...ofAgents, ...codes], body),
  tags,
  security,
});

const ofSupervisors: readonly Code[] = ofDoors;

const supervised = (...[operationId, summary, codes, body]: Parameters<typeof said>) => ({
  post: {
    ...said(operationId, summary, [...ofSupervisors, 'AGENT_NOT_FOUND', ...codes], body),
    tags: ['operators'],
    security: doors.administer,
  },
});

const wish = fields({ state: { enum: ['Ready', 'NotReady'] }, reason: { ...string, maxLength: 256 } }, ['state']);

const onCall = (operationId: string, summary: string, codes: readonly Code[], body?: Operation['requestBody']) => ({
  post: {
    operationId,
    tags,
    summary,
    security,
    parameters: [id, ixn],
    ...(body && { requestBody: body }),
    responses: {
      '200': { description: 'It is done', content: json(ref('Done')) },
      ...problems([...ofCalls, ...codes]),
    },
  },
});

const operations = {
  answer: 'Answers a call that rings',
  reject: 'Rejects a call that rings; the agent is not ready then',
  release: 'Hangs up a call that was answered',
  hold: 'Holds a call',
  retrieve: 'Goes on with a call that is held; whoever is asked about it is let go',
};

const to = { ...string, pattern: '^[\\w+*#.-]+$' };
const joining = {
  transfer: 'Leaves a call to who was asked about it, or to who answers at a DN or number',
  conference: 'Has who was asked about a call in it, or who answers at a DN or number',
};

export const agentPaths: Paths = {
  '/agents/{id}': { get: about('showAgent', 'The state of an agent, with the calls', []) },
  '/agents/{id}/login': {
    post: about(
      'loginAgent',
      'Logs in, not ready; a place or DN has to be the configured one',
      ['PARAMETER_INVALID'],
      fields({ place: string, dn: string }),
    ),
  },
  '/agents/{id}/state': {
    post: about(
      'changeAgentState',
      'Ready or not, during a call from its end on',
      ['PARAMETER_INVALID', 'AGENT_LOGGED_OUT'],
      wish,
    ),
  },
  '/agents/{id}/logout': { post: about('logoutAgent', 'Logs out; a call that the agent has ends', []) },
  ...Object.fromEntries(
    Object.entries(operations).map(([name, summary]) => [
      `/agents/{id}/calls/{ixn}/${name}`,
      onCall(`${name}Call`, summary, ['AGENT_LOGGED_OUT']),
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(joining).map(([name, summary]) => [
      `/agents/{id}/calls/{ixn}/${name}`,
      onCall(`${name}Call`, summary, ['AGENT_LOGGED_OUT', 'PARAMETER_INVALID'], fields({ to })),
    ]),
  ),
  '/agents/{id}/calls/{ixn}/consult': onCall(
    'consultAboutCall',
    'Holds a call, and asks at a DN or number: call.consulting tells that it rings there, and that somebody has answered',
    ['AGENT_LOGGED_OUT', 'PARAMETER_INVALID'],
    fields({ to }, ['to']),
  ),
  '/agents/{id}/calls/{ixn}/userdata': onCall(
    'attachToCall',
    'Attaches data to a call, and removes some',
    ['PARAMETER_INVALID'],
    fields({ set: { type: 'object' }, remove: { type: 'array', items: string } }),
  ),
  '/agents/{id}/calls/{ixn}/text': onCall(
    'writeInChat',
    'Writes in a chat that was answered',
    ['AGENT_LOGGED_OUT', 'PARAMETER_INVALID'],
    fields({ text: { ...string, minLength: 1, maxLength: 4_000 } }, ['text']),
  ),
  '/agents/{id}/calls/{ixn}/texts': {
    get: {
      operationId: 'readChat',
      tags,
      summary: 'All that was written in a chat, oldest first',
      security,
      parameters: [id, ixn],
      responses: {
        '200': { description: 'Nothing of a call', content: json(ref('TextsOfChat')) },
        ...problems([...ofAgents, 'AGENT_CALL_NOT_FOUND']),
      },
    },
  },
  '/agents/{id}/events': {
    get: {
      operationId: 'listenToAgent',
      tags,
      summary:
        'A WebSocket. The token comes as Authorization, or within five seconds as the first message, {"token": "..."}',
      security,
      parameters: [id],
      responses: {
        '101': { description: 'Each message is an AgentMessage, the first one agent.state' },
        ...problems([
          ...(['AGENT_EVENTS_INVALID', 'AGENTS_CLOSED', 'AGENT_ORIGIN_REFUSED', 'AGENT_TOKEN_INVALID'] as const),
          'NOT_FOUND',
        ]),
      },
    },
  },
  '/ringback/centre': {
    get: {
      operationId: 'showCentre',
      tags: ['operators'],
      summary: 'All agents, queues and calls',
      security: doors.administer,
      responses: {
        '200': { description: 'As they are now', content: json(ref('Centre')) },
        ...problems(ofSupervisors),
      },
    },
  },
  '/ringback/centre/agents/{id}/login': supervised(
    'summonAgent',
    'Has an agent log in, not ready, who then works as before: by the script, where nobody sits at the desk',
    ['PARAMETER_INVALID'],
    fields({ place: string }),
  ),
  '/ringback/centre/agents/{id}/state': supervised(
    'changeStateOfAgent',
    'Makes an agent ready or not, during a call from its end on',
    ['PARAMETER_INVALID', 'AGENT_LOGGED_OUT'],
    wish,
  ),
  '/ringback/centre/agents/{id}/logout': supervised('dismissAgent', 'Logs an agent out; a call of the agent ends', []),
};
