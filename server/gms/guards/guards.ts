/**
 * What a start passes before it is accepted, in the guide's order: the number, whether it is possible and allowed (`number.ts`), the
 * exceptions of the service (`exceptions.ts`), and the limits (`throttling.ts`, `limits.ts`). `../callbacks.ts` asks.
 */
import type { IncomingHttpHeaders } from 'node:http';
import type { CallbackRecord, Store } from '../../store/port.js';
import { textOf, type CallbackRequest } from '../request.js';
import type { Options } from '../resolve.js';
import type { Exceptions } from './exceptions.js';
import { limiting, type Limit } from './limits.js';
import { numberOf, requireCallable } from './number.js';
import { COUNTED, countedOf, limitsOf, limitsOfNumber, markedOf } from './throttling.js';

export interface Guards {
  /** The request as it is kept: with its number in the form that is looked up. Throws a CallbackError if it may not be called. */
  admit(service: string, request: CallbackRequest, options: Options): CallbackRequest;
  /** Writes the record by `commit` if no limit is reached; else rejects with a CallbackError. */
  book<T>(start: Start, commit: (record: CallbackRecord) => Promise<T>): Promise<T>;
  /** The same of one that is there already: for its number if that is another one, and for its place. */
  move<T>(moved: Moved, commit: () => Promise<T>): Promise<T>;
}

interface Moved {
  readonly id: string;
  readonly options: Options;
  /** If it is another one. */
  readonly number: string | undefined;
  readonly places: readonly Limit[];
}

interface Start {
  readonly record: CallbackRecord;
  readonly request: CallbackRequest;
  readonly options: Options;
  readonly headers: IncomingHttpHeaders;
  /** What is held besides: the place in its slot. */
  readonly places: readonly Limit[];
}

export function guards(
  store: Pick<Store, 'countCallbacks' | 'onCallback'>,
  exceptions: Pick<Exceptions, 'requireNone'>,
): Guards {
  const within = limiting(store);
  return {
    admit(service, request, options) {
      const kept = new Map([...request].filter(([name]) => !name.startsWith(COUNTED)));
      const given = textOf(request, '_customer_number');
      if (given === undefined) return kept;
      requireCallable(service, given, options);
      const number = numberOf(given, options);
      const group = options.get('_exceptions');
      if (typeof group === 'string' && group !== '') exceptions.requireNone(service, group, number);
      return kept.set('_customer_number', number);
    },
    book({ record, request, options, headers, places }, commit) {
      const { id, service, customerNumber: number, createdAt: now, properties } = record;
      const counted = countedOf(options, request, headers, number);
      const limits = [...limitsOf(store, { service, options, now, number, counted }), ...places];
      return within(id, limits, () => commit({ ...record, properties: { ...properties, ...markedOf(counted) } }));
    },
    move: ({ id, options, number, places }, commit) =>
      within(id, [...limitsOfNumber(store, { options, number }), ...places], commit),
  };
}
