/**
 * The slots in which callbacks can be booked: buckets of some minutes that begin while the office is open, less what is booked in
 * them. `hours.ts` says when that is, `capacity.ts` how many each takes. Pure.
 *
 * 1. Buckets are counted from the epoch, in UTC: whose a time is does not depend on options or zones, and 60 minutes begin with
 *    the hour of UTC wherever the office is.
 * 2. A bucket is a slot if the office is open when it begins.
 */
import { capacityAt, type Capacity } from './capacity.js';
import { openBetween } from './hours.js';
import type { OfficeHours } from './office-hours.js';
import { within, type Span } from './span.js';
import { MINUTE, stretches } from './zone.js';

/** Values of `_request_time_bucket`. */
export const bucketMinutes = [5, 10, 15, 20, 30, 60, 120] as const;
export type BucketMinutes = (typeof bucketMinutes)[number];

export interface Slot {
  /** When it begins. */
  readonly at: number;
  readonly total: number;
  /** Never negative. */
  readonly free: number;
}

interface SlotsNeeds {
  /** Undefined: always open. */
  readonly hours: OfficeHours | undefined;
  readonly capacity: Capacity;
  readonly bucket: BucketMinutes;
  /** How many are booked, by when their bucket begins; what is not there is 0. */
  readonly booked: ReadonlyMap<number, number>;
}

/** When the bucket of a time begins. 1 */
export const bucketOf = (at: number, bucket: BucketMinutes): number => at - (at % (bucket * MINUTE));

/** In their order: those that take callbacks at all, full ones among them, and begin in the span. */
export function* slotsIn({ hours, capacity, bucket, booked }: SlotsNeeds, asked: Span): Generator<Slot> {
  const step = bucket * MINUTE;
  const open = hours ? openBetween(hours, asked) : [asked];
  for (const { from, to, offset } of stretches(capacity.zone, asked))
    for (const at of bucketsIn(within(open, { from, to }), step)) {
      const total = capacityAt(capacity, at + offset);
      if (total > 0) yield { at, total, free: Math.max(0, total - (booked.get(at) ?? 0)) };
    }
}

/** 2 */
function* bucketsIn(open: readonly Span[], step: number): Generator<number> {
  for (const { from, to } of open) for (let at = Math.ceil(from / step) * step; at < to; at += step) yield at;
}
