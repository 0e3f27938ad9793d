/**
 * `npm run bench:calendar`: what it costs to tell which slots of 31 days are free. Buckets of five minutes, office hours with holidays
 * and a night shift that another calendar adds in its zone, a capacity for each hour, 100,000 bookings, kept in a database. Beside it,
 * as the limit, a bare loop over the same buckets that only looks up what is booked. Prints a table and, with `--write`, puts it into README.md.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { capacityOf } from '../../server/calendar/capacity.js';
import { officeHoursOf } from '../../server/calendar/office-hours.js';
import { bucketOf, slotsIn } from '../../server/calendar/slots.js';
import type { CallbackRecord } from '../../server/store/port.js';
import { sqliteStore } from '../../server/store/sqlite/store.js';
import { figure, type Figure } from './measure.js';
import { machine, writeBetween } from './table.js';

const MINUTE = 60_000;
const DAYS = 31;
const BOOKINGS = 100_000;
const QUERIES = 200;
const ROUNDS = Number(process.env['BENCH_ROUNDS'] ?? 5);
const BUCKET = 5;
/** The clocks of both zones are changed in it. */
const FROM = Date.UTC(2026, 9, 10);
const span = { from: FROM, to: FROM + DAYS * 1440 * MINUTE };

const offices: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  office: {
    _timezone: 'Europe/Paris',
    _bh_regular1: 'Mon-Sun 07:00-23:00',
    _holiday1: '11-01',
    _bh_add1: '11-01 10:00-12:00',
    _include_schedules1: 'night',
  },
  night: { _timezone: 'America/New_York', _bh_regular1: 'Mon-Sun 17:00-01:30' },
};
const hours = officeHoursOf('office', (name) => new Map(Object.entries(offices[name] ?? {})));
const hourly = Object.fromEntries(Array.from({ length: 24 }, (_, hour) => [`${String(hour).padStart(2, '0')}00`, 20]));
const capacity = capacityOf(
  'capacity',
  new Map(Array.from({ length: 7 }, (_, day) => [`_capacity_${day + 1}`, { [day + 1]: hourly }])),
);

/** The same in every run: when callbacks are booked, in their order. */
const times = Array.from({ length: BOOKINGS }, (_, n) => FROM + Math.floor(((span.to - FROM) * n) / BOOKINGS));
const bookingAt = (desiredTime: number, id: string): CallbackRecord => ({
  ...{ id, service: 'sales', state: 'SCHEDULED', reason: undefined, customerNumber: '5551234567', desiredTime },
  ...{ createdAt: FROM, expirationTime: desiredTime + 86_400_000, sessionid: undefined, properties: {}, history: [] },
});
const countsOf = (): Map<number, number> => {
  const counts = new Map<number, number>();
  for (const at of times) counts.set(bucketOf(at, BUCKET), (counts.get(bucketOf(at, BUCKET)) ?? 0) + 1);
  return counts;
};
const booked = countsOf();

const folder = mkdtempSync(join(tmpdir(), 'ringback-calendar-'));
const store = await sqliteStore(folder);
for (let n = 0; n < BOOKINGS; n += 5_000)
  await store.commit(
    times.slice(n, n + 5_000).map((at, each) => ({ kind: 'callback', record: bookingAt(at, `1-${n + each}`) })),
  );

const works: Readonly<Record<string, () => number | Promise<number>>> = {
  'a bare loop over the buckets': () => {
    let free = 0;
    for (let at = span.from; at < span.to; at += BUCKET * MINUTE) free += Math.max(0, 20 - (booked.get(at) ?? 0));
    return free;
  },
  'slots, bookings counted by bucket': () => [...slotsIn({ hours, capacity, bucket: BUCKET, booked }, span)].length,
  'slots, bookings asked of the store': async () => {
    const counts = await store.booked({ service: 'sales', ...span, bucketMs: BUCKET * MINUTE });
    return [...slotsIn({ hours, capacity, bucket: BUCKET, booked: counts }, span)].length;
  },
};

const timesOf = async (work: () => number | Promise<number>): Promise<readonly number[]> => {
  const found: number[] = [];
  for (let n = 0; n < QUERIES; n += 1) {
    const begin = performance.now();
    await work();
    found.push(performance.now() - begin);
  }
  return found.sort((one, other) => one - other);
};

const shown = (found: Figure | undefined): string =>
  found ? `${found.median.toFixed(2)} (${found.least.toFixed(2)} to ${found.most.toFixed(2)})` : '-';

const all = new Map(Object.keys(works).map((what) => [what, [] as (readonly number[])[]]));
for (let n = 0; n <= ROUNDS; n += 1)
  for (const [what, work] of Object.entries(works)) {
    const round = await timesOf(work);
    // The first warms up.
    if (n > 0) all.get(what)?.push(round);
  }
const rows = [...all].map(([what, rounds]) => {
  const cells = [0.5, 0.99].map((part) =>
    shown(figure(rounds.map((round) => round[Math.floor(QUERIES * part)] ?? NaN))),
  );
  return `| ${what} | ${cells.join(' | ')} |`;
});
const text = [
  `Milliseconds for ${DAYS} days in buckets of ${BUCKET} minutes with ${BOOKINGS.toLocaleString('en')} bookings; the median of ${ROUNDS} interleaved rounds (least to most) of ${QUERIES} queries. \`npm run bench:calendar\`, ${machine()}.`,
  ['| free slots | p50 | p99 |', '| :--- | ---: | ---: |', ...rows].join('\n'),
].join('\n\n');
process.stdout.write(`${text}\n`);
await store.close();
rmSync(folder, { recursive: true });
if (process.argv.includes('--write')) writeBetween('bench:calendar', text);
