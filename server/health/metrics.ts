/**
 * The metrics of a server, by prom-client, which is known here alone. Some are counted while things happen: this is the observer of the
 * host and of the store. The others are looked up when somebody asks (`standing.ts`). No label is an id, a number or a name.
 */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { Observer } from '../host/observer.js';
import { standings, type Standing } from './standing.js';
import type { CommitWatch } from './watched-store.js';

export interface Metrics {
  readonly host: Observer;
  readonly commits: CommitWatch;
  /** A batch of so many commits goes to the disk. */
  batched(commits: number): void;
  answered(route: string, status: string): void;
  /** Also what prom-client knows of the process: event loop, memory, garbage collection. */
  watchProcess(): void;
  /** `standing` undefined: the store cannot be read, so what stands there is not known. */
  text(standing: Standing | undefined): Promise<{ readonly type: string; readonly text: string }>;
}

/** Seconds. */
const QUICK = [0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1];
const SLOW = [0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30];
const LATE = [0.001, 0.01, 0.1, 1, 10, 60, 600, 3600];
const BATCHES = [1, 2, 4, 8, 16, 32, 64, 128, 256];

export const createMetrics = (): Metrics => {
  const register = new Registry();
  const registers = [register];
  const counter = (name: string, help: string, labelNames: readonly string[] = []): Counter =>
    new Counter({ name, help, labelNames, registers });
  const histogram = (name: string, help: string, buckets: number[]): Histogram =>
    new Histogram({ name, help, buckets, registers });

  const steps = counter('ringback_steps_total', 'Steps of sessions');
  const stepTime = histogram('ringback_step_seconds', 'How long a step holds the process', QUICK);
  const lateness = histogram('ringback_timer_lateness_seconds', 'How late it began what waited for its time', LATE);
  const retries = counter('ringback_retries_total', 'Effects that were not taken, and are tried again');
  const commitTime = histogram('ringback_commit_seconds', 'From asking for a commit to its answer', SLOW);
  const batches = histogram('ringback_commit_batch_size', 'Commits that one flush of the disk serves', BATCHES);
  const failures = counter('ringback_commit_failures_total', 'Commits that the store could not write');
  const waiting = new Gauge({ name: 'ringback_commits_waiting', help: 'Commits that have no answer yet', registers });
  const requests = counter('ringback_http_requests_total', 'Requests that are over', ['route', 'status']);
  const looked = standings.map(({ name, help, label, read }) => {
    const gauge = new Gauge({ name, help, labelNames: label === undefined ? [] : [label], registers });
    return { gauge, label, read };
  });

  return {
    host: {
      stepped: (ms) => {
        steps.inc();
        stepTime.observe(ms / 1000);
      },
      fired: (late) => lateness.observe(late / 1000),
      retried: () => retries.inc(),
    },
    commits: {
      began: () => waiting.inc(),
      answered: (ms, outcome) => {
        waiting.dec();
        commitTime.observe(ms / 1000);
        if (outcome instanceof Error) failures.inc();
      },
    },
    batched: (commits) => batches.observe(commits),
    answered: (route, status) => requests.inc({ route, status }),
    watchProcess: () => collectDefaultMetrics({ register }),
    async text(standing) {
      for (const { gauge, label, read } of looked) {
        gauge.reset();
        for (const [value, count] of standing ? read(standing) : [])
          gauge.set(label === undefined ? {} : { [label]: value }, count);
        if (!standing && label === undefined) gauge.set(NaN);
      }
      return { type: register.contentType, text: await register.metrics() };
    },
  };
};
