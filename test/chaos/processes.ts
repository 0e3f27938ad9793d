/**
 * The server as one process after the other, each ended at one of its commits, on one store and one clock. `chaos.ts` says what is
 * asked of them; `../support/worlds.ts` has the networks.
 *
 * 1. The next process begins half a second after the last one died, at the same address, and goes on until its own end.
 * 2. What nobody can answer any more does not hold the clock: work that takes longer than a second of real time waits for it itself,
 *    and a beginning that takes longer than 15.
 */
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { VirtualClock } from '../../server/clock/virtual.js';
import type { Parts } from '../../server/parts.js';
import { ringback, type Ringback } from '../../server/ringback.js';
import type { Entry } from '../../server/reporting/port.js';
import type { Store } from '../../server/store/port.js';
import type { TelephonyEvent, TelephonyPort } from '../../server/voice/port.js';
import { mortal, type Death } from '../server/mortal.js';
import type { WorldOf } from '../support/worlds.js';
import { warm } from '../support/warm.js';

export interface ProcessNeeds {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly deaths: readonly Death[];
  readonly worldOf: WorldOf;
  readonly heard: (event: TelephonyEvent) => void;
  /** As the server has it. */
  readonly network: (inner: TelephonyPort) => TelephonyPort;
  readonly died: () => void;
  readonly parts: Pick<Parts, 'config' | 'places' | 'services' | 'applications' | 'tenants' | 'log'>;
}

interface Living {
  readonly server: Ringback;
  readonly world: ReturnType<WorldOf>;
  readonly url: string;
  /** Resolves when it is dead. */
  readonly over: Promise<void>;
}

export interface Processes {
  /** Resolves when the first one runs. */
  readonly begun: Promise<void>;
  /** The one that runs, if one does. */
  readonly now: Living | undefined;
  readonly deaths: number;
  /** undefined: there is no process, or it died before it answered. */
  ask<T>(what: (living: Living) => Promise<T>): Promise<T | undefined>;
  /** What all of them have told of callbacks, once. */
  reported(): readonly Entry[];
  stop(): Promise<void>;
}

const aborted = async (signal: AbortSignal): Promise<void> => {
  if (!signal.aborted) await once(signal, 'abort');
};

const AGAIN_MS = 500;
const REAL_MS = 1_000;
/** A process that begins has more to do. */
const BEGIN_MS = 15_000;

export function processes({ clock, store, deaths, worldOf, heard, network, parts, ...needs }: ProcessNeeds): Processes {
  const left = [...deaths];
  const servers: Ringback[] = [];
  let living: Living | undefined;
  let died = 0;
  let port = 0;
  let close = (): void => undefined;
  const url = (): string => `http://127.0.0.1:${port}`;

  /** 2 */
  function during<T>(work: Promise<T>, most = REAL_MS): Promise<T> {
    const capped = new AbortController();
    const end = (): void => capped.abort();
    work.then(end, end);
    void clock.during(aborted(AbortSignal.any([capped.signal, AbortSignal.timeout(most)])));
    return work;
  }

  async function begin(): Promise<void> {
    let ended = (): void => undefined;
    const over = new Promise<void>((resolve) => (ended = resolve));
    const process = mortal(store, clock, {
      ...(left.shift() ?? { at: Infinity, written: true }),
      died() {
        died += 1;
        living = undefined;
        needs.died();
        close();
        ended();
        clock.setTimeout(() => void during(begin(), BEGIN_MS), AGAIN_MS);
      },
    });
    const world = worldOf(process, heard);
    const starting = ringback({
      warm,
      ...parts,
      ...{ url, during, clock: process.clock, store: process.store },
      world: { ...world, telephony: network(world.telephony) },
    });
    const server = await Promise.race([starting, over]);
    if (!server || process.isDead) return;
    servers.push(server);
    const listener = server.app.listen(port, '127.0.0.1');
    close = () => {
      listener.closeAllConnections();
      listener.close();
    };
    await once(listener, 'listening');
    port = (listener.address() as AddressInfo).port;
    living = { server, world, url: url(), over };
  }

  return {
    begun: during(begin(), BEGIN_MS),
    get now() {
      return living;
    },
    get deaths() {
      return died;
    },
    async ask(what) {
      if (!living) return undefined;
      return Promise.race([what(living), living.over.then(() => undefined)]);
    },
    reported() {
      const all = servers.flatMap((server) => server.reported({ limit: Infinity }));
      return [...new Map(all.map((entry) => [entry.key, entry])).values()];
    },
    async stop() {
      close();
      await living?.server.stop();
    },
  };
}
