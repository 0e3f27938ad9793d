/** What operators and their tools ask (`../admin/routes.ts`, `../health/operations.ts`), and this description itself. */
import type { Code } from '../problems.js';
import { ofDoors, security } from './doors.js';
import { json, ofBodies, param, problems, ref, text, type Operation, type Paths } from './operation.js';

const { administer } = security;
const ofAdmin: readonly Code[] = ofDoors;
const seq = param('seq', 'path', 'Of the dead letter', { type: 'integer' });
const item = ['list', 'section', 'key'].map((name) =>
  param(name, 'path', `The name of the ${name}`, { type: 'string' }),
);
const done = { description: 'It is saved', content: json(ref('Done')) };

const plain = (tag: string, operationId: string, summary: string, responses: Operation['responses']) => ({
  get: { operationId, tags: [tag], summary, responses },
});

const ofPeers: Operation['security'] = [{ peer: [] }];
const callback = param('id', 'path', 'Of the callback', { type: 'string' });

export const operatorPaths: Paths = {
  '/ringback/executions/{id}': {
    get: {
      operationId: 'getExecution',
      tags: ['operators'],
      summary: 'For a server whose callback this one executes: what is known of it',
      security: ofPeers,
      parameters: [callback],
      responses: {
        '200': { description: 'The execution', content: json(ref('Execution')) },
        ...problems(['PEER_UNKNOWN', 'EXECUTION_NOT_FOUND']),
      },
    },
    put: {
      operationId: 'tellExecution',
      tags: ['operators'],
      summary: 'From a server that executes a callback of this one: what has become of it',
      security: ofPeers,
      parameters: [callback],
      requestBody: { required: true, content: json(ref('Execution')) },
      responses: { '200': done, ...problems([...ofBodies, 'PEER_UNKNOWN', 'EXECUTION_OVER', 'STORE_UNAVAILABLE']) },
    },
  },
  '/ringback/lists': {
    get: {
      operationId: 'listLists',
      tags: ['operators'],
      summary: 'Shows the transaction lists',
      security: administer,
      responses: { '200': { description: 'All of them', content: json(ref('Lists')) }, ...problems(ofAdmin) },
    },
  },
  '/ringback/lists/{list}/{section}/{key}': {
    put: {
      operationId: 'setListItem',
      tags: ['operators'],
      summary: 'Sets a key of a transaction list; callbacks that it pauses or resumes hear of it',
      security: administer,
      parameters: item,
      requestBody: { required: true, content: json(ref('ListValue')) },
      responses: { '200': done, ...problems([...ofAdmin, 'PARAMETER_INVALID', 'STORE_UNAVAILABLE']) },
    },
    delete: {
      operationId: 'removeListItem',
      tags: ['operators'],
      summary: 'Takes a key out of a transaction list',
      security: administer,
      parameters: item,
      responses: { '200': done, ...problems([...ofAdmin, 'LIST_ITEM_NOT_FOUND', 'STORE_UNAVAILABLE']) },
    },
  },
  '/ringback/patterns/{group}/test': {
    post: {
      operationId: 'testPatterns',
      tags: ['operators'],
      summary: 'Which exception patterns of a group match a number',
      security: administer,
      parameters: [param('group', 'path', 'A section of the list GMS_Patterns', { type: 'string' })],
      requestBody: { required: true, content: json(ref('ListValue')) },
      responses: {
        '200': { description: 'Their names', content: json(ref('MatchingPatterns')) },
        ...problems([...ofAdmin, 'PARAMETER_INVALID', 'LIST_ITEM_NOT_FOUND']),
      },
    },
  },
  '/ringback/audit': {
    get: {
      operationId: 'listAudit',
      tags: ['operators'],
      summary: 'What users and operators did, the last of it, oldest first',
      security: administer,
      parameters: [
        param('limit', 'query', 'How many, 100 if nothing is said', { type: 'integer', minimum: 1, maximum: 1000 }),
      ],
      responses: {
        '200': { description: 'Who did what, when, to which callback', content: json(ref('AuditEntries')) },
        ...problems([...ofAdmin, 'PARAMETER_INVALID']),
      },
    },
  },
  '/ringback/dead-letters': {
    get: {
      operationId: 'listDeadLetters',
      tags: ['operators'],
      summary: 'What sessions sent and nobody took, oldest first',
      security: administer,
      parameters: [
        param('limit', 'query', 'How many, 100 if nothing is said', { type: 'integer', minimum: 1, maximum: 1000 }),
      ],
      responses: {
        '200': { description: 'The dead letters', content: json(ref('DeadLetters')) },
        ...problems([...ofAdmin, 'PARAMETER_INVALID']),
      },
    },
  },
  '/ringback/reporting': {
    get: {
      operationId: 'listReporting',
      tags: ['operators'],
      summary: 'What was told of callbacks since the process began: status events and key-value pairs, oldest first',
      security: administer,
      parameters: [
        param('service_id', 'query', 'Of one callback; all if nothing is said', { type: 'string' }),
        param('limit', 'query', 'How many, 100 if nothing is said', { type: 'integer', minimum: 1, maximum: 1000 }),
      ],
      responses: {
        '200': { description: 'The latest of them', content: json(ref('Reporting')) },
        ...problems([...ofAdmin, 'PARAMETER_INVALID']),
      },
    },
  },
  '/ringback/dead-letters/{seq}/redrive': {
    post: {
      operationId: 'redriveDeadLetter',
      tags: ['operators'],
      summary: 'Tries it anew',
      security: administer,
      parameters: [seq],
      responses: { '200': done, ...problems([...ofAdmin, 'DEAD_LETTER_NOT_FOUND', 'STORE_UNAVAILABLE']) },
    },
  },
  '/ringback/dead-letters/{seq}': {
    delete: {
      operationId: 'discardDeadLetter',
      tags: ['operators'],
      summary: 'Forgets it',
      security: administer,
      parameters: [seq],
      responses: { '200': done, ...problems([...ofAdmin, 'DEAD_LETTER_NOT_FOUND', 'STORE_UNAVAILABLE']) },
    },
  },
  '/health/live': plain('operators', 'live', 'Whether the process turns', {
    '200': { description: 'It does', content: json(ref('Live')) },
    ...problems([]),
  }),
  '/health/ready': plain('operators', 'ready', 'Whether it wants work', {
    '200': { description: 'It does', content: json(ref('Ready')) },
    ...problems(['STORE_FAILING']),
  }),
  '/metrics': plain('operators', 'metrics', 'Metrics for Prometheus', {
    '200': { description: 'The metrics', content: text() },
    ...problems([]),
  }),
  '/openapi.json': plain('documentation', 'openapi', 'This description', {
    '200': { description: 'OpenAPI 3.1', content: json({ type: 'object', required: ['openapi', 'paths'] }) },
    ...problems(ofBodies),
  }),
  '/docs': plain('documentation', 'docs', 'This description as a page', {
    '200': { description: 'A page', content: text('text/html') },
    ...problems(ofBodies),
  }),
};
