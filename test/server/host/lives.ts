/**
 * A host that can be killed at any of its commits, and another that goes on from the same store: what a crash leaves. All lives
 * share one virtual clock, one store, and one world that writes down what it is asked to do.
 */
import type { Data } from '../../../engine/event.js';
import type { Clock } from '../../../server/clock.js';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import type { DocumentSource } from '../../../server/host/documents.js';
import { Host } from '../../../server/host/host.js';
import type { Module } from '../../../server/host/module.js';
import { Replies } from '../../../server/host/replies.js';
import { createLog } from '../../../server/log.js';
import { wsModule } from '../../../server/ors/modules/ws.js';
import { problem } from '../../../server/problems.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { SessionRecord, Store } from '../../../server/store/port.js';
import { loaded, scxml } from './hosted.js';

/** Where a life ends: at its n-th commit, which is written or not, and never answered. */
export interface Death {
  readonly at: number;
  readonly written: boolean;
}

interface Act {
  readonly say: Data | undefined;
  readonly key: string;
  readonly again: boolean;
}

export interface Lives {
  readonly clock: VirtualClock;
  readonly store: Store;
  /** What the world was asked to do, by whichever life. */
  readonly acts: readonly Act[];
  /** Commits that were asked for. */
  readonly commits: number;
  /** Lives that have ended. */
  readonly deaths: number;
  readonly host: Host;
  /** All sessions that were ever written, as they are now. */
  sessions(): Promise<SessionRecord[]>;
  /** Starts `main`, again and again until it is answered. */
  start(id: string): Promise<string>;
  deliver(sessionid: string, name: string, id: string): Promise<void>;
  advance(ms: number): Promise<void>;
}

const never = new Promise<never>(() => undefined);

export const livesOf = async (
  documents: Readonly<Record<string, string>>,
  deaths: readonly Death[] = [],
): Promise<Lives> => {
  const clock = virtualClock();
  const inner = memoryStore();
  const acts: Act[] = [];
  const written = new Set<string>();
  const left = [...deaths];
  let ids = 0;
  let commits = 0;
  let died = 0;
  let life = 0;

  const source: DocumentSource = {
    async load(src) {
      const text = documents[src];
      if (text === undefined) throw problem('DOCUMENT_NOT_FOUND', src);
      return loaded(src, scxml(text));
    },
    inline: (text, { uri }) => Promise.resolve(loaded(`${uri}#content`, text)),
    again: (record) => Promise.resolve(record),
  };

  const begin = (): Host => {
    const mine = ++life;
    const alive = (): boolean => life === mine;
    const store: Store = {
      ...inner,
      async commit(writes) {
        if (!alive()) return never;
        commits += 1;
        const death = left[0]?.at === commits ? left.shift() : undefined;
        if (!death || death.written) {
          for (const write of writes) if (write.kind === 'session') written.add(write.record.sessionid);
          await inner.commit(writes);
        }
        if (!death) return alive() ? undefined : never;
        life += 1;
        died += 1;
        return never;
      },
    };
    const mortal: Clock = {
      ...clock,
      setTimeout: (fn, ms) =>
        clock.setTimeout(() => {
          if (alive()) fn();
        }, ms),
    };
    const replies = new Replies(mortal);
    const world: Module = {
      namespace: 'urn:test',
      actions: {
        act: {
          attributes: { say: 'value' },
          error: 'error.test.act',
          async perform({ attributes, requestid }, context) {
            if (!alive()) return never;
            const { key, again } = context;
            acts.push({ say: attributes['say'], key, again });
            context.finish('acted', { requestid, say: attributes['say'] });
          },
        },
      },
    };
    return new Host({
      documents: source,
      store,
      clock: mortal,
      modules: [world, wsModule(replies)],
      newId: () => String(++ids).padStart(32, '0'),
      newSeed: () => 1,
      replies,
      platform: () => ({}),
      log: createLog('silent'),
    });
  };

  let host = begin();
  await host.open();
  let known = life;
  /** Somebody starts the process again. */
  const revive = async (): Promise<void> => {
    while (known !== life) {
      host = begin();
      known = life;
      await Promise.race([host.open(), clock.settle()]);
    }
  };
  /** A client that repeats its request until it is answered. */
  const asked = async <T>(ask: () => Promise<T>): Promise<T> => {
    for (;;) {
      const answer = ask().then((value) => ({ value }));
      const settled = await Promise.race([answer, clock.settle().then(() => undefined)]);
      if (settled) return settled.value;
      await revive();
    }
  };
  return {
    clock,
    store: inner,
    acts,
    get commits() {
      return commits;
    },
    get deaths() {
      return died;
    },
    get host() {
      return host;
    },
    async sessions() {
      const found = await Promise.all([...written].map((id) => inner.session(id)));
      return found.filter((record) => record !== undefined);
    },
    start: (id) => asked(() => host.start({ src: 'main', params: {} }, id)),
    deliver: (sessionid, name, id) => asked(() => host.deliver(sessionid, { name }, id)),
    async advance(ms) {
      const end = clock.elapsed() + ms;
      while (clock.elapsed() < end) {
        await clock.advance(Math.min(50, end - clock.elapsed()));
        await revive();
      }
      await clock.settle();
    },
  };
};
