/**
 * A callback as it is kept: from the request to the record, and from the record alone to the parameters of the session that
 * executes it, so that a callback can be started at any time later. `callbacks.ts` uses both. Pure.
 */
import { fromData, toData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import { callbackStates, type CallbackRecord, type CallbackState } from '../store/port.js';
import { desiredTimeOf, isImmediate } from './desired-time.js';
import { callbackError } from './errors.js';
import { textOf, type CallbackRequest, type RequestValue } from './request.js';
import { resolve, type Options } from './resolve.js';
import { ownProperties } from './resubmission.js';
import type { Service } from './services.js';

/** These have a field of their own in the record, or are no client's to say. */
const ownFields = ['_customer_number', '_desired_time', '_callback_state', ...ownProperties];

/** What of a request is kept as properties. */
export const propertiesIn = (request: CallbackRequest): CallbackRecord['properties'] =>
  Object.fromEntries(
    [...request].filter(([key]) => !ownFields.includes(key)).map(([key, value]) => [key, toData(value) ?? null]),
  );

/** The state that a request forces. Throws BAD_PARAMETER. */
export function stateIn(request: CallbackRequest): CallbackState | undefined {
  const given = textOf(request, '_callback_state');
  const state = callbackStates.find((each) => each === given);
  if (given === undefined || state !== undefined) return state;
  const message = `_callback_state "${given.slice(0, 100)}" is none of ${callbackStates.join(', ')}`;
  throw callbackError('badParameter', { message, keys: '_callback_state' });
}

export const bufferMs = (options: Options): number => millisecondsOf(options, '_request_execution_time_buffer');

const millisecondsOf = (options: Options, name: string): number => Number(options.get(name)) * 1000;

/** QUEUED when it is to be executed now, else SCHEDULED, if the request forces no state. `ewtMs`: the estimated wait, 0 where nothing is known. */
export function recordOf(
  id: string,
  service: Service,
  request: CallbackRequest,
  options: Options,
  now: number,
  ewtMs: number,
): CallbackRecord {
  const wanted = textOf(request, '_desired_time');
  const desiredTime = wanted === undefined ? now : desiredTimeOf(wanted);
  const isNow = isImmediate(desiredTime, now, bufferMs(options), ewtMs);
  const state = stateIn(request) ?? (isNow ? 'QUEUED' : 'SCHEDULED');
  return {
    id,
    service: service.name,
    state,
    reason: undefined,
    customerNumber: textOf(request, '_customer_number'),
    desiredTime,
    createdAt: now,
    expirationTime: desiredTime + millisecondsOf(options, '_ttl'),
    sessionid: undefined,
    properties: propertiesIn(request),
    history: [{ at: now, state }],
  };
}

const askedOf = ({ properties }: CallbackRecord): (readonly [string, RequestValue])[] =>
  Object.entries(properties)
    .filter(([key]) => !ownProperties.includes(key))
    .map(([key, value]) => [key, fromData(value) as RequestValue] as const);

const ownOf = ({ customerNumber, desiredTime }: CallbackRecord): Readonly<Record<string, string>> => ({
  ...(customerNumber !== undefined && { _customer_number: customerNumber }),
  _desired_time: new Date(desiredTime).toISOString(),
});

/** The request that would make it again. */
export const requestFor = (record: CallbackRecord): CallbackRequest =>
  new Map([...askedOf(record), ...Object.entries(ownOf(record))]);

/** As they are for it now: the service may have changed since. Throws a CallbackError. */
export const optionsOf = (record: CallbackRecord, service: Service): Options => resolve(service, requestFor(record));

/** By the ids of the strategy's `<data>`: every option with a value, then what names the callback and its customer. */
export const paramsOf = (record: CallbackRecord, service: Service): Readonly<Record<string, Data | undefined>> => ({
  ...Object.fromEntries([...optionsOf(record, service)].map(([name, value]) => [name, toData(value)])),
  ...ownOf(record),
  _service_id: record.id,
  _service_name: record.service,
  _user_data: toData(Object.fromEntries(askedOf(record).filter(([key]) => !key.startsWith('_')))),
});
