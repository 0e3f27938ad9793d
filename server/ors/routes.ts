/**
 * The ORS interface of sessions over HTTP, under `/scxml` and, as GMS forwards it, under `/genesys/1/ors/scxml`. Repeated
 * slashes are one slash: clients build such URLs. What a request means for the session is read by `incoming.ts`.
 *
 * | request                                    | answer                                                             |
 * | POST session/start                         | {"sessionid": id}, and Set-Cookie: ORSSESSIONID=<id>.node1         |
 * | GET, POST session/<id>/event/<name>        | {} when the step that took the event is saved                      |
 * | GET, POST session/<id>/request/<name>      | when the strategy answers: the parameters of its <ws:response>     |
 * | GET, POST session/<id>/query               | the session: SessionView of `../host/port.ts`                      |
 * | POST session/<id>/terminate                | {}                                                                 |
 *
 * The first three take an `Idempotency-Key` (`../idempotency.ts`): a repeat is not done again and gets the same answer.
 *
 * 1. A GET that may change a session is taken only as GET: HEAD and other methods are refused, whatever express would do.
 */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { toData } from '../../engine/datamodel/data.js';
import { toJson } from '../../engine/datamodel/json.js';
import type { Data } from '../../engine/event.js';
import type { Routes } from '../app.js';
import type { Reply, Sessions } from '../host/port.js';
import { keyOf, markRepeat } from '../idempotency.js';
import { messageOf, problem } from '../problems.js';
import { eventOf, startOf } from './incoming.js';

export interface OrsOptions {
  readonly sessions: Sessions;
  /** How long a request waits for the strategy. */
  readonly requestTimeoutMs: number;
}

/** The database id of this node in the cookie that ORS sets: there is one node. */
const NODE = 'node1';

type Handle = (request: Request, response: Response) => Promise<void>;

const sessionid = ({ params }: Request): string => {
  const id = String(params['id']);
  if (!/^[0-9A-Z]{32}$/.test(id)) throw problem('SESSION_ID_INVALID', id.slice(0, 64));
  return id;
};

/** A negative answer's result code is its status, where HTTP has such an error. */
const statusOf = ({ type, resultcode }: Reply): number => {
  if (type === 'positive') return 200;
  return /^[45]\d\d$/.test(resultcode ?? '') ? Number(resultcode) : 400;
};

const shown = (id: string, value: Data | undefined): Data => {
  try {
    return toJson(value);
  } catch (error) {
    throw problem('SESSION_NOT_SHOWN', id, messageOf(error));
  }
};

const parametersOf = (id: string, { params }: Reply): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, shown(id, value)]])),
  );

export const orsRoutes = ({ sessions, requestTimeoutMs }: OrsOptions): Routes => {
  const start: Handle = async (request, response) => {
    const id = await sessions.start(startOf(request), keyOf(request), markRepeat(response));
    response.cookie('ORSSESSIONID', `${id}.${NODE}`, { httpOnly: true });
    response.json({ sessionid: id });
  };
  const event: Handle = async (request, response) => {
    await sessions.deliver(sessionid(request), eventOf(request), keyOf(request), markRepeat(response));
    response.json({});
  };
  const ask: Handle = async (request, response) => {
    const [id, key] = [sessionid(request), keyOf(request)];
    const reply = await sessions.request(id, eventOf(request), requestTimeoutMs, key, markRepeat(response));
    response.status(statusOf(reply)).json(parametersOf(id, reply));
  };
  const query: Handle = async (request, response) => {
    const id = sessionid(request);
    const { data, ...view } = await sessions.query(id);
    response.json({ ...view, data: shown(id, toData(data)) });
  };
  const terminate: Handle = async (request, response) => {
    await sessions.terminate(sessionid(request));
    response.json({});
  };

  const router = Router();
  const on = (methods: readonly string[], path: string, handle: Handle): void => {
    router.all(pattern(path), only(methods, handle));
  };
  on(['POST'], 'session/start', start);
  on(['GET', 'POST'], 'session/:id/event/:name', event);
  on(['GET', 'POST'], 'session/:id/request/:name', ask);
  on(['GET', 'POST'], 'session/:id/query', query);
  on(['POST'], 'session/:id/terminate', terminate);
  return {
    router,
    paths: ['POST /scxml/session/start', '/scxml/session/<id>/event/<name>', 'request/<name>', 'query', 'terminate'],
  };
};

/** `session/:id/query` -> that path below each root, with as many slashes as anybody likes. */
const pattern = (path: string): RegExp => {
  const parts = path.split('/').map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : part));
  return new RegExp(`^/+(?:genesys/+1/+ors/+)?scxml/+${parts.join('/+')}/*$`);
};

const only =
  (methods: readonly string[], handle: Handle): RequestHandler =>
  async (request, response) => {
    if (!methods.includes(request.method)) {
      response.set('Allow', methods.join(', '));
      throw problem('METHOD_NOT_ALLOWED', request.method, methods.join(' or '));
    }
    response.set('Cache-Control', 'no-store');
    await handle(request, response);
  };
