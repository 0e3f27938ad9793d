/**
 * The one guard of what is for operators and for the users of callbacks. `callers` stands before all routes and finds out who comes; a
 * route's own `door` says what is needed, and has what is changed written into the audit before it is done.
 *
 * 1. Closed by default: without RINGBACK_ADMIN_TOKEN and without users nobody is let in. Who shows the token may everything.
 * 2. A route behind no `door` shows nothing of callers, and an unknown caller passes no `door`.
 * 3. Of a request, what is checked is what is done: a door decides once.
 */
import type { Request, RequestHandler, Response } from 'express';
import type { IncomingHttpHeaders } from 'node:http';
import { bearerOf, credentialsOf, digest, isSecret } from '../bearer.js';
import { bodyOf } from '../body.js';
import type { Clock } from '../clock.js';
import { problem } from '../problems.js';
import type { Audit } from './audit.js';
import { may, operator, type Right, type User } from './user.js';
import type { Users } from './users.js';

/** Where users come in, with HTTP Basic. */
export const PLACES = ['/ringback', '/genesys/1/admin'];

/** Where who executes a callback says what becomes of it. */
export const CALLBACK = '/genesys/1/service/callback/:name/:id';

interface Caller {
  readonly user: User | undefined;
  /** There are users. */
  readonly isOpen: boolean;
  readonly note: (user: User, did: string, more: { to?: readonly string[]; status?: number }) => Promise<void>;
}

const callersBy = new WeakMap<object, Caller>();

/** Who was let in. Only behind a `door`. */
export const userOf = (response: Response): User => callersBy.get(response)?.user ?? operator;

/** Before all routes of `PLACES`, and changes of a `CALLBACK`. `token`: that of operators, which may be shown as the password of whatever user. */
export const callers = (
  users: Users,
  audit: Audit,
  clock: Pick<Clock, 'now'>,
  token: string | undefined,
): RequestHandler => {
  const expected = token === undefined ? undefined : digest(token);
  const caller = (credentials: Credentials, address: string, response: Response): Promise<User> =>
    expected !== undefined && isSecret(credentials.password, expected)
      ? Promise.resolve(operator)
      : authenticated(users, credentials, address, response);
  return async ({ headers, ip = '' }, response, next) => {
    const note: Caller['note'] = (user, did, more) =>
      audit.write({ at: new Date(clock.now()).toISOString(), user: user.name, address: ip, did, ...more });
    const credentials = credentialsOf(headers);
    const user = credentials && (await caller(credentials, ip, response));
    callersBy.set(response, { user, isOpen: users.isOpen, note });
    next();
  };
};

type Credentials = Parameters<Users['authenticate']>[0];

const authenticated = async (
  users: Users,
  credentials: Credentials,
  address: string,
  response: Response,
): Promise<User> => {
  response.set('Cache-Control', 'no-store');
  challenge(response);
  const user = await users.authenticate(credentials, address);
  response.removeHeader('WWW-Authenticate');
  return user;
};

const challenge = (response: Response): void => {
  response.set('WWW-Authenticate', 'Basic realm="Callback", charset="UTF-8"');
};

/** `shownIn`: what is shown as the token; '' is none. */
export const door = (
  token: string | undefined,
  right: Right,
  shownIn: (headers: IncomingHttpHeaders) => string = bearerOf,
): RequestHandler => {
  const expected = token === undefined ? undefined : digest(token);
  return async (request, response, next) => {
    response.set('Cache-Control', 'no-store');
    const caller = callersBy.get(response);
    const isOperator = expected !== undefined && isSecret(shownIn(request.headers), expected);
    const user = isOperator ? operator : caller?.user;
    if (!user) throw unknown(response, expected !== undefined, caller?.isOpen === true);
    if (!may(user, right)) throw problem('USER_NOT_ALLOWED', user.name, right);
    if (caller) {
      callersBy.set(response, { ...caller, user });
      await audited(request, response, user, caller.note);
    }
    next();
  };
};

function unknown(response: Response, hasToken: boolean, hasUsers: boolean) {
  if (!hasToken && !hasUsers) return problem('ADMIN_CLOSED');
  if (hasUsers) challenge(response);
  else response.set('WWW-Authenticate', 'Bearer');
  return problem('ADMIN_TOKEN_INVALID');
}

/** What changes something: before, that it is tried; after, what came of it. */
async function audited(request: Request, response: Response, user: User, note: Caller['note']): Promise<void> {
  if (request.method === 'GET' || request.method === 'HEAD') return;
  const did = `${request.method} ${request.originalUrl.replace(/\?.*$/s, '')}`;
  await note(user, did, { to: targetsIn(bodyOf(request)?.value) });
  response.once('close', () => {
    note(user, did, { status: response.statusCode }).catch(() => undefined);
  });
}

const MOST = 100;

/** The callbacks and numbers that a body names. */
function targetsIn(body: unknown): string[] {
  if (typeof body !== 'object' || body === null) return [];
  const { _customer_number: numbers, ids, _id: id } = body as Readonly<Record<string, unknown>>;
  return [numbers, ids, id]
    .flat()
    .filter((one) => typeof one === 'string')
    .slice(0, MOST);
}
