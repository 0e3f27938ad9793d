/** The ORS interface of `../ors/routes.ts`, and the Basic HTTP processor's end of it. */
import type { Code } from '../problems.js';
import { json, ofBodies, param, problems, ref, text, type Answer, type Operation, type Paths } from './operation.js';
import { sessionId } from './schemas.js';

const tags = ['sessions'];
const servers = [{ url: '/' }, { url: '/genesys/1/ors', description: 'as GMS forwards it' }];
const id = param('id', 'path', 'The session, from the answer to its start', sessionId);
const name = param('name', 'path', 'Of the event: letters, digits, _ - : in parts joined by .', { type: 'string' });
const key = param('Idempotency-Key', 'header', 'The client’s own id for this request: a repeat is not done again', {
  type: 'string',
  pattern: '^[\\x21-\\x7e]{1,255}$',
});
const query = param('data', 'query', 'Any fields, as those of the body', { type: 'object' });
const headers: NonNullable<Answer['headers']> = {
  'Set-Cookie': { description: 'ORSSESSIONID=<session id>.node<n>', schema: { type: 'string' } },
};
const repeatable: NonNullable<Answer['headers']> = {
  ...headers,
  'Idempotent-Replayed': { description: 'true: it is the answer to an earlier request', schema: { const: 'true' } },
};

const ofKeys: readonly Code[] = ['IDEMPOTENCY_KEY_INVALID', 'IDEMPOTENCY_KEY_REUSED'];
const ofSessions: readonly Code[] = ['SESSION_ID_INVALID', 'SESSION_NOT_FOUND', 'SESSION_ELSEWHERE', ...ofBodies];
const ofSteps: readonly Code[] = [
  ...(['SESSION_OVER', 'SESSION_SCHEDULED', 'SESSION_FAILED', 'SESSION_NOT_SAVED', 'STORE_UNAVAILABLE'] as const),
];
const ofDocuments: readonly Code[] = [
  ...(['DOCUMENT_INVALID', 'DOCUMENT_SOURCE_INVALID', 'DOCUMENT_NOT_ALLOWED', 'DOCUMENT_NOT_TRUSTED'] as const),
  ...(['DOCUMENT_ELSEWHERE', 'DOCUMENT_NOT_FOUND', 'DOCUMENT_TOO_LARGE', 'DOCUMENT_QUARANTINED'] as const),
  'DOCUMENT_UNREACHABLE',
];
const ofEvents: readonly Code[] = [...ofSessions, ...ofSteps, ...ofKeys, 'EVENT_NAME_INVALID'];

const bodyOf = (schema: string, required: boolean): NonNullable<Operation['requestBody']> => ({
  required,
  content: Object.fromEntries(
    ['application/json', 'application/x-www-form-urlencoded', 'multipart/form-data'].map((type) => [
      type,
      { schema: ref(schema) },
    ]),
  ),
});

const done: Answer = { description: 'The step that took it is saved', headers, content: json(ref('Done')) };
const anything: NonNullable<Answer['content']> = { '*/*': { schema: {} } };

const event = (operationId: string, posted: boolean): Operation => ({
  operationId,
  tags,
  summary: 'Raises an external event in the session',
  parameters: [id, name, query, key],
  ...(posted && { requestBody: bodyOf('EventData', false) }),
  responses: { '200': { ...done, headers: repeatable }, ...problems(ofEvents) },
});

/** A strategy answers with any status of these classes; what is wrong besides has its own. */
const request = (operationId: string, posted: boolean): Operation => ({
  operationId,
  tags,
  summary: 'Raises an event with a sendid, and waits for the strategy’s <ws:response> to it',
  parameters: [id, name, query, key],
  ...(posted && { requestBody: bodyOf('EventData', false) }),
  responses: {
    '2XX': {
      description: 'A positive answer: 200, or its 2xx result code',
      headers: {
        ...repeatable,
        'Ringback-Result-Code': { description: 'The result code, percent-encoded', schema: { type: 'string' } },
      },
      content: anything,
    },
    '307': problems(['SESSION_ELSEWHERE'])['307'] ?? done,
    '4XX': {
      description: `A negative answer: 400, or its 4xx result code; or a problem: ${[...ofEvents, 'SESSION_NOT_SHOWN'].join(', ')}`,
      content: anything,
    },
    '5XX': {
      description: 'A negative answer with a 5xx result code; or a problem, REQUEST_TIMEOUT (504) among them',
      content: anything,
    },
  },
});

const view = (operationId: string): Operation => ({
  operationId,
  tags,
  summary: 'Shows a session: where it is, its data and its status',
  parameters: [id],
  responses: {
    '200': { description: 'The session', headers, content: json(ref('Session')) },
    ...problems([...ofSessions, 'SESSION_NOT_SHOWN']),
  },
});

export const sessionPaths: Paths = {
  '/scxml/session/start': {
    servers,
    post: {
      operationId: 'startSession',
      tags,
      summary: 'Starts a document, at once or at a time',
      parameters: [query, key],
      requestBody: bodyOf('StartSession', false),
      responses: {
        '200': {
          description: 'Its first step is saved; or, with idealtime, that it will start',
          headers: repeatable,
          content: json(ref('SessionStarted')),
        },
        ...problems([
          ...ofDocuments,
          ...ofKeys,
          ...ofBodies,
          ...(['PARAMETER_MISSING', 'PARAMETER_INVALID', 'PEER_UNKNOWN'] as const),
          ...(['SESSION_OVER', 'SESSION_FAILED', 'SESSION_NOT_SAVED', 'STORE_UNAVAILABLE'] as const),
        ]),
      },
    },
  },
  '/scxml/session/{id}/event/{name}': {
    servers,
    get: event('raiseEventByGet', false),
    post: event('raiseEvent', true),
  },
  '/scxml/session/{id}/request/{name}': {
    servers,
    get: request('requestByGet', false),
    post: request('request', true),
  },
  '/scxml/session/{id}/query': { servers, get: view('querySession'), post: view('querySessionByPost') },
  '/scxml/session/{id}/terminate': {
    servers,
    post: {
      operationId: 'terminateSession',
      tags,
      summary: 'Ends a session: it leaves its states; one that is scheduled is taken back',
      parameters: [id],
      responses: { '200': done, ...problems([...ofSessions, ...ofSteps]) },
    },
  },
  '/scxml/session/{id}/basichttp': {
    post: {
      operationId: 'sendByBasicHttp',
      tags,
      summary: 'The Basic HTTP Event I/O Processor (SCXML C.2): _scxmleventname in a form is the event, else HTTP.POST',
      parameters: [id, key],
      requestBody: { required: false, content: { '*/*': { schema: {} } } },
      responses: {
        '200': { description: 'It is saved' },
        ...problems([...ofSteps, ...ofKeys, ...ofBodies, 'SESSION_NOT_FOUND']),
      },
    },
  },
  '/ors/help': {
    servers: [{ url: '/' }, { url: '/genesys/1' }],
    get: {
      operationId: 'help',
      tags,
      summary: 'All of this as text, with the events of the modules',
      responses: { '200': { description: 'The text', content: text() }, ...problems(ofBodies) },
    },
  },
  '/ors/heartbeat': {
    get: {
      operationId: 'heartbeat',
      tags,
      summary: 'Whether this server wants work',
      responses: {
        '200': { description: 'OK', content: text() },
        ...problems([...ofBodies, 'STORE_FAILING']),
      },
    },
    servers: [{ url: '/' }, { url: '/genesys/1' }],
  },
};
