/**
 * Delete Callback (Forget Me): callbacks by id, and all that have, or once had, a number.
 *
 * 1. Each callback is deleted whole or not at all; what cannot be deleted is said, and keeps no other from it.
 */
import type { CallbackRecord, Store } from '../../store/port.js';
import { callbackError } from '../errors.js';
import { keptForms } from '../guards/kept-number.js';
import type { Services } from '../services.js';
import { ResultList, type Results } from './results.js';

interface ForgetNeeds {
  readonly store: Pick<Store, 'findCallbacks' | 'callback'>;
  readonly services: Services;
  readonly forget: (id: string) => Promise<void>;
}

/** Of one number, or ids of one request. */
const MOST = 10_000;

export async function forgetAll({ store, services, forget }: ForgetNeeds, body: unknown): Promise<Results> {
  const asked = askedIn(body);
  const results = new ResultList();
  const byKey: Readonly<Record<string, (value: string) => Promise<readonly string[]>>> = {
    _id: async (id) => ((await store.callback(id)) ? [id] : []),
    _customer_number: async (number) => (await withNumber(store, services, number)).map(({ id }) => id),
  };
  for (const [name, value] of asked) {
    if (!Object.hasOwn(byKey, name)) {
      results.failed({ [name]: value }, callbackError('noSuchLookup', { properties: { [name]: value } }));
      continue;
    }
    const ids = (await byKey[name]?.(value)) ?? [];
    if (ids.length === 0) results.success.push({ reason: 'no callback(s) to delete', [name]: value });
    for (const id of ids) await results.try(id, forget);
  }
  return results;
}

/** Those that this server executes for another one, too: each server forgets what it has. */
const withNumber = async (
  store: ForgetNeeds['store'],
  services: Services,
  number: string,
): Promise<readonly CallbackRecord[]> => {
  const forms = new Set([number, ...keptForms([...services.values()], number)]);
  return store.findCallbacks({
    properties: [...forms].map((value) => ({ name: '_customer_number', value })),
    any: true,
    limit: MOST,
  });
};

const askedIn = (body: unknown): readonly (readonly [name: string, value: string])[] => {
  const asked = Object.entries((body ?? {}) as Readonly<Record<string, unknown>>).flatMap(([name, values]) =>
    [values].flat().map((value) => [name, value] as const),
  );
  if (asked.length === 0) throw callbackError('noLookup');
  return asked.slice(0, MOST).map(([name, value]) => {
    if (typeof value === 'string') return [name, value];
    throw callbackError('badParameter', { message: `Parameter ${name} must be a list of texts`, keys: name });
  });
};
