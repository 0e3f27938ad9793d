/**
 * How many callbacks there may be: for a number, for a service, in a time, and for the value of a parameter in a day. The guide, "Start
 * or Schedule Callback", 429; in its order. `limits.ts` holds them.
 *
 * 1. A live callback is one that is not COMPLETED. For a number those of all services count, since it is one telephone.
 * 2. A parameter that a header of the request has is counted by the header. The digest of what it says stands in the record, so that
 *    it counts as long as a day lasts, and tells nobody a secret. So it is with values that are too long to be found by.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { digest } from '../../bearer.js';
import { FINDABLE, type CallbackRecord, type Store } from '../../store/port.js';
import { callbackError } from '../errors.js';
import { LARGEST } from '../option.js';
import { listOf, type CallbackRequest } from '../request.js';
import type { Options } from '../resolve.js';
import type { Limit } from './limits.js';

const DAY_MS = 86_400_000;

/** How a record says what was counted of a header. */
export const COUNTED = '_throttled_';

export interface Asked {
  readonly service: string;
  readonly options: Options;
  readonly now: number;
  /** As it is kept. */
  readonly number: string | undefined;
  /** By the names of `_throttle_request_parameters`: the property that is counted, and its value. */
  readonly counted: ReadonlyMap<string, Counted>;
}

interface Counted {
  readonly property: string;
  readonly value: string;
}

/** Those that are the largest number there is are none. */
export const limitsOf = (store: Pick<Store, 'countCallbacks'>, asked: Asked): readonly Limit[] =>
  [
    ...limitsOfNumber(store, asked),
    ofService(store, asked),
    ...(['1', '2'] as const).map((window) => ofInterval(store, asked, window)),
    ...ofParameters(store, asked),
  ].filter(({ most }) => most < LARGEST);

/** `_enable_in_queue_checking`: how many of a number there may be. */
const booked: Readonly<Record<string, number>> = { true: 2, strict: 1 };

export function limitsOfNumber(
  store: Pick<Store, 'countCallbacks'>,
  { options, number }: Pick<Asked, 'options' | 'number'>,
): readonly Limit[] {
  const most = booked[String(options.get('_enable_in_queue_checking'))];
  if (most === undefined || number === undefined) return [];
  return [
    {
      key: JSON.stringify(['number', number]),
      most,
      count: () => store.countCallbacks({ property: { name: '_customer_number', value: number }, live: true }),
      refusal: () => callbackError('numberBooked', { max_queued: most }),
    },
  ];
}

const ofService = (store: Pick<Store, 'countCallbacks'>, { service, options }: Asked): Limit => ({
  key: JSON.stringify(['service', service]),
  most: Number(options.get('_max_queued_callbacks_per_service')),
  count: () => store.countCallbacks({ service, live: true }),
  refusal: () => callbackError('serviceLimit', { service }),
});

const ofInterval = (store: Pick<Store, 'countCallbacks'>, asked: Asked, window: '1' | '2'): Limit => {
  const { service, options, now } = asked;
  const interval = Number(options.get(`_throttle_ttl_${window}`));
  return {
    key: JSON.stringify(['service', service]),
    most: Number(options.get(`_throttle_callbacks_per_service_${window}`)),
    count: () => store.countCallbacks({ service, createdAfter: now - interval * 1000 }),
    refusal: () => callbackError('intervalLimit', { service, interval }),
  };
};

const ofParameters = (store: Pick<Store, 'countCallbacks'>, asked: Asked): readonly Limit[] => {
  const { service, options, now, counted } = asked;
  const most = Number(options.get('_throttle_request_parameters_limit'));
  return [...counted].map(([parameter, { property, value }]) => ({
    key: JSON.stringify(['parameter', service, property, value]),
    most,
    count: () =>
      store.countCallbacks({
        service,
        createdAfter: now - DAY_MS,
        property: { name: property, value },
      }),
    refusal: (attempts) => callbackError('parameterLimit', { service, parameter, attempts }),
  }));
};

const hidden = (name: string, text: string): Counted => ({
  property: COUNTED + name,
  value: digest(text).toString('base64url'),
});

/** 2. Texts and numbers can be counted, by the text that they are. `number`: the customer's, as it is kept. */
export function countedOf(
  options: Options,
  request: CallbackRequest,
  headers: IncomingHttpHeaders,
  number: string | undefined,
): ReadonlyMap<string, Counted> {
  const list = options.get('_throttle_request_parameters');
  const names = listOf(typeof list === 'string' ? list : '');
  const byHeader = options.get('_enable_throttle_header_parameters') === true;
  const counted = names.flatMap((name): (readonly [string, Counted])[] => {
    const header = byHeader ? headers[name.toLowerCase()] : undefined;
    if (typeof header === 'string' && header !== '') return [[name, hidden(name, header)]];
    const value = name === '_customer_number' ? number : request.get(name);
    const text = typeof value === 'object' ? '' : String(value ?? '');
    if (text === '') return [];
    return [[name, text.length > FINDABLE ? hidden(name, text) : { property: name, value: text }]];
  });
  return new Map(counted);
}

/** 2. What the record says of the headers that were counted. */
export const markedOf = (counted: ReadonlyMap<string, Counted>): CallbackRecord['properties'] =>
  Object.fromEntries(
    [...counted.values()]
      .filter(({ property }) => property.startsWith(COUNTED))
      .map(({ property, value }) => [property, value]),
  );
