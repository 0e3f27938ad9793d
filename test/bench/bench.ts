/**
 * `npm run bench`: events per second of CPU time, ours beside our peers, in one process, rounds interleaved. Prints a table and,
 * with `--write`, puts it into README.md between its markers. `BENCH_ROUNDS` and `BENCH_SLICE_MS` make it longer or shorter.
 */
import { benchmarks, type Benchmark } from './charts.js';
import { contenders, type Contender, type Send } from './contenders.js';
import { load, type Load } from './load.js';
import { eventsPerSecond, figure, type Figure } from './measure.js';
import { cell, machine, writeBetween } from './table.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 7);
const sliceMs = Number(process.env['BENCH_SLICE_MS'] ?? 120);
/** Who needs longer for a single cycle is left out. */
const patienceMs = 1_000;

interface Cycle {
  readonly run: () => void;
  readonly events: number;
}

/** Cycles of events, as many as take some milliseconds; undefined when already one takes so long that it is hopeless. */
const cycleOf = ({ events }: Benchmark, send: Send): Cycle | undefined => {
  const once = (): void => {
    for (const event of events) send(event);
  };
  const begin = performance.now();
  once();
  if (performance.now() - begin > patienceMs) return undefined;
  const second = performance.now();
  once();
  const times = Math.max(1, Math.floor(sliceMs / 20 / Math.max(performance.now() - second, 0.001)));
  return {
    events: times * events.length,
    run: () => {
      for (let time = 0; time < times; time += 1) once();
    },
  };
};

interface Result {
  readonly speed: Figure | undefined;
  readonly load: Load | undefined;
}

type Row = ReadonlyMap<string, Result>;

const measure = async (benchmark: Benchmark): Promise<Row> => {
  const running: { contender: Contender; cycle: Cycle; samples: number[]; load: Load | undefined }[] = [];
  for (const contender of contenders) {
    if (contender.leaves?.test(benchmark.name)) continue;
    const loaded = await load(benchmark, contender);
    const send = await contender.start(benchmark);
    const cycle = send && cycleOf(benchmark, send);
    if (cycle) running.push({ contender, cycle, samples: [], load: loaded });
  }
  for (let round = 0; round < rounds; round += 1)
    for (const { cycle, samples } of running) samples.push(eventsPerSecond(cycle.run, cycle.events, sliceMs));
  // The first round warms up.
  return new Map(
    running.map(({ contender, samples, load }) => [contender.name, { speed: figure(samples.slice(1)), load }]),
  );
};

const rough = (value: number): string => value.toFixed(value < 10 ? 2 : 0);

const loadCell = (value: Load | undefined): string => (value ? `${rough(value.ms)} ms, ${rough(value.mib)} MiB` : '-');

const tableOf = (rows: ReadonlyMap<string, Row>, cellOf: (result: Result | undefined) => string): string => {
  const names = contenders.map(({ name }) => name);
  const lines = [...rows].map(
    ([name, row]) => `| ${[name, ...names.map((each) => cellOf(row.get(each)))].join(' | ')} |`,
  );
  return [`| chart | ${names.join(' | ')} |`, `| --- |${' --- |'.repeat(names.length)}`, ...lines].join('\n');
};

const speedOf = (result: Result | undefined): string => cell(result?.speed);
const loadOf = (result: Result | undefined): string => loadCell(result?.load);

const rows = new Map<string, Row>();
const only = process.env['BENCH_ONLY'];
for (const benchmark of benchmarks) {
  if (only !== undefined && !benchmark.name.includes(only)) continue;
  const row = await measure(benchmark);
  rows.set(benchmark.name, row);
  const told = [...row].map(([name, result]) => `${name} ${speedOf(result)}, loaded in ${loadOf(result)}`);
  process.stdout.write(`${benchmark.name}: ${told.join('; ')}\n`);
}
const tables = [
  `Events per second of CPU time: the median of ${rounds - 1} interleaved rounds (least to most). \`npm run bench\`, ${machine()}.`,
  tableOf(rows, speedOf),
  'From the text to a started session: CPU time, and the memory that it holds. A dash: not asked, or a single cycle of events takes longer than a second.',
  tableOf(rows, loadOf),
].join('\n\n');
process.stdout.write(`\n${tables}\n`);
if (process.argv.includes('--write')) writeBetween('bench', tables);
