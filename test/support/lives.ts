/**
 * A scenario through several processes: the whole server on one virtual clock and one store. `worlds.ts` has the contact centres:
 * one for each process, as its calls end with it, or one that stays. `centre.ts` has scenarios of one process;
 * `../server/mortal.ts` ends them.
 *
 * 1. From the commit at which a process dies it does nothing more: no write, no timer, no dial, no answer.
 * 2. The next process comes within a second, at the same address. A client repeats its request, with its key, until it is answered.
 */
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { virtualClock } from '../../server/clock/virtual.js';
import { configFrom } from '../../server/config.js';
import { createLog } from '../../server/log.js';
import { ringback, type Ringback } from '../../server/ringback.js';
import { memoryStore } from '../../server/store/memory.js';
import type { CallbackRecord, DeadLetter, OutboxEntry, Store } from '../../server/store/port.js';
import type { InteractionId } from '../../server/voice/port.js';
import { mortal, type Death, type Mortal } from '../server/mortal.js';
import { agent, billing, NUMBER, places, START, type Given } from './centre.js';
import { dyingWorld, stayingWorld } from './worlds.js';
import { warm } from './warm.js';

export interface Story extends Given {
  /** Seconds from now to the desired time of the callback. */
  readonly desiredIn?: number;
  /** Seconds until everything is over. */
  readonly seconds: number;
  /** The network and the agents are elsewhere, and stay when a process dies. */
  readonly networkStays?: boolean;
}

/** What is left in the end. */
export interface Played {
  readonly record: CallbackRecord;
  /** Commits of all processes. */
  readonly commits: number;
  readonly deaths: number;
  /** Ids of the requests by which customers were dialled. */
  readonly dials: readonly string[];
  /** Calls in which an agent has answered. */
  readonly talks: readonly InteractionId[];
  /** Calls that were up when their process died. */
  readonly cutOff: readonly InteractionId[];
  readonly interactions: number;
  readonly outbox: readonly OutboxEntry[];
  readonly dead: readonly DeadLetter[];
  readonly sessions: { readonly active: number; readonly error: number };
  /** Calls that nobody ends. */
  readonly liveCalls: number;
  readonly errors: readonly string[];
}

interface Life {
  readonly mortal: Mortal;
  readonly server: Promise<Ringback>;
  end(): void;
}

const never = new Promise<never>(() => undefined);
/** Milliseconds after which somebody looks whether the process is there. */
const LOOK = 1000;

export const play = async (story: Story, deaths: readonly Death[] = []): Promise<Played> => {
  const clock = virtualClock(START);
  const inner = memoryStore();
  const worldOf = (story.networkStays ? stayingWorld : dyingWorld)(peopleOf(story), clock);
  const left = [...deaths];
  /** That are up. */
  const calls: InteractionId[] = [];
  const dials: string[] = [];
  const talks: InteractionId[] = [];
  const cutOff: InteractionId[] = [];
  const errors: string[] = [];
  let commits = 0;
  let died = 0;
  let port = 0;
  const store: Store = {
    ...inner,
    commit(writes) {
      commits += 1;
      return inner.commit(writes);
    },
  };

  const begin = (): Life => {
    const { at, written } = left.shift() ?? { at: Infinity, written: true };
    let listener: Server | undefined;
    const end = (): void => {
      listener?.closeAllConnections();
      listener?.close();
    };
    const died = (): void => {
      if (!story.networkStays) cutOff.push(...calls.splice(0));
      end();
    };
    const process = mortal(store, clock, { at, written, died });
    const world = worldOf(process, (event) => {
      if (event.type === 'dialing') {
        calls.push(event.ixn);
        if (event.request.to.kind === 'number') dials.push(event.request.requestId);
      }
      if (event.type === 'deleted') calls.splice(calls.indexOf(event.ixn), 1);
      if (event.type === 'established' && event.to.kind === 'dn') talks.push(event.ixn);
    });
    const started = async (): Promise<Ringback> => {
      const server = await ringback({
        warm,
        config: configFrom({}),
        places,
        url: () => `http://127.0.0.1:${port}`,
        clock: process.clock,
        store: process.store,
        world,
        services: billing(story.options),
        log: createLog('error', {
          write(line) {
            if (!process.isDead) errors.push(line);
          },
        }),
        during: (work) => clock.during(work),
      });
      if (process.isDead) return never;
      listener = server.app.listen(port, '127.0.0.1');
      await once(listener, 'listening');
      port = (listener.address() as AddressInfo).port;
      return server;
    };
    return { mortal: process, server: started(), end };
  };

  let life = begin();
  /** The process that is alive. */
  const alive = async (): Promise<Ringback> => {
    for (;;) {
      const server = await Promise.race([life.server, clock.settle().then(() => undefined)]);
      if (server && !life.mortal.isDead) return server;
      if (!life.mortal.isDead) continue;
      died += 1;
      await clock.advance(100);
      life = begin();
    }
  };
  const desired = story.desiredIn === undefined ? {} : { _desired_time: inSeconds(story.desiredIn) };
  const body = { _customer_number: NUMBER, ...desired };
  let id: string | undefined;
  while (id === undefined) {
    const { callbacks } = await alive();
    const answered = callbacks.start('billing', body, 'key').then(({ _id }) => String(_id));
    id = await Promise.race([answered, clock.settle().then(() => undefined)]);
  }
  for (let at = 0; at < story.seconds * 1000; at += LOOK) {
    await alive();
    await clock.advance(LOOK);
  }
  const server = await alive();
  const record = await inner.callback(id);
  if (!record) throw new Error(`there is no callback ${id}`);
  const { sessions } = await inner.counts(clock.now());
  const played: Played = {
    record,
    commits,
    deaths: died,
    dials,
    talks,
    cutOff,
    interactions: (await inner.interactions()).length,
    outbox: await inner.due({ due: -Infinity, seq: 0 }, Infinity, 100),
    dead: await inner.deadLetters(100),
    sessions,
    liveCalls: calls.length,
    errors,
  };
  life.end();
  await server.stop();
  return played;
};

const peopleOf = ({ customer, agents = [agent('alice', '7001')] }: Given) => ({
  seed: 'lives',
  agents,
  customers: customer ? [{ does: customer }] : [],
  routePoints: ['5000'],
  trunkGroups: { Trunks: {} },
});

const inSeconds = (seconds: number): string => new Date(START + seconds * 1000).toISOString();
