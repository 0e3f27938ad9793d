import { expect } from 'chai';
import fc from 'fast-check';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { Timers } from '../../../server/host/timers.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { OutboxEntry, Store } from '../../../server/store/port.js';

const minute = 60_000;

interface Timing {
  readonly clock: VirtualClock;
  readonly store: Store;
  readonly timers: Timers;
  /** What fired: its number, and when by the clock that nobody sets. */
  readonly fired: { readonly seq: number; readonly at: number }[];
  /** An entry `delay` milliseconds from now, saved. */
  readonly add: (delay: number, sendid?: string) => Promise<OutboxEntry>;
  readonly unsend: (sendid: string) => Promise<void>;
}

const timing = (options: { batch?: number; store?: Store; clock?: VirtualClock; seq?: number } = {}): Timing => {
  const { clock = virtualClock(1_000_000), store = memoryStore(), batch = 4 } = options;
  const fired: Timing['fired'] = [];
  const flying = new Set<number>();
  let seq = options.seq ?? 0;
  const timers = new Timers({
    clock,
    store,
    batch,
    fire: (entry, _again, settled) => {
      fired.push({ seq: entry.seq, at: clock.elapsed() });
      flying.add(entry.seq);
      void store.commit([{ kind: 'outbox.done', seq: entry.seq }]).then(() => {
        timers.settled(entry.seq);
        flying.delete(entry.seq);
        settled();
      });
    },
    flying: (each) => flying.has(each),
    failed: (error) => {
      throw error;
    },
  });
  return {
    clock,
    store,
    timers,
    fired,
    async add(delay, sendid = 's') {
      const entry: OutboxEntry = {
        seq: ++seq,
        key: `S/${seq}/0`,
        sessionid: 'S',
        sendid,
        due: clock.now() + delay,
        task: { type: 'cancel', sendid: '' },
        attempts: 0,
      };
      const waiting = timers.expect(entry);
      await store.commit([{ kind: 'outbox', entry }]);
      timers.arm(waiting);
      return entry;
    },
    async unsend(sendid) {
      timers.unsend('S', sendid, seq + 1);
      await store.commit([{ kind: 'outbox.unsend', sessionid: 'S', sendid }]);
    },
  };
};

describe('timers', () => {
  it('fire each entry once, at its time and in order, near and far, however many there are', async () => {
    const { clock, fired, add } = timing();
    const delays = [5, 90 * minute, 0, 30_000, 61_000, 5, 24 * 60 * minute, 10 * minute, 10 * minute, 1];
    const entries = await Promise.all(delays.map((delay) => add(delay)));
    const start = clock.elapsed();
    await clock.advance(48 * 60 * minute);
    const wanted = entries
      .map(({ seq }, index) => ({ seq, at: start + (delays[index] ?? 0) }))
      .sort((a, b) => a.at - b.at || a.seq - b.seq);
    expect(fired).to.deep.equal(wanted);
  });

  it('of an earlier process fire at their time, or at once when it is past', async () => {
    const before = timing();
    for (const delay of [minute, 5 * minute, 10 * minute]) await before.add(delay);
    before.timers.stop();
    await before.clock.advance(6 * minute);
    expect(before.fired).to.deep.equal([]);
    const { clock, timers, fired } = timing({ store: before.store, clock: before.clock, seq: 3 });
    const now = clock.elapsed();
    await timers.start();
    await clock.advance(10 * minute);
    expect(fired).to.deep.equal([
      { seq: 1, at: now },
      { seq: 2, at: now },
      { seq: 3, at: now + 4 * minute },
    ]);
  });

  it('that are near keep to real time when the date is set back or forward', async () => {
    for (const jump of [-3_600_000, 3_600_000]) {
      const { clock, fired, add } = timing();
      await add(10_000);
      await clock.advance(1_000);
      const now = clock.elapsed();
      clock.jump(jump);
      await clock.advance(20_000);
      expect(fired, `jump by ${jump}`).to.deep.equal([{ seq: 1, at: now + 9_000 }]);
    }
  });

  it('that are far go by the date when it is set forward', async () => {
    const { clock, fired, add } = timing();
    await add(60 * minute);
    clock.jump(50 * minute);
    await clock.advance(9 * minute);
    expect(fired).to.deep.equal([]);
    await clock.advance(2 * minute);
    expect(fired).to.have.lengthOf(1);
  });

  it('due at once by the thousand are fired in slices, between which others have their turn', async () => {
    const { clock, fired, add } = timing({ batch: 4096 });
    for (let n = 0; n < 10_000; n += 1) await add(1_000);
    const seen: number[] = [];
    clock.setTimeout(() => {
      const look = (): void => {
        seen.push(fired.length);
        if (fired.length < 10_000) clock.setTimeout(look, 0);
      };
      look();
    }, 1_000);
    await clock.advance(2_000);
    expect(fired).to.have.lengthOf(10_000);
    expect(new Set(fired.map(({ at }) => at)).size).to.equal(1);
    expect(seen.length).to.be.above(30);
  });

  const operation = fc.oneof(
    { weight: 5, arbitrary: fc.record({ add: fc.nat(200_000), sendid: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 3, arbitrary: fc.record({ advance: fc.nat(90_000) }) },
    { weight: 1, arbitrary: fc.record({ unsend: fc.constantFrom('a', 'b', 'c') }) },
    { weight: 1, arbitrary: fc.constant({ restart: true }) },
  );

  it('fire what was not unsent, once, never early, whatever is added, unsent, passed and restarted', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 60 }), async (operations) => {
        let now = timing();
        const { clock, store } = now;
        const all: Timing['fired'] = [];
        const wanted = new Map<number, { due: number; sendid: string }>();
        let seq = 0;
        const add = async (delay: number, sendid: string): Promise<void> => {
          const entry = await now.add(delay, sendid);
          seq = entry.seq;
          wanted.set(seq, { due: entry.due, sendid });
        };
        const unsend = (sendid: string): Promise<void> => {
          for (const [key, each] of wanted) if (each.sendid === sendid && each.due > clock.now()) wanted.delete(key);
          return now.unsend(sendid);
        };
        const restart = (): Promise<void> => {
          now.timers.stop();
          all.push(...now.fired);
          now = timing({ clock, store, seq });
          return now.timers.start();
        };
        for (const each of operations) {
          if ('add' in each) await add(each.add, each.sendid);
          else if ('advance' in each) await clock.advance(each.advance);
          else if ('unsend' in each) await unsend(each.unsend);
          else await restart();
        }
        await clock.advance(300_000);
        now.timers.stop();
        all.push(...now.fired);
        const fired = all.map((each) => each.seq).filter((each) => wanted.has(each));
        expect(fired.sort((a, b) => a - b)).to.deep.equal([...wanted.keys()]);
        for (const { seq: each, at } of all) expect(at).to.be.at.least(wanted.get(each)?.due ?? 0);
      }),
      { numRuns: 150 },
    );
  });
});
