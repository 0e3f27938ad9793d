/** How many callbacks there are of a kind, in a store in memory: all of them are looked at. `../sqlite/counted.ts` asks a database the same. */
import type { CallbackCount, Store } from '../port.js';
import type { CallbackRow } from '../rows/callback.js';
import { propertyKey, type Tables } from './tables.js';

export const counted = ({ callbacks, properties }: Tables): Pick<Store, 'countCallbacks' | 'booked'> => {
  const has = ([id]: CallbackRow, property: CallbackCount['property']): boolean =>
    property === undefined || properties.get(id)?.has(propertyKey(property)) === true;
  const found = (query: CallbackCount): CallbackRow[] =>
    callbacks.all().filter((row) => isOf(row, query) && isWithin(row, query) && has(row, query.property));
  return {
    countCallbacks: async (query) => found(query).length,
    async booked({ service, from, to, bucketMs }) {
      const counts = new Map<number, number>();
      for (const row of found({ service, live: true, desiredFrom: from, desiredBefore: to })) {
        const bucket = row[5] - (row[5] % bucketMs);
        counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      }
      return counts;
    },
  };
};

const isOf = ([, ofService, state]: CallbackRow, { service, live }: CallbackCount): boolean =>
  (service === undefined || ofService === service) && (live === undefined || state !== 'COMPLETED');

function isWithin(row: CallbackRow, query: CallbackCount): boolean {
  const [, , , , , desiredTime, createdAt] = row;
  const { createdAfter = -Infinity, desiredFrom = -Infinity, desiredBefore = Infinity } = query;
  return createdAt > createdAfter && desiredTime >= desiredFrom && desiredTime < desiredBefore;
}
