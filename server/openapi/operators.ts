/** What operators and their tools ask (`../admin/routes.ts`, `../health/operations.ts`), and this description itself. */
import type { Code } from '../problems.js';
import { json, ofBodies, param, problems, ref, text, type Operation, type Paths } from './operation.js';

const security: Operation['security'] = [{ operator: [] }];
const ofAdmin: readonly Code[] = [...ofBodies, 'ADMIN_CLOSED', 'ADMIN_TOKEN_INVALID'];
const seq = param('seq', 'path', 'Of the dead letter', { type: 'integer' });
const done = { description: 'It is saved', content: json(ref('Done')) };

const plain = (tag: string, operationId: string, summary: string, responses: Operation['responses']) => ({
  get: { operationId, tags: [tag], summary, responses },
});

export const operatorPaths: Paths = {
  '/ringback/dead-letters': {
    get: {
      operationId: 'listDeadLetters',
      tags: ['operators'],
      summary: 'What sessions sent and nobody took, oldest first',
      security,
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
      security,
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
      security,
      parameters: [seq],
      responses: { '200': done, ...problems([...ofAdmin, 'DEAD_LETTER_NOT_FOUND', 'STORE_UNAVAILABLE']) },
    },
  },
  '/ringback/dead-letters/{seq}': {
    delete: {
      operationId: 'discardDeadLetter',
      tags: ['operators'],
      summary: 'Forgets it',
      security,
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
