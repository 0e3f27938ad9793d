/** Execution on other servers, and for them, put together: `ringback.ts` has it among the rest. */
import type { Request } from 'express';
import type { Routes } from '../app.js';
import type { Clock } from '../clock.js';
import type { Config } from '../config.js';
import type { Outbox } from '../host/outbox.js';
import type { Sessions, StartRequest } from '../host/port.js';
import type { Log } from '../log.js';
import type { LostCalls } from '../ors/lost-calls.js';
import type { OutgoingOptions } from '../ors/outgoing.js';
import type { Store } from '../store/port.js';
import { guests, type Guests } from './guests.js';
import type { Hearing } from './hearing.js';
import { peers } from './peer.js';
import { execution, type Execution } from './remote.js';
import { admission, executionRoutes } from './routes.js';

interface ExecutingNeeds {
  readonly config: Pick<Config, 'peers' | 'peerToken' | 'networks' | 'requestTimeoutMs'>;
  readonly url: () => string;
  readonly clock: Clock;
  readonly during: NonNullable<OutgoingOptions['during']>;
  readonly sessions: Pick<Sessions, 'start' | 'deliver' | 'request'>;
  readonly outbox: Pick<Outbox, 'later' | 'conclude'>;
  readonly store: Store;
  readonly lostCalls: LostCalls;
  readonly log: Pick<Log, 'info' | 'warn'>;
}

interface Executing {
  readonly execution: Execution;
  readonly guests: Guests;
  readonly admit: (request: Request, start: StartRequest) => StartRequest;
  readonly routes: (hear: Hearing['hear']) => Routes;
}

export const executing = (needs: ExecutingNeeds): Executing => {
  const { config, store } = needs;
  const peer = peers(needs);
  const here = guests({ ...needs, peer, peers: config.peers });
  store.onCallback((record) => {
    here.changed(record);
  });
  return {
    execution: execution({ ...needs, peer }),
    guests: here,
    admit: admission(here, config.peerToken),
    routes: (hear) => executionRoutes({ guests: here, hear }, config.peerToken),
  };
};
