/** Waiting times: the URS interface of `../urs/routes.ts`, and GMS's of `../gms/routes-ewt.ts`. */
import { phrases } from '../gms/errors.js';
import { json, ofBodies, param, problems, ref, text, type Operation, type Paths } from './operation.js';

const tags = ['waiting'];
const string = { type: 'string' };
const call = param(
  'call',
  'path',
  'max: the call that would come next; or an interaction or request that waits',
  string,
);
const tenant = param('tenant', 'query', 'Taken and not needed: there is one', string);
const scale = param('scale', 'query', 'Changes nothing: all times are seconds', { type: 'boolean' });
const aqt = param(
  'aqt',
  'query',
  'By the time in the queue (urs, the default), by that of its agents (urs2), or as the statistic ExpectedWaitTime (stat)',
  { enum: ['urs', 'urs2', 'stat'] },
);

const lvq = (operationId: string, name: NonNullable<Operation['parameters']>[number]) => ({
  get: {
    operationId,
    tags,
    summary: 'How long it is to wait in a virtual queue',
    parameters: [call, name, aqt, tenant, scale],
    responses: {
      '200': { description: 'What is known; empty for a queue without activity', content: json(ref('Lvq')) },
      ...problems([...ofBodies, 'PARAMETER_MISSING', 'PARAMETER_INVALID', 'CALL_NOT_IN_QUEUE', 'TOO_MANY_REQUESTS']),
    },
  },
});

const failures = Object.fromEntries(
  [...new Set(Object.values(phrases).map(({ status }) => status))].map((status) => [status, ref('CallbackError')]),
);

export const waitingPaths: Paths = {
  '/genesys/1/service/{name}': {
    get: {
      operationId: 'askService',
      tags,
      summary: 'Asks a built-in service: how long it is to wait (urs-stat), when it is open, what its slots take',
      parameters: [
        param('name', 'path', 'The service', string),
        param(
          'parameters',
          'query',
          'urs-stat: those of lvq. office-hours: start, end, number-of-days. capacity: start, end, timezone',
          { type: 'object' },
        ),
      ],
      responses: {
        '200': { description: 'What URS says, or periods', content: json({ type: 'object' }) },
        ...problems(ofBodies, failures),
      },
    },
  },
  '/genesys/2/ewt/{name}': {
    get: {
      operationId: 'ewt',
      tags,
      summary: 'How long it is to wait in virtual queues, by their names',
      parameters: [
        param('name', 'path', 'ewt1: as aqt=urs; ewt2: as aqt=urs2; ewt3: as aqt=stat', {
          enum: ['ewt1', 'ewt2', 'ewt3'],
        }),
        param('vq', 'query', 'A queue, or several with commas; without it those that services configure', string),
      ],
      responses: {
        '200': {
          description: 'By queue',
          content: json({ type: 'object', additionalProperties: ref('Lvq') }),
        },
        ...problems(ofBodies, failures),
      },
    },
  },
  '/genesys/1/statistic': {
    post: {
      operationId: 'peekStatistic',
      tags,
      summary:
        'What a statistic of an agent, place, group or virtual queue is now; the token may be the password of Basic',
      security: [{ operator: [] }, { basic: [] }],
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': { schema: ref('PeekStatistic') },
          'multipart/form-data': { schema: ref('PeekStatistic') },
          ...json(ref('PeekStatistic')),
        },
      },
      responses: {
        '200': { description: 'Its value', content: json(ref('Statistic')) },
        ...problems([...ofBodies, 'ADMIN_CLOSED', 'ADMIN_TOKEN_INVALID'], failures),
      },
    },
  },
  '/urs/call/{call}/lvq': lvq('lvq', param('name', 'query', 'The virtual queue', string)),
  '/urs/call/{call}/lvq/{name}': lvq('lvqByPath', param('name', 'path', 'The virtual queue', string)),
  '/urs/help/call/lvq': {
    get: {
      operationId: 'lvqHelp',
      tags,
      summary: 'What lvq takes and answers',
      responses: { '200': { description: 'A text', content: text() }, ...problems(ofBodies) },
    },
  },
};
