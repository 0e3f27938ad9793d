/**
 * What is asked of built-in services, waiting times and statistics, put together: URS's lvq, urs-stat, calendars, the EWT API, PeekStat,
 * and what the start of a callback asks. `ringback.ts` has it among the rest.
 */
import type { Routes } from './app.js';
import type { Clock } from './clock.js';
import type { Config } from './config.js';
import { builtins } from './gms/builtin/builtin.js';
import { capacity, officeHours } from './gms/builtin/calendars.js';
import { ewt, type Ewt } from './gms/ewt.js';
import { ewtService } from './gms/ewt-service.js';
import { ewtRoutes } from './gms/routes-ewt.js';
import { statisticRoutes } from './gms/routes-statistic.js';
import type { Services } from './gms/services.js';
import { peekStatistic } from './gms/statistic.js';
import type { Log } from './log.js';
import type { Outgoing } from './ors/outgoing.js';
import type { Tenants } from './ors/tenants.js';
import { rateLimit, type Admit } from './rate-limit.js';
import type { RouterPort } from './routing/port.js';
import { lvq, type LvqNeeds } from './urs/lvq.js';
import { queueTime } from './urs/queue-time.js';
import { ursRoutes } from './urs/routes.js';

interface WaitingNeeds extends Pick<LvqNeeds, 'requestsOf'> {
  readonly config: Pick<Config, 'waitingPerMinute' | 'adminToken'>;
  readonly router: RouterPort;
  readonly clock: Clock;
  readonly url: () => string;
  /** Another URS. */
  readonly ask: Outgoing;
  readonly services: Services;
  readonly tenants: Tenants;
  readonly log: Log;
}

interface Waiting extends Pick<Ewt, 'ofStart'> {
  readonly admit: Admit;
  readonly routes: readonly Routes[];
}

/** Of another URS. */
const TIMEOUT_MS = 5_000;

export const waiting = (needs: WaitingNeeds): Waiting => {
  const { config, router, clock, url, ask, services, tenants, log } = needs;
  const asked = lvq(needs);
  const fetch = async (from: string): Promise<string> => {
    const { status, data } = await ask({ url: from, timeoutMs: TIMEOUT_MS });
    if (status === 200) return data;
    throw new Error(`it answers with status ${status}`);
  };
  const service = ewtService({ services, clock, lvq: asked, url, fetch });
  const estimated = ewt({ services, service, lvq: asked, statistic: (named) => queueTime(router, named), log });
  const asking = builtins(services, {
    'urs-stat': service,
    'office-hours': officeHours({ services, clock }),
    capacity: capacity({ services, clock }),
  });
  const admit = rateLimit(clock, config.waitingPerMinute);
  const peek = peekStatistic({ router, tenants: tenants.map(({ name }) => name) });
  return {
    ofStart: (options) => estimated.ofStart(options),
    admit,
    routes: [
      ursRoutes(asked, admit),
      ewtRoutes({ service: asking, ewt: estimated, admit, log }),
      statisticRoutes({ peek, token: config.adminToken, admit, log }),
    ],
  };
};
