/**
 * Every error that a client of the HTTP interface can meet, in one table: its stable code, its status, and what it says.
 * Routes, the host and the loading of documents throw `problem(code, ...facts)`; `app.ts` answers it as
 * `{"code","message","details":[{"message","line","column"}]}`, where `details` is there only when several things or
 * places are meant. The Callback services have an error body of their own, which is theirs to make.
 *
 * 1. A code never changes its meaning: clients compare it. Messages are for people and may get better.
 * 2. A message says what is wrong, where, and what to do. It never repeats a body.
 */
import { configurationRows } from './configuration/problem-rows.js';
import { fileOf, formatProblem, type DocumentError } from '../engine/position.js';
import { userRows } from './users/problem-rows.js';

export interface Detail {
  readonly message: string;
  /** Line and column count from 1. */
  readonly line?: number;
  readonly column?: number;
  /** Of a document: the included text in which that is. */
  readonly file?: string;
}

interface Row {
  readonly status: number;
  readonly message: (...facts: never[]) => string;
}

const table = {
  SESSION_ID_INVALID: {
    status: 400,
    message: (id: string) => `"${id}" is no session id: those have 32 characters, 0-9 and A-Z`,
  },
  SESSION_NOT_FOUND: {
    status: 404,
    message: (id: string) => `there is no session ${id}: take the id from the answer to /scxml/session/start`,
  },
  SESSION_OVER: {
    status: 409,
    message: (id: string) =>
      `session ${id} has ended and takes no more events: /scxml/session/${id}/query still answers`,
  },
  SESSION_SCHEDULED: {
    status: 409,
    message: (id: string, time: string) =>
      `session ${id} has not begun and takes no events before ${time}: /scxml/session/${id}/terminate takes it back`,
  },
  SESSION_ELSEWHERE: {
    status: 307,
    message: (id: string, url: string) => `session ${id} is with another node: ask ${url}, where Location leads`,
  },
  SESSION_FAILED: {
    status: 500,
    message: (id: string, reason: string) => `session ${id} has failed and ended: ${reason}`,
  },
  STORE_UNAVAILABLE: {
    status: 503,
    message: (reason: string) =>
      `nothing was done, for it could not be saved (${reason}): try again, with the same Idempotency-Key if you have one; an operator looks at the disk`,
  },
  IDEMPOTENCY_KEY_REUSED: {
    status: 422,
    message: (id: string) =>
      `the Idempotency-Key "${id}" came before, with another request: repeat that one unchanged, or take a new key`,
  },
  IDEMPOTENCY_KEY_INVALID: {
    status: 400,
    message: () => 'an Idempotency-Key has 1 to 255 visible ASCII characters, and is sent once',
  },
  SESSION_NOT_SHOWN: {
    status: 422,
    message: (id: string, reason: string) => `what session ${id} holds cannot be shown: ${reason}`,
  },
  SESSION_NOT_SAVED: {
    status: 503,
    message: (id: string) =>
      `a step of session ${id} could not be saved: nothing of it was done, and the session has ended; start another, and have an operator look at the store`,
  },
  EVENT_NAME_INVALID: {
    status: 400,
    message: (name: string) =>
      `"${name}" is no event name: letters, digits, "_", "-", ":" in parts joined by ".", at most 256 characters`,
  },
  REQUEST_TIMEOUT: {
    status: 504,
    message: (name: string, ms: number) =>
      `the strategy did not answer request "${name}" within ${ms} ms: it answers with <ws:response requestid="_event.sendid">`,
  },
  PARAMETER_MISSING: { status: 400, message: (name: string, what: string) => `"${name}" is missing: it is ${what}` },
  PARAMETER_INVALID: { status: 400, message: (name: string, what: string) => `"${name}" must be ${what}` },
  BODY_MALFORMED: { status: 400, message: (what: string) => `the body cannot be read: ${what}` },
  BODY_TOO_LARGE: {
    status: 413,
    message: (bytes: number) => `the body has more than ${bytes} bytes: send less, or raise RINGBACK_BODY_LIMIT`,
  },
  LENGTH_REQUIRED: { status: 411, message: () => 'a multipart body needs a Content-Length header' },
  CONTENT_TYPE_UNSUPPORTED: {
    status: 415,
    message: (type: string) =>
      `a body of type "${type}" is not understood: send application/json, application/x-www-form-urlencoded or multipart/form-data, in UTF-8`,
  },
  DOCUMENT_INVALID: {
    status: 400,
    message: (uri: string, count: number, first: string) =>
      `${uri} cannot run: ${count === 1 ? '1 problem' : `${count} problems, the first`}: ${first}`,
  },
  DOCUMENT_SOURCE_INVALID: {
    status: 400,
    message: (src: string) =>
      `"${src}" names no document: give the name of a strategy (callback), an absolute path, or a file:, http: or https: URL without a password`,
  },
  DOCUMENT_NOT_ALLOWED: {
    status: 403,
    message: (src: string, place: string, variable: string) =>
      `${src} may not be read: ${place} is not allowed; an operator adds it to ${variable}`,
  },
  DOCUMENT_NOT_TRUSTED: {
    status: 403,
    message: (uri: string) =>
      `${uri} is a script or a part of a trusted document, and not trusted itself: an operator lists it, or its folder, in RINGBACK_TRUSTED`,
  },
  DOCUMENT_ELSEWHERE: {
    status: 403,
    message: (src: string, origin: string) =>
      `${src} redirects to ${origin}, which is not followed: name the document there`,
  },
  DOCUMENT_NOT_FOUND: { status: 404, message: (src: string) => `${src} does not exist: check its name and place` },
  DOCUMENT_TOO_LARGE: {
    status: 400,
    message: (src: string, bytes: number) => `${src} has more than ${bytes} bytes: split it`,
  },
  DOCUMENT_QUARANTINED: {
    status: 503,
    message: (uri: string, breaches: number, seconds: number) =>
      `${uri} starts no sessions for ${seconds} s: ${breaches} times its sources broke their sandbox, or ran until they were stopped; mend it, and it is taken at once`,
  },
  DOCUMENT_UNREACHABLE: {
    status: 502,
    message: (src: string, reason: string) => `${src} cannot be fetched (${reason}): check that its server runs`,
  },
  PEER_UNKNOWN: {
    status: 403,
    message: () =>
      'this is for servers that execute callbacks for each other: list them in RINGBACK_PEERS of both, with the same RINGBACK_PEER_TOKEN',
  },
  EXECUTION_NOT_FOUND: {
    status: 404,
    message: (id: string) => `nothing is known here of an execution of callback ${id}`,
  },
  EXECUTION_OVER: {
    status: 409,
    message: (id: string) => `callback ${id} is not here, is over, or is executed anew: cancel this execution`,
  },
  ADMIN_CLOSED: {
    status: 403,
    message: () => 'this is for operators, and closed: set RINGBACK_ADMIN_TOKEN to a secret of 16 characters or more',
  },
  ADMIN_TOKEN_INVALID: {
    status: 401,
    message: () =>
      'this is for operators: send the RINGBACK_ADMIN_TOKEN of the server, as "Authorization: Bearer <token>"',
  },
  ...userRows,
  AGENTS_CLOSED: {
    status: 403,
    message: () => 'this is for agents, and closed: set RINGBACK_AGENT_TOKENS to agent=token, one for each agent',
  },
  AGENT_TOKEN_INVALID: {
    status: 401,
    message: () => 'this is for one agent: send that agent\'s token, as "Authorization: Bearer <token>"',
  },
  AGENT_NOT_FOUND: {
    status: 404,
    message: (id: string) => `no agent "${id}" is configured in this contact centre: an operator looks at the tokens`,
  },
  AGENT_LOGGED_OUT: {
    status: 409,
    message: (id: string) => `agent "${id}" is logged out: log in first`,
  },
  AGENT_CALL_NOT_FOUND: {
    status: 404,
    message: (id: string, call: string) =>
      `agent "${id}" has no call ${call} (any more): the events and GET of the agent say which there is`,
  },
  AGENT_CALL_REFUSED: {
    status: 409,
    message: (what: string, reason: string) => `${what} was refused: ${reason}`,
  },
  AGENT_EVENTS_INVALID: {
    status: 400,
    message: (what: string) => `no events are here: ${what}`,
  },
  AGENT_ORIGIN_REFUSED: {
    status: 403,
    message: () => 'pages of this origin may not listen: an operator adds it to RINGBACK_AGENT_ORIGINS',
  },
  DEAD_LETTER_NOT_FOUND: {
    status: 404,
    message: (seq: string) => `there is no dead letter ${seq}: GET /ringback/dead-letters lists them`,
  },
  LIST_ITEM_NOT_FOUND: {
    status: 404,
    message: (item: string) => `there is no ${item} in the transaction lists: GET /ringback/lists shows them`,
  },
  ...configurationRows,
  CALL_NOT_IN_QUEUE: {
    status: 404,
    message: (call: string, queue: string) =>
      `no request of "${call}" waits in the queue "${queue}": ask for max, or for an interaction or request that waits there`,
  },
  TOO_MANY_REQUESTS: {
    status: 429,
    message: (times: number, seconds: number) =>
      `this address asks more than ${times} times a minute: ask again in ${seconds} s; an operator can raise RINGBACK_WAITING_PER_MINUTE`,
  },
  PATH_MALFORMED: {
    status: 400,
    message: (path: string) => `the path ${path} cannot be decoded: write % as %25`,
  },
  NOT_FOUND: {
    status: 404,
    message: (method: string, path: string, known: string) => `nothing answers ${method} ${path}; there is ${known}`,
  },
  METHOD_NOT_ALLOWED: {
    status: 405,
    message: (method: string, allowed: string) => `${method} does nothing here: use ${allowed}`,
  },
  STORE_FAILING: {
    status: 503,
    message: (reason: string) =>
      `the store could not write when it was last asked to (${reason}): an operator looks at the disk`,
  },
  NOT_READY: {
    status: 503,
    message: () => 'the server is starting or stopping: try again in a moment',
  },
  INTERNAL: {
    status: 500,
    message: () => 'something went wrong on our side: the log of the server says what',
  },
} as const satisfies Readonly<Record<string, Row>>;

export type Code = keyof typeof table;

export const statusOf = (code: Code): number => table[code].status;

export const codes = Object.keys(table) as readonly Code[];

export class Problem extends Error {
  override readonly name = 'Problem';
  constructor(
    readonly status: number,
    readonly code: Code,
    message: string,
    readonly details: readonly Detail[] = [],
  ) {
    super(message);
  }

  /** The body of the answer. */
  toJSON(): object {
    const { code, message, details } = this;
    return details.length === 0 ? { code, message } : { code, message, details };
  }
}

type Facts<C extends Code> = Parameters<(typeof table)[C]['message']>;

export const problem = <C extends Code>(code: C, ...facts: Facts<C>): Problem => {
  const { status, message } = table[code] as unknown as { status: number; message: (...facts: Facts<C>) => string };
  return new Problem(status, code, message(...facts));
};

/** Everything that is wrong with a document. */
export const documentProblem = ({ uri, problems }: DocumentError): Problem => {
  const { status, code, message } = problem(
    'DOCUMENT_INVALID',
    uri,
    problems.length,
    problems[0] ? formatProblem(problems[0], uri) : '',
  );
  const details = problems.map(({ message, at }) => {
    const { line, column, included } = at;
    return { message, line, column, ...(included && { file: fileOf(at, uri) }) };
  });
  return new Problem(status, code, message, details);
};

/** A body whose text is wrong at one place. */
export const bodyProblem = (what: string, detail: Omit<Required<Detail>, 'file'>): Problem => {
  const { status, code, message } = problem('BODY_MALFORMED', what);
  return new Problem(status, code, message, [detail]);
};

/** What was thrown, in words. */
export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
