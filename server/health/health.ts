/** Health and metrics, put together for `../ringback.ts`: the watched store, the routes, and the ends of the time in between. */
import type { IsolatedKernel } from '../../engine/index.js';
import type { Routes } from '../app.js';
import type { Clock } from '../clock.js';
import type { Host } from '../host/host.js';
import type { Store } from '../store/port.js';
import type { Problem } from '../problems.js';
import { Admission } from './admission.js';
import type { Metrics } from './metrics.js';
import { operations } from './operations.js';
import { Readiness } from './readiness.js';
import type { Standing } from './standing.js';
import { attempt, watchedStore } from './watched-store.js';

export interface HealthOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly metrics: Metrics;
  readonly newId: () => string;
  readonly host: () => {
    readonly residents: Pick<Host['residents'], 'size'>;
    readonly outbox: Pick<Host['outbox'], 'flying'>;
  };
  /** When it is opened. */
  readonly kernel: () => Promise<Pick<IsolatedKernel, 'sandboxes'>> | undefined;
}

export interface Health {
  /** All that commits does it by this one. */
  readonly store: Store;
  readonly routes: Routes;
  /** Why no work is welcome, if it is not. */
  readonly objection: () => Problem | undefined;
  /** Work is welcome. */
  open(): void;
  stop(): void;
}

export const health = ({ store: inner, clock, metrics, newId, host, kernel }: HealthOptions): Health => {
  const readiness: Readiness = new Readiness(() => attempt(store, newId()));
  const store = watchedStore(inner, clock, [metrics.commits, readiness]);
  const admission = new Admission();
  const standing = async (): Promise<Standing> => {
    const now = clock.now();
    const { residents, outbox } = host();
    return {
      now,
      counts: await inner.counts(now),
      residents: residents.size,
      flying: outbox.flying,
      sandboxes: (await kernel())?.sandboxes() ?? { open: 0, broken: 0 },
    };
  };
  const objection = (): Problem | undefined => readiness.objection();
  return {
    store,
    objection,
    routes: operations({
      admission,
      objection,
      metrics: async () => metrics.text(await standing().catch(() => undefined)),
      answered: (route, status) => metrics.answered(route, status),
    }),
    open: () => readiness.open(),
    stop() {
      readiness.stop();
      admission.stop();
    },
  };
};
