/** Whether a callback's row is one of those that are counted; `../sqlite/counted.ts` asks a database the same. */
import type { BookedQuery, CallbackCount } from '../port.js';
import type { CallbackRow } from '../rows/callback.js';

export const isCounted = (row: CallbackRow, { property, ...query }: CallbackCount): boolean =>
  isOf(row, query) && isWithin(row, query) && (property === undefined || textIn(row, property[0]) === property[1]);

const isOf = ([, ofService, state, , number]: CallbackRow, { service, customerNumber, live }: CallbackCount): boolean =>
  (service === undefined || ofService === service) &&
  (customerNumber === undefined || number === customerNumber) &&
  (live === undefined || state !== 'COMPLETED');

function isWithin(row: CallbackRow, query: CallbackCount): boolean {
  const [, , , , , desiredTime, createdAt] = row;
  const { createdAfter = -Infinity, desiredFrom = -Infinity, desiredBefore = Infinity } = query;
  return createdAt > createdAfter && desiredTime >= desiredFrom && desiredTime < desiredBefore;
}

/** Of rows that are counted, how many are wanted in each bucket. */
export function bucketsOf(
  rows: readonly CallbackRow[],
  { service, from, to, bucketMs }: BookedQuery,
): Map<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    if (!isCounted(row, { service, live: true, desiredFrom: from, desiredBefore: to })) continue;
    const bucket = row[5] - (row[5] % bucketMs);
    counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
  }
  return counts;
}

function textIn(row: CallbackRow, name: string): string | undefined {
  const properties = JSON.parse(row[9]) as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
