/**
 * What operators and their tools ask: is it alive, does it want work, how does it fare. Asked before anything else, and of a
 * server that starts or stops too. Neighbours: `readiness.ts`, `metrics.ts`; `admission.ts` for what comes behind it.
 */
import { Router, type Request, type Response } from 'express';
import type { Routes } from '../app.js';
import type { Problem } from '../problems.js';
import type { Admission } from './admission.js';

export interface OperationsOptions {
  readonly admission: Pick<Admission, 'noted' | 'admitted'>;
  /** Why no work is wanted, if it is not. */
  readonly objection: () => Problem | undefined;
  /** Metrics in Prometheus' text format, and the type of it. */
  readonly metrics: () => Promise<{ readonly type: string; readonly text: string }>;
  /** Told of every request when it is over. */
  readonly answered: (route: string, status: string) => void;
}

/** Classes of requests by how their paths begin: the first that fits. */
const classes: readonly (readonly [beginning: RegExp, name: string])[] = [
  [/^\/scxml\/|^\/genesys\/1\/ors\//, 'sessions'],
  [/^\/genesys\//, 'callbacks'],
  [/^\/health\/|^\/metrics$/, 'operations'],
];

const classOf = ({ path }: Request): string => classes.find(([beginning]) => beginning.test(path))?.[1] ?? 'other';

const statusOf = ({ writableFinished, statusCode }: Response): string =>
  writableFinished ? String(statusCode) : 'closed by the client';

export const operations = ({ admission, objection, metrics, answered }: OperationsOptions): Routes => {
  const router = Router();
  router.use((request, response, next) => {
    response.once('close', () => answered(classOf(request), statusOf(response)));
    next();
  });
  router.use(admission.noted);
  router.get('/health/live', (_request, response) => {
    response.json({ status: 'live' });
  });
  router.get('/health/ready', (_request, response) => {
    const against = objection();
    if (against) throw against;
    response.json({ status: 'ready' });
  });
  router.get('/metrics', async (_request, response) => {
    const { type, text } = await metrics();
    response.set('Content-Type', type).end(text);
  });
  router.use(admission.admitted);
  return { router, paths: ['GET /health/live', 'GET /health/ready', 'GET /metrics'] };
};
