/**
 * `npm run bench:durable`: events of sessions that last, in process and over HTTP, beside a bare loop that writes the same rows and
 * a handler that writes nothing; and what many sessions and timers cost. Prints a table and, with `--write`, puts it into README.md
 * between its markers. `BENCH_ROUNDS` and `BENCH_SLICE_MS` make it longer or shorter.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Write } from '../../../server/store/port.js';
import { sqliteStore } from '../../../server/store/sqlite/store.js';
import { cell, machine, short, writeBetween } from '../table.js';
import { figure } from '../measure.js';
import { barePace } from './bare.js';
import { beginMany, hostOn } from './counting.js';
import { pace, type Pace } from './loop.js';
import { paceOver, serveHost, serveNothing } from './served.js';

const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
const sliceMs = Number(process.env['BENCH_SLICE_MS'] ?? 2_000);
const callers = [1, 8, 64, 256];
/** Commits that the bare loop repeats. */
const MOST = 20_000;

type Paces = Readonly<Record<'ours' | 'bare' | 'overHttp' | 'bareOverHttp' | 'nothing', Pace>>;

const inFolder = async <T>(work: (folder: string) => Promise<T>): Promise<T> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-bench-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** What `work` makes of a host on a new store, and the bare loop with the rows that it wrote. */
const beside = (
  group: number,
  work: (host: ReturnType<typeof hostOn>, ids: readonly string[]) => Promise<Pace>,
): Promise<{ readonly ours: Pace; readonly bare: Pace }> =>
  inFolder(async (folder) => {
    const store = await sqliteStore(folder);
    const [before, steps]: (readonly Write[])[][] = [[], []];
    let written = before;
    const host = hostOn({
      ...store,
      commit(writes) {
        if (written && written.length < MOST) written.push(writes);
        return store.commit(writes);
      },
    });
    await host.open();
    const ids = await beginMany(host, group);
    written = steps;
    const ours = await work(host, ids);
    await host.stop();
    await store.close();
    return { ours, bare: barePace(join(folder, 'bare.db'), group, before ?? [], steps ?? []) };
  });

const round = async (group: number): Promise<Paces> => {
  let key = 0;
  const { ours, bare } = await beside(group, (host, ids) =>
    pace(group, sliceMs, (caller) =>
      host.deliver(ids[caller] ?? '', { name: 'go', data: { at: 5 } }, `key ${(key += 1)}`),
    ),
  );
  const http = await beside(group, async (host, ids) => {
    const served = await serveHost(host);
    const paths = ids.map((id) => `/scxml/session/${id}/event/go`);
    const paced = await paceOver(served.url, group, sliceMs, paths);
    served.close();
    return paced;
  });
  const empty = await serveNothing();
  const nothing = await paceOver(empty.url, group, sliceMs, ['/scxml/session/x/event/go']);
  empty.close();
  return { ours, bare, overHttp: http.ours, bareOverHttp: http.bare, nothing };
};

const ratio = (all: readonly Paces[], of: (paces: Paces) => number): string => {
  const found = figure(all.map(of));
  return found ? `${found.median.toFixed(2)} (${found.least.toFixed(2)} to ${found.most.toFixed(2)})` : '-';
};

const rowOf = (group: number, all: readonly Paces[]): string => {
  const speed = (name: keyof Paces): string => cell(figure(all.map((paces) => paces[name].perSecond)));
  const times = (name: keyof Paces): string => {
    const [p50, p99] = [figure(all.map((paces) => paces[name].p50)), figure(all.map((paces) => paces[name].p99))];
    return `${short(p50?.median ?? NaN)} / ${short(p99?.median ?? NaN)} ms`;
  };
  const limit = (paces: Paces): number => Math.min(paces.nothing.perSecond, paces.bareOverHttp.perSecond);
  const cells = [
    String(group),
    speed('ours'),
    times('ours'),
    ratio(all, ({ ours, bare }) => ours.perSecond / bare.perSecond),
    speed('overHttp'),
    times('overHttp'),
    speed('nothing'),
    ratio(all, (paces) => paces.overHttp.perSecond / limit(paces)),
  ];
  return `| ${cells.join(' | ')} |`;
};

const run = promisify(execFile);
const sizes = fileURLToPath(new URL('sizes.ts', import.meta.url));

type Measured = (name: string, digits?: number) => string;

const measured = async (what: string, folder: string): Promise<Measured> => {
  const { stdout } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', sizes, what, folder]);
  process.stdout.write(`${what}: ${stdout}`);
  const found = JSON.parse(stdout) as Record<string, number>;
  return (name, digits = 2) => (found[name] ?? NaN).toFixed(digits);
};

const sizesOf = async (): Promise<string> => {
  const rows = await inFolder(async (folder) => {
    const idle = await measured('idle', folder);
    const ready = await measured('ready', folder);
    return [
      ['memory of 100,000 idle sessions', `${idle('mib', 0)} MiB`],
      ['from the start of the store to ready, with those on disk', `${ready('seconds')} s`],
    ];
  });
  const hundred = await inFolder((folder) => measured('hundredThousandTimers', folder));
  const million = await inFolder((folder) => measured('millionTimers', folder));
  const woken = await inFolder((folder) => measured('woken', folder));
  rows.push(
    ['scheduling 100,000 delayed sends, a thousand a step', `${hundred('seconds')} s`],
    ['memory of a million delayed sends', `${million('mib', 0)} MiB`],
    [
      'an event to an idle session / to a live one, p50, one caller',
      `${woken('median')} (${woken('least')} to ${woken('most')})`,
    ],
  );
  return ['| what | measured |', '| --- | --- |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
};

const all = new Map<number, Paces[]>(callers.map((group) => [group, []]));
for (let n = 0; n < rounds; n += 1)
  for (const [group, paces] of all) {
    paces.push(await round(group));
    process.stdout.write(`round ${n + 1}, ${group} callers: ${JSON.stringify(paces.at(-1))}\n`);
  }
const speeds = [
  '| callers | events/s, in process | p50 / p99 | of the bare loop | events/s, over HTTP | p50 / p99 | empty handler, requests/s | of the lower limit |',
  `| ---: |${' --- |'.repeat(7)}`,
  ...[...all].map(([group, paces]) => rowOf(group, paces)),
].join('\n');
const text = [
  `The median of ${rounds} interleaved rounds (least to most). \`npm run bench:durable\`, ${machine()}; it, the server, the thread that writes and the callers share them.`,
  speeds,
  await sizesOf(),
].join('\n\n');
process.stdout.write(`\n${text}\n`);
if (process.argv.includes('--write')) writeBetween('bench:durable', text);
process.exit(0);
