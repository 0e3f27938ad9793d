/** Whether a callback's row is one of those that are counted; `../sqlite/counted.ts` asks a database the same. */
import type { CallbackCount } from '../port.js';
import type { CallbackRow } from '../rows/callback.js';

export function isCounted(row: CallbackRow, { service, customerNumber, live, createdAfter, property }: CallbackCount) {
  const [, ofService, state, , number, , createdAt] = row;
  return (
    (service === undefined || ofService === service) &&
    (customerNumber === undefined || number === customerNumber) &&
    (live === undefined || state !== 'COMPLETED') &&
    (createdAfter === undefined || createdAt > createdAfter) &&
    (property === undefined || textIn(row, property[0]) === property[1])
  );
}

function textIn(row: CallbackRow, name: string): string | undefined {
  const properties = JSON.parse(row[9]) as Readonly<Record<string, unknown>>;
  const value = Object.hasOwn(properties, name) ? properties[name] : undefined;
  return ['string', 'number', 'boolean'].includes(typeof value) ? String(value) : undefined;
}
