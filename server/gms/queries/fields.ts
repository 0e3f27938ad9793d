/** What a callback has by a name, as text: for `returned-keys` and exports. Pure. */
import { fromData } from '../../../engine/datamodel/data.js';
import type { CallbackRecord } from '../../store/port.js';
import type { Answer } from '../answer.js';
import { paramsOf } from '../record.js';
import type { Services } from '../services.js';

const iso = (time: number): string => new Date(time).toISOString();

const own: Readonly<Record<string, (record: CallbackRecord) => string | undefined>> = {
  _id: ({ id }) => id,
  _service_id: ({ id }) => id,
  _service_name: ({ service }) => service,
  _customer_number: ({ customerNumber }) => customerNumber,
  _callback_state: ({ state }) => state,
  _callback_reason: ({ reason }) => reason,
  _desired_time: ({ desiredTime }) => iso(desiredTime),
  _expiration_time: ({ expirationTime }) => iso(expirationTime),
  _time_scheduled: ({ createdAt }) => iso(createdAt),
  _ors_session_id: ({ sessionid }) => sessionid,
};

/**
 * By a name: its own, what its request brought, or the option of its service, which is worked out once; undefined where there is none of
 * them.
 */
export const fieldsOf = (record: CallbackRecord, services: Services): ((name: string) => string | undefined) => {
  let options: ReturnType<typeof optionsIn> | undefined;
  return (name) => {
    if (Object.hasOwn(own, name)) return own[name]?.(record);
    if (Object.hasOwn(record.properties, name)) return textOf(fromData(record.properties[name]));
    options ??= optionsIn(record, services);
    return textOf(fromData(options[name]));
  };
};

/** What it has of these names. */
export const namedFields = (record: CallbackRecord, names: readonly string[], services: Services): Answer => {
  const field = fieldsOf(record, services);
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = field(name);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
};

const textOf = (value: unknown): string | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

/** A service may be gone, or configured so that nothing is to be had of it. */
const optionsIn = (record: CallbackRecord, services: Services): ReturnType<typeof paramsOf> => {
  const service = services.get(record.service);
  try {
    return service ? paramsOf(record, service) : {};
  } catch {
    return {};
  }
};
