/**
 * What a callback passes that is to be at a time: not too far away, while the office is open, and in a slot that has a place left.
 * `../callbacks.ts` books by it; `../guards/limits.ts` lets in as many at the same instant as there are places.
 *
 * 1. A place is taken by each callback of the service that is wanted in the slot and not over, so it is free again when one is
 *    cancelled, moved or gone, and it is so after a crash.
 * 2. Who is called at once takes no place; he is refused when the office is closed if he has named a time, or if the service has
 *    `_enable_reject_out_of_office_hours`, and then by when his waiting time is over.
 */
import { capacityAt } from '../../calendar/capacity.js';
import { isOpen } from '../../calendar/hours.js';
import { bucketOf } from '../../calendar/slots.js';
import { DAY, MINUTE, wallOf } from '../../calendar/zone.js';
import type { Clock } from '../../clock.js';
import type { CallbackRecord, Store } from '../../store/port.js';
import { callbackError, CallbackError } from '../errors.js';
import type { Limit } from '../guards/limits.js';
import type { Options } from '../resolve.js';
import type { Services } from '../services.js';
import { slotsOf } from './availability.js';
import { requireNear } from './desired.js';
import { iso } from './iso.js';
import { scheduleOf, type Schedule } from './schedule.js';

interface BookingNeeds {
  readonly services: Services;
  readonly store: Pick<Store, 'booked' | 'countCallbacks'>;
  readonly clock: Pick<Clock, 'now'>;
}

interface Wanted {
  readonly record: Pick<CallbackRecord, 'id' | 'service' | 'state' | 'desiredTime'>;
  readonly options: Options;
  /** The customer has named a time. */
  readonly isAsked: boolean;
  /** What he would have to wait now. */
  readonly ewtMs: number;
  /** When it was wanted, if it has a place already. */
  readonly was?: number;
}

/** Rejects with a CallbackError, with slots that are free, or as `commit` does, which is to hold these limits. */
export type Booking = <T>(wanted: Wanted, commit: (limits: readonly Limit[]) => Promise<T>) => Promise<T>;

export const booking = ({ services, store, clock }: BookingNeeds): Booking => {
  const limitsOf = (wanted: Wanted, schedule: Schedule): readonly Limit[] => {
    const { record, options } = wanted;
    const at = calledAt(wanted, clock.now());
    if (wanted.isAsked) requireNear(record, options, clock.now());
    if (at !== undefined && schedule.hours && !isOpen(schedule.hours, at))
      throw callbackError('slotClosed', { slot: slotText(at, schedule), service: record.service });
    return record.state !== 'SCHEDULED' || hasPlace(wanted, schedule) ? [] : [placeIn(store, record, schedule)];
  };
  return async (wanted, commit) => {
    const { record, options } = wanted;
    const schedule = scheduleOf(services, record.service, options);
    try {
      return await commit(limitsOf(wanted, schedule));
    } catch (error) {
      if (!(error instanceof CallbackError) || error.body.phrase !== 'SLOT_UNAVAILABLE_PROPOSAL') throw error;
      const around = Math.max(record.desiredTime, clock.now());
      const proposed = await proposals(store, record.service, schedule, { around, now: clock.now() });
      if (proposed.length === 0) throw callbackError('noSlots', error.body.properties);
      throw new CallbackError(error.status, { ...error.body, availability: Object.fromEntries(proposed) });
    }
  };
};

/** When it is held against office hours, if it is. 2 */
function calledAt({ record, options, isAsked, ewtMs }: Wanted, now: number): number | undefined {
  if (record.state === 'SCHEDULED') return record.desiredTime;
  if (options.get('_enable_reject_out_of_office_hours') === true) return now + ewtMs;
  return isAsked ? Math.max(record.desiredTime, now) : undefined;
}

const hasPlace = ({ record, was }: Wanted, { bucket }: Schedule): boolean =>
  was !== undefined && bucketOf(was, bucket) === bucketOf(record.desiredTime, bucket);

/** 1 */
function placeIn(store: Pick<Store, 'countCallbacks'>, record: Wanted['record'], schedule: Schedule): Limit {
  const { service, desiredTime } = record;
  const { bucket, capacity } = schedule;
  const desiredFrom = bucketOf(desiredTime, bucket);
  const desiredBefore = desiredFrom + bucket * MINUTE;
  return {
    key: JSON.stringify(['slot', service, desiredFrom, bucket]),
    most: capacityAt(capacity, wallOf(capacity.zone, desiredFrom)),
    count: () => store.countCallbacks({ service, live: true, desiredFrom, desiredBefore }),
    refusal: () => callbackError('slotFull', { slot: slotText(desiredTime, schedule), service }),
  };
}

function slotText(at: number, { bucket }: Schedule): string {
  const begin = bucketOf(at, bucket);
  return `[${iso(begin)}, ${iso(begin + bucket * MINUTE)}]`;
}

/** As many as in the guide's example, and how far they are looked for: nearby first. */
const PROPOSED = 6;
const FAR = [1, 8].map((days) => days * DAY);

/** Those that are nearest and have places, in the order of time. */
async function proposals(
  store: Pick<Store, 'booked'>,
  service: string,
  schedule: Schedule,
  { around, now }: { readonly around: number; readonly now: number },
): Promise<readonly (readonly [slot: string, free: number])[]> {
  for (const far of FAR) {
    const asked = { from: Math.max(now, around - far), to: around + far };
    const free = [...(await slotsOf(store, service, schedule, asked))].filter((slot) => slot.free > 0);
    if (free.length < PROPOSED && far !== FAR.at(-1)) continue;
    const distance = ({ at }: { readonly at: number }): number => Math.abs(at - bucketOf(around, schedule.bucket));
    const nearest = free.sort((one, other) => distance(one) - distance(other)).slice(0, PROPOSED);
    return nearest.sort((one, other) => one.at - other.at).map((slot) => [iso(slot.at), slot.free]);
  }
  return [];
}
