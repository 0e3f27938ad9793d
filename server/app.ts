/**
 * The HTTP application: what all requests have in common, around the routers that it is given. It does not listen;
 * `main.ts` does, and tests do on a port of their own.
 *
 * 1. Whatever fails is answered as the Problem it is (`problems.ts`); anything else is INTERNAL, and only the log says what.
 * 2. Each request makes one line of the log: method, masked URL, status, milliseconds. Of a look that comes every second (a route
 *    says `response.locals.isRoutine`) that is for debugging.
 */
import express, {
  type ErrorRequestHandler,
  type Express,
  type Request,
  type RequestHandler,
  type Router,
} from 'express';
import helmet from 'helmet';
import { readBody, refusalOf } from './body.js';
import type { Clock } from './clock.js';
import type { Log } from './log.js';
import { problem, Problem } from './problems.js';
import { StoreUnavailable } from './store/port.js';

/** A router, mounted at the root, and the paths that a client who is lost should know. */
export interface Routes {
  readonly router: Router;
  readonly paths: readonly string[];
}

export interface AppOptions {
  /** What is asked about the server itself: before anything else. */
  readonly operations?: Routes;
  /** Routers that read bodies themselves. */
  readonly early?: readonly Router[];
  readonly routes: readonly Routes[];
  readonly log: Log;
  readonly clock: Pick<Clock, 'now'>;
  /** Bytes. */
  readonly bodyLimit: number;
}

export const createApp = ({ operations, early = [], routes, log, clock, bodyLimit }: AppOptions): Express => {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use(logRequests(log, clock));
  app.use(helmet());
  if (operations) app.use(operations.router);
  for (const router of early) app.use(router);
  app.use(readBody(bodyLimit));
  for (const { router } of routes) app.use(router);
  const known = [...routes, ...(operations ? [operations] : [])].flatMap(({ paths }) => paths).join(', ');
  app.use((request) => {
    throw problem('NOT_FOUND', request.method, request.path, known);
  });
  app.use(answerProblems(log));
  return app;
};

const logRequests =
  (log: Log, clock: Pick<Clock, 'now'>): RequestHandler =>
  (request, response, next) => {
    const started = clock.now();
    response.once('close', () => {
      const { method, originalUrl: url } = request;
      const status = response.writableFinished ? response.statusCode : 'closed by the client';
      const level = response.locals['isRoutine'] === true ? 'debug' : 'info';
      log[level]({ method, url, status, ms: clock.now() - started }, 'request');
    });
    next();
  };

const answerProblems =
  (log: Log): ErrorRequestHandler =>
  (error: unknown, request, response, _next) => {
    const answer = problemOf(error, request);
    if (answer.code === 'INTERNAL') log.error({ err: error, url: request.originalUrl }, 'request failed');
    // The client has a part of another answer, which must not look whole.
    if (response.headersSent) response.destroy();
    else response.status(answer.status).json(answer);
  };

const problemOf = (error: unknown, request: Request): Problem => {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable) return problem('STORE_UNAVAILABLE', error.message);
  // What express throws for `%zz` in a path.
  if (error instanceof URIError) return problem('PATH_MALFORMED', request.path);
  return refusalOf(error, request) ?? problem('INTERNAL');
};
