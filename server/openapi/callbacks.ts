/** The callback services of `../gms/routes.ts`. */
import { phrases } from '../gms/errors.js';
import { ofDoors } from './doors.js';
import {
  json,
  ofBodies,
  param,
  problems,
  ref,
  type Answer,
  type Operation,
  type Parameter,
  type Paths,
  type Schema,
} from './operation.js';

const tags = ['callbacks'];
const name = param('name', 'path', 'The service', { type: 'string' });
const id = param('id', 'path', 'The callback, from the answer to its start', { type: 'string' });
const properties = param('_customer_number', 'query', 'Or another property that the service lists as a key', {
  type: 'string',
});
const text = { type: 'string' } as const;
const narrowing = [
  param('operand', 'query', 'AND: all of the properties, as by default; OR: one of them', { enum: ['AND', 'OR'] }),
  param('_callback_state', 'query', 'Or several, with commas; ! before one means all others', text),
  param('_desired_time_from', 'query', 'Not before this time, ISO 8601', text),
  param('_desired_time_to', 'query', 'Not after this time, ISO 8601', text),
];
const key = param('Idempotency-Key', 'header', 'The client’s own id for this request: a repeat is not done again', {
  type: 'string',
});

const statuses = [...new Set(Object.values(phrases).map(({ status }) => status))];
export const errors = Object.fromEntries(
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

const ofCallback = param('id', 'path', 'The callback: its id begins with a number', {
  type: 'string',
  pattern: '^[0-9]+-',
});
const anything = { '*/*': { schema: {} } };

/** To the session that executes the callback. */
const forwarded = (operationId: string, summary: string, more: Operation['parameters'] = []): Operation => ({
  operationId,
  tags,
  summary,
  parameters: [ofCallback, ...more],
  responses: {
    '2XX': { description: 'A positive answer of the strategy', content: anything },
    '4XX': { description: 'A negative answer, or an error of the callback services', content: anything },
    '5XX': {
      description: 'A negative answer, or UNKNOWN_ERROR: the session is over, or does not answer',
      content: anything,
    },
  },
});
const position = 'Where a callback is in its queue, and how it came there';

const asked = (named: string, description: string, schema: Schema = { type: 'string' }): Parameter =>
  param(named, 'query', description, schema);
const whole = { type: 'integer', minimum: 1 };
const range = [
  asked('start', 'ISO 8601; now, when it is absent'),
  asked('timestamp', 'The same as start'),
  asked('end', 'ISO 8601; without it and number-of-days: one bucket'),
  asked('number-of-days', 'Instead of an end', whole),
  asked('max-time-slots', 'No more slots than these', whole),
];
const rangeIn = [
  ...range,
  asked('start-ms', 'Instead of start: milliseconds since 1970'),
  asked('end-ms', 'Instead of end'),
  asked('timezone', 'The clock of start, end and localTime; that of the office hours when it is absent'),
  asked('report-busy', 'true: slots that are full as well', { type: 'boolean' }),
];
const availability = (operationId: string, schema: Schema, parameters: readonly Parameter[]): Operation => ({
  operationId,
  tags,
  summary: 'When a callback can be booked',
  parameters: [name, ...parameters],
  responses: { '200': { description: 'Slots in the order of time', content: json(schema) }, ...wrong },
});

const forms = (schema: Schema) =>
  Object.fromEntries(
    ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => [type, { schema }]),
  );

export const callbackPaths: Paths = {
  '/genesys/1/service/callback': {
    get: found('findCallbacks', 'Finds callbacks of all services by a property', [properties, ...narrowing]),
  },
  '/genesys/1/service/callback/{name}': {
    post: {
      operationId: 'startCallback',
      tags,
      summary: 'Starts a callback, or schedules it for _desired_time',
      parameters: [name, key],
      requestBody: {
        required: false,
        content: forms(ref('CallbackRequest')),
      },
      responses: {
        '200': { description: 'It is accepted', content: json(ref('CallbackStarted')) },
        ...wrong,
      },
    },
    get: found('findCallbacksOfService', 'Finds callbacks of a service by properties', [
      name,
      properties,
      ...narrowing,
    ]),
  },
  '/genesys/1/service/callback/{name}/{id}': {
    get: query('queryCallback'),
    put: {
      operationId: 'changeCallback',
      tags,
      summary:
        'Gives a callback another time; or says what becomes of it, for which who executes it needs the right to change callbacks',
      parameters: [name, id],
      requestBody: { required: true, content: forms(ref('CallbackChange')) },
      responses: {
        '200': { description: 'It is changed', content: json({ type: 'object' }) },
        ...problems(ofDoors, errors),
      },
    },
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
  '/genesys/1/service/callback/{name}/availability': { get: availability('freeSlots', ref('FreeSlots'), range) },
  '/genesys/2/service/callback/{name}/availability': { get: availability('slots', ref('Slots'), rangeIn) },
  '/genesys/2/service/callback/{name}/{id}': { get: query('queryCallback2') },
  '/genesys/1/service/{id}/check-queue-position': {
    get: forwarded('checkQueuePosition', position),
    post: forwarded('postCheckQueuePosition', position, [key]),
  },
  '/genesys/1/service/{id}/{request}': {
    post: forwarded('requestOfCallback', 'Asks the session of a callback, and answers what its strategy does', [
      param('request', 'path', 'Such as connect', { type: 'string' }),
      key,
    ]),
  },
};
