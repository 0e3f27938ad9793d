/** The callback services of `../gms/routes.ts`. */
import { phrases } from '../gms/errors.js';
import { json, ofBodies, param, problems, ref, type Answer, type Operation, type Paths } from './operation.js';

const tags = ['callbacks'];
const name = param('name', 'path', 'The service', { type: 'string' });
const id = param('id', 'path', 'The callback, from the answer to its start', { type: 'string' });
const properties = param('_customer_number', 'query', 'Or another property that the service lists as a key', {
  type: 'string',
});
const key = param('Idempotency-Key', 'header', 'The client’s own id for this request: a repeat is not done again', {
  type: 'string',
});

const statuses = [...new Set(Object.values(phrases).map(({ status }) => status))];
const errors = Object.fromEntries(
  statuses.map((status) => {
    const known = Object.entries(phrases).flatMap(([phrase, each]) => (each.status === status ? [phrase] : []));
    return [status, { ...ref('CallbackError'), properties: { phrase: { enum: known } } }];
  }),
);
const wrong: Readonly<Record<string, Answer>> = problems(ofBodies, errors);

const found = (operationId: string, summary: string, parameters: Operation['parameters']): Operation => ({
  operationId,
  tags,
  summary,
  ...(parameters && { parameters }),
  responses: { '200': { description: 'Those that have it', content: json(ref('FoundCallbacks')) }, ...wrong },
});

const query = (operationId: string): Operation => ({
  operationId,
  tags,
  summary: 'Shows a callback',
  parameters: [name, id],
  responses: { '200': { description: 'The callback', content: json(ref('Callback')) }, ...wrong },
});

export const callbackPaths: Paths = {
  '/genesys/1/service/callback': {
    get: found('findCallbacks', 'Finds callbacks of all services by a property', [properties]),
  },
  '/genesys/1/service/callback/{name}': {
    post: {
      operationId: 'startCallback',
      tags,
      summary: 'Starts a callback, or schedules it for _desired_time',
      parameters: [name, key],
      requestBody: {
        required: false,
        content: Object.fromEntries(
          ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => [
            type,
            { schema: ref('CallbackRequest') },
          ]),
        ),
      },
      responses: {
        '200': { description: 'It is accepted', content: json(ref('CallbackStarted')) },
        ...wrong,
      },
    },
    get: found('findCallbacksOfService', 'Finds callbacks of a service by properties', [name, properties]),
  },
  '/genesys/1/service/callback/{name}/{id}': {
    get: query('queryCallback'),
    delete: {
      operationId: 'cancelCallback',
      tags,
      summary: 'Cancels a callback',
      parameters: [
        name,
        id,
        param('discard_ors_failure', 'query', 'true: it is cancelled, whatever its session says', { type: 'boolean' }),
      ],
      responses: { '200': { description: 'It is cancelled' }, ...wrong },
    },
  },
  '/genesys/2/service/callback/{name}/{id}': { get: query('queryCallback2') },
};
