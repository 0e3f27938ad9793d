/** What it takes to have a document ready: time to load and start it, and the memory it then holds. */
import type { Benchmark } from './charts.js';
import type { Contender } from './contenders.js';

export interface Load {
  /** Milliseconds of CPU time from the text to a started session: the least of three, of one for what takes long. */
  readonly ms: number;
  /** MiB of heap that the loaded document and its session hold. */
  readonly mib: number;
}

const heap = (): number => {
  if (!globalThis.gc) throw new Error('run it with node --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
};

const patienceMs = 2_000;

export const load = async (benchmark: Benchmark, contender: Contender): Promise<Load | undefined> => {
  const before = heap();
  const kept: unknown[] = [];
  let ms = Infinity;
  for (let time = 0; time < 3; time += 1) {
    const begin = process.cpuUsage();
    const send = await contender.start(benchmark);
    const { user, system } = process.cpuUsage(begin);
    if (!send) return undefined;
    kept.push(send);
    ms = Math.min(ms, (user + system) / 1000);
    if (ms > patienceMs) break;
  }
  const mib = Math.max(0, heap() - before) / kept.length / 2 ** 20;
  return { ms, mib };
};
