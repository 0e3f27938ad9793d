/**
 * A host that can be killed at any of its commits, and another that goes on from the same store: what a crash leaves. All lives
 * share one virtual clock, one store, and one world that writes down what it is asked to do.
 */
import type { Data } from '../../../engine/event.js';
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
import { mortal, type Death } from '../mortal.js';
import { loaded, scxml } from './hosted.js';

/** One process. */
interface Life {
  readonly host: Host;
  readonly isDead: () => boolean;
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

  const source: DocumentSource = {
    async load(src) {
      const text = documents[src];
      if (text === undefined) throw problem('DOCUMENT_NOT_FOUND', src);
      return loaded(src, scxml(text));
    },
    inline: (text, { uri }) => Promise.resolve(loaded(`${uri}#content`, text)),
    again: (record) => Promise.resolve(record),
  };

  const noting: Store = {
    ...inner,
    commit(writes) {
      for (const write of writes) if (write.kind === 'session') written.add(write.record.sessionid);
      return inner.commit(writes);
    },
  };

  const begin = (): Life => {
    const death = left.shift();
    const life = mortal(noting, clock, {
      at: (death?.at ?? Infinity) - commits,
      written: death?.written ?? true,
      died: () => (died += 1),
    });
    const store: Store = {
      ...life.store,
      commit(writes) {
        if (!life.isDead) commits += 1;
        return life.store.commit(writes);
      },
    };
    const replies = new Replies(life.clock);
    const world: Module = {
      namespace: 'urn:test',
      actions: {
        act: {
          attributes: { say: 'value' },
          error: 'error.test.act',
          async perform({ attributes, requestid }, context) {
            if (life.isDead) return;
            const { key, again } = context;
            acts.push({ say: attributes['say'], key, again });
            context.finish('acted', { requestid, say: attributes['say'] });
          },
        },
      },
    };
    const host = new Host({
      documents: source,
      store,
      clock: life.clock,
      modules: [world, wsModule(replies)],
      newId: () => String(++ids).padStart(32, '0'),
      newSeed: () => 1,
      replies,
      platform: () => ({}),
      log: createLog('silent'),
    });
    return { host, isDead: () => life.isDead };
  };

  let now = begin();
  await now.host.open();
  /** Somebody starts the process again. */
  const revive = async (): Promise<void> => {
    while (now.isDead()) {
      now = begin();
      await Promise.race([now.host.open(), clock.settle()]);
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
      return now.host;
    },
    async sessions() {
      const found = await Promise.all([...written].map((id) => inner.session(id)));
      return found.filter((record) => record !== undefined);
    },
    start: (id) => asked(() => now.host.start({ src: 'main', params: {} }, id)),
    deliver: (sessionid, name, id) => asked(() => now.host.deliver(sessionid, { name }, id)),
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
