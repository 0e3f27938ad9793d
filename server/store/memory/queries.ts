/** Callback records by what they are, in a store in memory: all of them are looked at. */
import type { CallbackFilter, CallbackQuery, CallbackRecord, Store } from '../port.js';
import { callbackOf } from '../rows/callback.js';
import { placeOf } from '../rows/property.js';
import { propertyKey, type Tables } from './tables.js';

export const queries = ({ callbacks, properties }: Tables): Pick<Store, 'findCallbacks'> => {
  const has = ({ id }: CallbackRecord, wanted: CallbackFilter['properties'], any = false): boolean => {
    if (wanted === undefined || wanted.length === 0) return true;
    const known = properties.get(id);
    const isKnown = (each: (typeof wanted)[number]): boolean => known?.has(propertyKey(each)) === true;
    return any ? wanted.some(isKnown) : wanted.every(isKnown);
  };
  const all = (filter: CallbackFilter, any?: boolean): CallbackRecord[] =>
    callbacks
      .all()
      .map(callbackOf)
      .filter((record) => isWithin(record, filter) && has(record, filter.properties, any));
  return {
    findCallbacks: async ({ any, after, limit, ...filter }: CallbackQuery) =>
      all(filter, any)
        .filter((record) => !after || isBehind(placeOf(record), placeOf(after)))
        .sort((a, b) => (isBehind(placeOf(a), placeOf(b)) ? 1 : -1))
        .slice(0, limit),
  };
};

const isWithin = (
  { service, state, desiredTime }: CallbackRecord,
  { services, states, from = -Infinity, to = Infinity }: CallbackFilter,
): boolean =>
  (services?.includes(service) ?? true) &&
  (states?.includes(state) ?? true) &&
  desiredTime >= from &&
  desiredTime <= to;

type Place = ReturnType<typeof placeOf>;

const isBehind = ([time, id]: Place, [otherTime, otherId]: Place): boolean =>
  time > otherTime || (time === otherTime && id > otherId);
