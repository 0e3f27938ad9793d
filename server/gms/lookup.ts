/** Query-Callback by Lookup Properties: which properties may be asked for, and which records have them. */
import { isGuest } from '../execution/guests.js';
import type { Store } from '../store/port.js';
import type { CallbackRecord } from '../store/port.js';
import { callbackError } from './errors.js';
import { keptForms } from './guards/kept-number.js';
import { listOf } from './request.js';
import type { Service } from './services.js';

/** Records of the service (all services when undefined) that have every one of these properties, oldest first. */
export async function lookUp(
  store: Store,
  services: readonly Service[],
  service: Service | undefined,
  properties: Readonly<Record<string, unknown>>,
): Promise<readonly CallbackRecord[]> {
  const asked = Object.entries(properties);
  if (asked.length === 0) throw callbackError('noLookup');
  const keys = service ? lookupKeysOf(service) : ['_customer_number'];
  if (!asked.every(([key, value]) => keys.includes(key) && typeof value === 'string')) {
    throw callbackError('noSuchLookup', { properties });
  }
  const { _customer_number: customerNumber, ...others } = properties as Readonly<Record<string, string>>;
  const forms = customerNumber === undefined ? [undefined] : keptForms(service ? [service] : services, customerNumber);
  const found = await Promise.all(
    forms.map((form) =>
      store.callbacks({
        ...(service && { service: service.name }),
        ...(form !== undefined && { customerNumber: form }),
      }),
    ),
  );
  const records = found.flat().sort((a, b) => a.createdAt - b.createdAt);
  const wanted = Object.entries(others);
  const own = records.filter((record) => !isGuest(record));
  return own.filter((record) => wanted.every(([key, value]) => textIn(record, key) === value));
}

function lookupKeysOf({ template, values }: Service): readonly string[] {
  return ['_customer_lookup_keys', '_mandatory_customer_lookup_keys'].flatMap((name) => {
    const given = values.get(name) ?? template.options.get(name)?.default;
    return typeof given === 'string' ? listOf(given) : [];
  });
}

function textIn({ properties }: CallbackRecord, key: string): string | undefined {
  const value = Object.hasOwn(properties, key) ? properties[key] : undefined;
  return value === undefined || typeof value === 'object' ? undefined : String(value);
}
