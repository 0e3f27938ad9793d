/**
 * How much a server holds, and how long it takes, with many sessions and timers: each measured in a process of its own,
 * `node --expose-gc sizes.ts WHAT FOLDER`, which prints one JSON object.
 */
import { join } from 'node:path';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import { figure } from '../measure.js';
import { beginMany, hostOn } from './counting.js';
import { pace } from './loop.js';

const SESSIONS = 100_000;
const LIVE = 1_000;
/** Sessions that schedule at a time. */
const WAVE = 20;

const mib = (): number => {
  for (let n = 0; n < 4; n += 1) globalThis.gc?.();
  return process.memoryUsage().rss / 2 ** 20;
};

type Measure = (folder: string) => Promise<Readonly<Record<string, number>>>;

/** Sends so many delayed events an hour ahead: a thousand a session. */
const schedule = async (folder: string, count: number): Promise<Record<string, number>> => {
  const store = await sqliteStore(folder);
  const host = hostOn(store);
  await host.open();
  const ids = await beginMany(host, count / 1000);
  const before = mib();
  const begin = performance.now();
  for (let at = 0; at < ids.length; at += WAVE) {
    const wave = ids.slice(at, at + WAVE);
    await Promise.all(wave.map((id) => host.deliver(id, { name: 'later', data: { times: 1000, after: 3_600_000 } })));
  }
  const seconds = (performance.now() - begin) / 1000;
  return { seconds, mib: mib() - before };
};

const measures: Readonly<Record<string, Measure>> = {
  async idle(folder) {
    const store = await sqliteStore(folder);
    const host = hostOn(store);
    await host.open();
    await beginMany(host, 100);
    const before = mib();
    await beginMany(host, SESSIONS);
    const held = mib() - before;
    await host.stop();
    await store.close();
    return { mib: held };
  },
  /** On the folder that `idle` has left. */
  async ready(folder) {
    const begin = performance.now();
    const store = await sqliteStore(folder);
    const host = hostOn(store);
    await host.open();
    const seconds = (performance.now() - begin) / 1000;
    return { seconds, sessions: host.directory.size, mib: mib() };
  },
  hundredThousandTimers: (folder) => schedule(folder, 100_000),
  millionTimers: (folder) => schedule(folder, 1_000_000),
  /** One caller, to sessions that are in memory, and to sessions of which none stays there. */
  async woken(folder) {
    const asking = async (name: string, residents: number): Promise<() => Promise<number>> => {
      const host = hostOn(await sqliteStore(join(folder, name)), { residents });
      await host.open();
      const ids = await beginMany(host, LIVE);
      let next = 0;
      const ask = (): Promise<void> => host.deliver(ids[next++ % LIVE] ?? '', { name: 'go', data: { at: 1 } });
      return async () => (await pace(1, 1_000, ask)).p50;
    };
    const [live, idle] = [await asking('live', 2 * LIVE), await asking('idle', 0)];
    const ratios: number[] = [];
    for (let round = 0; round < 7; round += 1) ratios.push((1 / (await live())) * (await idle()));
    const { median, least, most } = figure(ratios) ?? { median: NaN, least: NaN, most: NaN };
    return { median, least, most };
  },
};

const [, , what = '', folder = ''] = process.argv;
const measure = measures[what];
if (!measure) throw new Error(`"${what}" is not measured: name one of ${Object.keys(measures).join(', ')}`);
process.stdout.write(`${JSON.stringify(await measure(folder))}\n`);
process.exit(0);
