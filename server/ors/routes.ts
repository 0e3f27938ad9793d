/**
 * The ORS interface of sessions over HTTP, under `/scxml` and, as GMS forwards it, under `/genesys/1/ors/scxml`. Repeated
 * slashes are one slash: clients build such URLs. What a request means for the session is read by `incoming.ts`, `answer.ts` has
 * the answers of strategies, `nodes.ts` whose session it is; `/openapi.json` describes all of it.
 *
 * | request                                    | answer                                                             |
 * | POST session/start                         | {"sessionid": id}                                                  |
 * | GET, POST session/<id>/event/<name>        | {} when the step that took the event is saved                      |
 * | GET, POST session/<id>/request/<name>      | when the strategy answers: what its <ws:response> says             |
 * | GET, POST session/<id>/query               | the session: SessionView of `../host/port.ts`                      |
 * | POST session/<id>/terminate                | {}                                                                 |
 * | GET /ors/heartbeat                         | OK                                                                 |
 *
 * The first three take an `Idempotency-Key` (`../idempotency.ts`): a repeat is not done again and gets the same answer.
 *
 * 1. A GET that may change a session is taken only as GET: HEAD and other methods are refused, whatever express would do.
 * 2. Every answer about a session that is here sets ORS's cookie; for one that another node has it is 307 to that.
 */
import { Router, type Request, type RequestHandler, type Response } from 'express';
import { toData } from '../../engine/datamodel/data.js';
import type { Routes } from '../app.js';
import type { Sessions, StartRequest } from '../host/port.js';
import { keyOf, markRepeat } from '../idempotency.js';
import { problem, Problem, type Code } from '../problems.js';
import { answerOf, shown, type Answer } from './answer.js';
import { eventOf, startOf } from './incoming.js';
import { alone, cookieOf, COOKIE, elsewhere, type Nodes } from './nodes.js';

export interface OrsOptions {
  readonly sessions: Sessions;
  /** How long a request waits for the strategy. */
  readonly requestTimeoutMs: number;
  /** Default: this server is alone. */
  readonly nodes?: Nodes;
  /** Why this server wants no work, if it does not. */
  readonly objection?: () => Problem | undefined;
  /** What else belongs to a start that another server wants. Throws Problems. */
  readonly admit?: (request: Request, start: StartRequest) => StartRequest;
}

type Handle = (request: Request, response: Response) => Promise<Answer>;

const sessionid = ({ params }: Request): string => {
  const id = String(params['id']);
  if (!/^[0-9A-Z]{32}$/.test(id)) throw problem('SESSION_ID_INVALID', id.slice(0, 64));
  return id;
};

/** Problems of a session that is here. */
const ofSession: ReadonlySet<Code> = new Set<Code>([
  ...(['SESSION_OVER', 'SESSION_SCHEDULED', 'SESSION_FAILED', 'SESSION_NOT_SHOWN', 'SESSION_NOT_SAVED'] as const),
  'REQUEST_TIMEOUT',
]);

export const orsRoutes = ({ sessions, requestTimeoutMs, nodes = alone, objection, ...options }: OrsOptions): Routes => {
  const { admit = plainly } = options;
  const mark = (response: Response, id: string): void => {
    response.cookie(COOKIE, cookieOf(id, nodes), { httpOnly: true });
  };
  const start: Handle = async (request, response) => {
    const id = await sessions.start(admit(request, startOf(request)), keyOf(request), markRepeat(response));
    mark(response, id);
    return { body: { sessionid: id } };
  };
  const event: Handle = async (request, response) => {
    await sessions.deliver(sessionid(request), eventOf(request), keyOf(request), markRepeat(response));
    return { body: {} };
  };
  const ask: Handle = async (request, response) => {
    const [id, key] = [sessionid(request), keyOf(request)];
    return answerOf(id, await sessions.request(id, eventOf(request), requestTimeoutMs, key, markRepeat(response)));
  };
  const query: Handle = async (request) => {
    const id = sessionid(request);
    const { data, ...view } = await sessions.query(id);
    return { body: { ...view, data: shown(id, toData(data)) } };
  };
  const terminate: Handle = async (request) => {
    await sessions.terminate(sessionid(request));
    return { body: {} };
  };
  /** 2 */
  const ofOne =
    (handle: Handle): Handle =>
    async (request, response) => {
      try {
        const answer = await handle(request, response);
        mark(response, sessionid(request));
        return answer;
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        if (ofSession.has(error.code)) mark(response, sessionid(request));
        const there = error.code === 'SESSION_NOT_FOUND' && elsewhere(request, sessionid(request), nodes);
        if (typeof there !== 'string') throw error;
        response.set('Location', there);
        throw problem('SESSION_ELSEWHERE', sessionid(request), new URL(there).origin);
      }
    };
  const heartbeat: Handle = async () => {
    const against = objection?.();
    if (against) throw against;
    return { body: 'OK\n' };
  };

  const router = Router();
  const on = (methods: readonly string[], path: RegExp, handle: Handle): void => {
    router.all(path, only(methods, handle));
  };
  on(['POST'], below('scxml/session/start'), start);
  on(['GET', 'POST'], below('scxml/session/:id/event/:name'), ofOne(event));
  on(['GET', 'POST'], below('scxml/session/:id/request/:name'), ofOne(ask));
  on(['GET', 'POST'], below('scxml/session/:id/query'), ofOne(query));
  on(['POST'], below('scxml/session/:id/terminate'), ofOne(terminate));
  on(['GET'], below('ors/heartbeat', 'genesys/1'), heartbeat);
  return {
    router,
    paths: [
      ...['POST /scxml/session/start', '/scxml/session/<id>/event/<name>', 'request/<name>', 'query', 'terminate'],
      'GET /ors/heartbeat',
    ],
  };
};

const plainly = (_: Request, start: StartRequest): StartRequest => start;

/** `session/:id/query` -> that path, also below where GMS forwards it, with as many slashes as anybody likes. */
const below = (path: string, root = 'genesys/1/ors'): RegExp => {
  const slashed = (text: string): string => text.split('/').join('/+');
  const parts = path.split('/').map((part) => (part.startsWith(':') ? `(?<${part.slice(1)}>[^/]+)` : part));
  return new RegExp(`^/+(?:${slashed(root)}/+)?${parts.join('/+')}/*$`);
};

const only =
  (methods: readonly string[], handle: Handle): RequestHandler =>
  async (request, response) => {
    if (!methods.includes(request.method)) {
      response.set('Allow', methods.join(', '));
      throw problem('METHOD_NOT_ALLOWED', request.method, methods.join(' or '));
    }
    response.set('Cache-Control', 'no-store');
    const { status = 200, headers = {}, body } = await handle(request, response);
    response.status(status).set(headers);
    if (typeof body !== 'string') response.json(body);
    else response.type(headers['Content-Type'] ?? 'text/plain').send(body);
  };
