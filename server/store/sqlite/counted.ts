/** How many callbacks there are of a kind, by a statement for each kind, so that each has its index. Neighbours: `reader.ts`, `queries.ts`. */
import type { Database, Statement } from 'better-sqlite3';
import type { CallbackCount, Store } from '../port.js';

const conditions: readonly [keyof CallbackCount, string][] = [
  ['service', 'service = ?'],
  ['live', "state <> 'COMPLETED'"],
  ['createdAfter', 'created_at > ?'],
  ['desiredFrom', 'desired_time >= ?'],
  ['desiredBefore', 'desired_time < ?'],
  ['property', 'id IN (SELECT id FROM callback_property WHERE name = ? AND value = ?)'],
];

export const countCallbacks = (database: Database): Store['countCallbacks'] => {
  const prepared = new Map<string, Statement<(string | number)[], number>>();
  return async (query) => {
    const asked = conditions.filter(([name]) => query[name] !== undefined);
    const where = asked.map(([, condition]) => condition).join(' AND ') || 'true';
    const statement =
      prepared.get(where) ??
      database.prepare<(string | number)[], number>(`SELECT count(*) FROM callback WHERE ${where}`).pluck();
    prepared.set(where, statement);
    const values = asked.flatMap(([name]) => valuesOf(query[name]));
    return statement.get(...values) ?? 0;
  };
};

const valuesOf = (given: CallbackCount[keyof CallbackCount]): readonly (string | number)[] => {
  if (given === undefined || given === true) return [];
  return typeof given === 'object' ? [given.name, given.value] : [given];
};

/** From what the database keeps with each change of a callback (`migrations.ts`): a month has 8,928 rows, however many are booked. */
export const booked = (database: Database): Store['booked'] => {
  const statement = database
    .prepare<[string, number, number], readonly [slot: number, callbacks: number]>(
      'SELECT slot, callbacks FROM booked WHERE service = ? AND slot >= ? AND slot < ?',
    )
    .raw();
  return async ({ service, from, to, bucketMs }) => {
    const counts = new Map<number, number>();
    for (const [slot, callbacks] of statement.all(service, from, to)) {
      const bucket = slot - (slot % bucketMs);
      counts.set(bucket, (counts.get(bucket) ?? 0) + callbacks);
    }
    return counts;
  };
};
