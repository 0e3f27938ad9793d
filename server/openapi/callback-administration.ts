/** What is asked of the callbacks of all services, and done to many: `../gms/queries/routes-admin.ts`. */
import { errors } from './callbacks.js';
import { ofDoors, security } from './doors.js';
import { json, object, param, problems, text, type Operation, type Paths, type Schema } from './operation.js';

const string = { type: 'string' } as const;
const list = { type: 'array', items: string } as const;
const wrong = problems(ofDoors, errors);

const operation = (
  operationId: string,
  summary: string,
  responses: Operation['responses'],
  right: 'see' | 'change',
  more: Pick<Operation, 'parameters' | 'requestBody'>,
): Operation => ({
  ...{ operationId, tags: ['callbacks'], summary, security: security[right] },
  ...{ ...more, responses: { ...responses, ...wrong } },
});

const asked = (schema: Schema): Pick<Operation, 'requestBody'> => ({
  requestBody: { required: true, content: json(schema) },
});

const results = {
  description: 'Those for which it was done, and why not for the others',
  content: json(
    object({
      success: { type: 'array', items: { type: 'object', additionalProperties: string } },
      errors: {
        type: 'array',
        // With what was asked for: an id, a number, or a key that there is not.
        items: {
          type: 'object',
          required: ['code', 'phrase', 'message'],
          properties: { code: { type: 'integer' } },
          additionalProperties: { type: ['string', 'integer'] },
        },
      },
    }),
  ),
};

const queues = {
  type: 'object',
  additionalProperties: { type: 'array', items: { type: 'object', additionalProperties: string } },
};

export const callbackAdministrationPaths: Paths = {
  '/genesys/1/admin/callback/queues': {
    get: operation(
      'queryQueues',
      'The callbacks of services within a time; besides these parameters, those of RINGBACK_FILTER_KEYS',
      { '200': { description: 'Callbacks by service', content: json(queues) } },
      'see',
      {
        parameters: [
          param('target', 'query', 'Services, or groups of services, with commas; all by default', string),
          param('start_time', 'query', 'ISO 8601; by default a quarter of an hour ago', string),
          param('end_time', 'query', 'ISO 8601; by default a day later', string),
          param('states', 'query', 'With commas; ! before one means all others', string),
          param('max', 'query', 'Of each service; 500 by default', { type: 'integer', minimum: 1, maximum: 100_000 }),
        ],
      },
    ),
  },
  '/genesys/1/admin/callback/watermarks': {
    get: operation(
      'watermarks',
      'How many callbacks are being executed: those that have been in one state for no more than three hours',
      {
        '200': {
          description: 'In all, and of each service',
          content: json(
            object({
              total: { type: 'integer' },
              services: { type: 'object', additionalProperties: { type: 'integer' } },
            }),
          ),
        },
      },
      'see',
      { parameters: [param('service_name', 'query', 'A service; as often as wanted', string)] },
    ),
  },
  '/genesys/1/admin/callback/cancel': {
    post: operation(
      'cancelCallbacks',
      'Cancels many callbacks: CANCELLED_BY_ADMIN',
      { '200': results },
      'change',
      asked(object({ ids: list, 'reason?': string })),
    ),
  },
  '/genesys/1/admin/callback/ops/delete': {
    post: operation(
      'deleteCallbacks',
      'Forgets callbacks that are SCHEDULED or COMPLETED, by their ids or their numbers: nothing is left of them',
      { '200': results },
      'change',
      asked({ type: 'object', properties: { _id: list, _customer_number: list } }),
    ),
  },
  '/genesys/1/admin/callback/reportcancelled': {
    post: operation(
      'exportCancelled',
      'The callbacks that ended for a reason, from the last 30 days to the next 15, as CSV',
      {
        '200': { description: 'A table', content: text('text/csv') },
        '204': { description: 'There are none' },
      },
      'see',
      asked(object({ callback_reason: string, 'exported_properties?': { anyOf: [string, list] } })),
    ),
  },
};
