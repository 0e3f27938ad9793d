/**
 * Query-Availability of the guide, v1 and v2: the slots that a callback can be booked in. `schedule.ts` says when that is, the store
 * what is booked, `range.ts` what is asked; `routes.ts` has the URLs.
 *
 * 1. What is past is not offered. A query without an end is about the one bucket that its start is in.
 */
import { bucketOf, slotsIn, type Slot } from '../../calendar/slots.js';
import type { Span } from '../../calendar/span.js';
import { MINUTE, standardName, utc, wallOf, zoneNamed, type Zone } from '../../calendar/zone.js';
import type { Clock } from '../../clock.js';
import type { Store } from '../../store/port.js';
import { callbackError } from '../errors.js';
import { resolve } from '../resolve.js';
import { serviceNamed, type Services } from '../services.js';
import { iso, localIso } from './iso.js';
import { rangeOf, wholeIn } from './range.js';
import { scheduleOf, type Schedule } from './schedule.js';

export interface AvailabilityNeeds {
  readonly services: Services;
  readonly store: Pick<Store, 'booked'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** By when a slot begins, how many places it has, as texts. */
type FreeSlots = Readonly<Record<string, string>>;

interface DetailedSlots {
  readonly slots: readonly {
    readonly utcTime: string;
    readonly localTime: string;
    readonly capacity: number;
    readonly total: number;
  }[];
  readonly durationMin: number;
  readonly timezone: string;
}

/** Every method rejects with a CallbackError. */
export interface Availability {
  free(name: string, parameters: URLSearchParams): Promise<FreeSlots>;
  detailed(name: string, parameters: URLSearchParams): Promise<DetailedSlots>;
}

const MOST_SLOTS = 100_000;

export function availability({ services, store, clock }: AvailabilityNeeds): Availability {
  const found = async (name: string, schedule: Schedule, zone: Zone, parameters: URLSearchParams) => {
    const most = wholeIn(parameters, 'max-time-slots', MOST_SLOTS) ?? MOST_SLOTS;
    const busy = parameters.get('report-busy') === 'true';
    const asked = spanOf(parameters, zone, schedule, clock.now());
    return takenFrom(await slotsOf(store, name, schedule, asked), most, busy);
  };
  const scheduled = (name: string): Schedule => {
    const schedule = scheduleOf(services, name, resolve(serviceNamed(services, name), new Map()));
    if (schedule.hours) return schedule;
    throw callbackError('notConfigured', { service: name, option: '_business_hours_service' });
  };
  return {
    async free(name, parameters) {
      const slots = await found(name, scheduled(name), utc, parameters);
      return Object.fromEntries(slots.map(({ at, free }) => [iso(at), String(free)]));
    },
    async detailed(name, parameters) {
      const schedule = scheduled(name);
      const zone = zoneIn(parameters) ?? schedule.hours?.zone ?? utc;
      const slots = await found(name, schedule, zone, parameters);
      return {
        slots: slots.map(({ at, free, total }) => ({
          utcTime: iso(at),
          localTime: localIso(wallOf(zone, at)),
          capacity: free,
          total,
        })),
        durationMin: schedule.bucket,
        timezone: standardName(zone, clock.now()),
      };
    },
  };
}

/** In their order, full ones among them. */
export async function slotsOf(
  store: Pick<Store, 'booked'>,
  service: string,
  schedule: Schedule,
  asked: Span,
): Promise<Iterable<Slot>> {
  const bucketMs = schedule.bucket * MINUTE;
  const from = bucketOf(asked.from, schedule.bucket);
  const to = bucketOf(asked.to - 1, schedule.bucket) + bucketMs;
  const booked = await store.booked({ service, from, to, bucketMs });
  return slotsIn({ ...schedule, booked }, asked);
}

function takenFrom(slots: Iterable<Slot>, most: number, busy: boolean): readonly Slot[] {
  const taken: Slot[] = [];
  for (const slot of slots) {
    if (taken.length >= most) break;
    if (busy || slot.free > 0) taken.push(slot);
  }
  return taken;
}

/** 1 */
function spanOf(parameters: URLSearchParams, zone: Zone, { bucket }: Schedule, now: number): Span {
  const { start, end } = rangeOf(parameters, zone, now);
  const begin = bucketOf(start, bucket);
  const until = end ?? begin + bucket * MINUTE;
  if (until <= now) throw callbackError('periodPast');
  return end === undefined ? { from: begin, to: begin + 1 } : { from: Math.max(start, now), to: end };
}

/** Throws BAD_PARAMETER. */
export function zoneIn(parameters: URLSearchParams): Zone | undefined {
  const name = parameters.get('timezone');
  if (name === null || name === '') return undefined;
  const zone = zoneNamed(name);
  if (zone) return zone;
  const message = `timezone "${name.slice(0, 100)}" is not known: it must be a tz database name such as America/Toronto`;
  throw callbackError('badParameter', { message });
}
