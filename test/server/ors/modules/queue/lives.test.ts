/** A session that reserves an agent and has its call routed by the queue, on a server that dies at any of its commits. */
import { expect } from 'chai';
import { join } from 'node:path';
import { virtualClock } from '../../../../../server/clock/virtual.js';
import { configFrom } from '../../../../../server/config.js';
import { servicesOf } from '../../../../../server/gms/services.js';
import { createLog } from '../../../../../server/log.js';
import { ringback, type Ringback } from '../../../../../server/ringback.js';
import { memoryStore } from '../../../../../server/store/memory.js';
import type { Store } from '../../../../../server/store/port.js';
import { agent, START } from '../../../../support/centre.js';
import { stayingWorld } from '../../../../support/worlds.js';
import { mortal, type Death, type Mortal } from '../../../mortal.js';
import { warm } from '../../../../support/warm.js';

const folder = import.meta.dirname;
const document = join(folder, 'routed.scxml');
// The first call that rings is not answered, the second is.
const agents = [
  agent('alice', '7001', { rings: [{ kind: 'ignore' }], readyAfterMs: 1_000 }),
  agent('bob', '7002', { readyAfterMs: 1_500 }),
];

const customers = [{ does: { kind: 'human' as const, answerMs: 3_000 } }];

interface Life {
  readonly process: Mortal;
  readonly server: Promise<Ringback>;
}

const play = async (death?: Death) => {
  const clock = virtualClock(START);
  const inner = memoryStore();
  const taken: string[] = [];
  let commits = 0;
  const worldOf = stayingWorld({ seed: 'lives', agents, customers, routePoints: ['5000'] }, clock);
  const store: Store = {
    ...inner,
    commit(writes) {
      commits += 1;
      return inner.commit(writes);
    },
  };
  const begin = (how: Death): Life => {
    const process = mortal(store, clock, how);
    const server = ringback({
      warm,
      config: configFrom({}),
      places: { strategies: folder, folders: [], hosts: [], trusted: [] },
      url: () => 'http://127.0.0.1:1',
      ...{ clock: process.clock, store: process.store, services: servicesOf({}, new Map(), 'none') },
      world: worldOf(process, (event) => {
        if (event.type === 'established' && event.to.kind === 'dn') taken.push(event.to.value);
      }),
      log: createLog('silent'),
      during: (work) => clock.during(work),
    });
    return { process, server };
  };
  let life = begin(death ?? { at: Infinity, written: true });
  const alive = async (): Promise<Ringback> => {
    for (;;) {
      const server = await Promise.race([life.server, clock.settle().then(() => undefined)]);
      if (life.process.isDead) {
        await clock.advance(100);
        life = begin({ at: Infinity, written: true });
      } else if (server) return server;
    }
  };
  let id: string | undefined;
  while (id === undefined) {
    const { host } = await alive();
    const started = host.start({ src: `file://${document}`, params: {} }, 'key');
    id = await Promise.race([started, clock.settle().then(() => undefined)]);
  }
  for (let second = 0; second < 180; second += 1) {
    await alive();
    await clock.advance(1_000);
  }
  const server = await alive();
  const { told } = (await server.host.query(id)).data as { readonly told: readonly string[] };
  await server.stop();
  const { sessions } = await inner.counts(clock.now());
  const left = (await inner.due({ due: -Infinity, seq: 0 }, Infinity, 100)).length;
  return { told, taken, commits, active: sessions.active, left };
};

describe('a server that dies, with a request in its queue', () => {
  it('reserves, and routes, as if it had not', async () => {
    const whole = await play();
    const { told, taken } = whole;
    expect([told, taken]).to.deep.equal([['bob', 'expired', 'bob'], ['7002']]);
    for (let at = 1; at <= whole.commits; at += 1)
      for (const written of process.env['THOROUGH'] === undefined ? [at % 2 === 0] : [true, false]) {
        const where = `of ${whole.commits} commits, killed at ${at}, written ${written}`;
        const played = await play({ at, written });
        expect(played.taken, where).to.have.length(1);
        const last = played.taken[0] === '7001' ? 'alice' : 'bob';
        expect(played.told, where).to.deep.equal(['bob', 'expired', last]);
        expect([played.active, played.left], where).to.deep.equal([0, 0]);
      }
  }).timeout(60_000);
});
