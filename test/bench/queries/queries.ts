/**
 * `npm run bench:queries`: what is asked of a million callback records, beside a bare prepared statement that reads one of them by its
 * primary key. Prints a table and, with `--write`, puts it into README.md between its markers. `BENCH_RECORDS`, `BENCH_ROUNDS` and
 * `BENCH_ASKED` make it longer or shorter.
 */
import Database from 'better-sqlite3';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { databaseIn } from '../../../server/store/sqlite/connection.js';
import { figure, type Figure } from '../measure.js';
import { machine, writeBetween } from '../table.js';
import { filledStore, idOf, NOW, numberOf, serviceOf } from './records.js';

const records = Number(process.env['BENCH_RECORDS'] ?? 1_000_000);
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 5);
/** Questions of a round. */
const questions = Number(process.env['BENCH_ASKED'] ?? 300);
const DAY = 86_400_000;

const folder = mkdtempSync(join(tmpdir(), 'ringback-queries-'));
const began = performance.now();
const store = await filledStore(folder, records);
process.stdout.write(`${records} records in ${((performance.now() - began) / 1_000).toFixed(0)} s\n`);
const bare = new Database(databaseIn(folder), { readonly: true });
const byId = bare.prepare<[string]>('SELECT * FROM callback WHERE id = ?').raw();

const day = (n: number): { readonly from: number; readonly to: number } => {
  const from = NOW - 30 * DAY + (n % 29) * DAY;
  return { from, to: from + DAY };
};
const property = (name: string, value: string) => [{ name, value }];

const asked: Readonly<Record<string, (n: number) => unknown>> = {
  'a bare statement, by primary key': (n) => byId.get(idOf(n)),
  'by number': (n) =>
    store.findCallbacks({ properties: property('_customer_number', numberOf(n, records)), limit: 500 }),
  'by number, live ones, counted': (n) =>
    store.countCallbacks({ property: { name: '_customer_number', value: numberOf(n, records) }, live: true }),
  'by state and range, a page of 500': (n) => store.findCallbacks({ states: ['SCHEDULED'], ...day(n), limit: 500 }),
  'by queue and range, a page of 500': (n) => store.findCallbacks({ services: [serviceOf(n)], ...day(n), limit: 500 }),
  'by queue, state and range': (n) =>
    store.findCallbacks({ services: [serviceOf(n)], states: ['SCHEDULED'], ...day(n), limit: 500 }),
  'by virtual queue, queue and range, a page of 500': (n) =>
    store.findCallbacks({
      properties: property('_vq', `VQ_${n % 10}`),
      services: [serviceOf(n)],
      ...day(n),
      limit: 100,
    }),
  'of a queue, live ones, counted': (n) => store.countCallbacks({ service: serviceOf(n), live: true }),
  'of a queue in the last hour, counted': (n) =>
    store.countCallbacks({ service: serviceOf(n), createdAfter: NOW - 3_600_000 }),
};

interface Round {
  readonly median: number;
  readonly p99: number;
  readonly most: number;
}

const round = async (ask: (n: number) => unknown, salt: number): Promise<Round> => {
  const times: number[] = [];
  for (let n = 0; n < questions; n += 1) {
    const start = performance.now();
    await ask((n * 15_485_863 + salt * 977) % records);
    times.push(performance.now() - start);
  }
  const sorted = times.sort((a, b) => a - b);
  const at = (part: number): number => sorted[Math.floor(part * (sorted.length - 1))] ?? NaN;
  return { median: at(0.5), p99: at(0.99), most: at(1) };
};

const all = new Map<string, Round[]>(Object.keys(asked).map((name) => [name, []]));
for (let salt = 0; salt < rounds; salt += 1)
  for (const [name, ask] of Object.entries(asked)) all.get(name)?.push(await round(ask, salt));

const ms = (found: Figure | undefined): string =>
  found ? `${found.median.toFixed(2)} (${found.least.toFixed(2)} to ${found.most.toFixed(2)})` : '-';
const rows = [...all].map(([name, measured]) => {
  const of = (what: keyof Round): string => ms(figure(measured.map((each) => each[what])));
  return `| ${name} | ${of('median')} | ${of('p99')} |`;
});
const text = [
  `Milliseconds over ${records.toLocaleString('en')} records, ${rounds} rounds of ${questions} questions (least to most of the rounds). \`npm run bench:queries\`, ${machine()}.`,
  ['| asked | median | p99 |', '| --- | --- | --- |', ...rows].join('\n'),
].join('\n\n');
process.stdout.write(`\n${text}\n`);
if (process.argv.includes('--write')) writeBetween('bench:queries', text);
bare.close();
await store.close();
rmSync(folder, { recursive: true });
