/**
 * How far from now a callback may be wanted: `_reject_future_desired_time`, a number and y, M, w, d, h or m, and
 * `_reject_past_desired_time`, seconds. `booking.ts` asks. Pure.
 */
import { MINUTE, DAY } from '../../calendar/zone.js';
import { callbackError } from '../errors.js';
import type { Options } from '../resolve.js';

interface Wanted {
  readonly id: string;
  readonly service: string;
  readonly desiredTime: number;
}

/** Throws BAD_PARAMETER, or BAD_CONFIGURATION for an option that is none. */
export function requireNear({ id, service, desiredTime }: Wanted, options: Options, now: number): void {
  const latest = latestOf(service, options, now);
  const past = options.get('_reject_past_desired_time');
  const facts = {
    id,
    past: typeof past === 'number' ? past : 0,
    ahead: seconds(desiredTime - now),
    future: seconds(latest - now),
    epoch: seconds(desiredTime),
  };
  if (desiredTime > latest) throw callbackError('tooLate', facts);
  if (typeof past === 'number' && desiredTime < now - past * 1000) throw callbackError('tooEarly', facts);
}

const seconds = (ms: number): number => Math.floor(ms / 1000);

const LENGTHS: Readonly<Record<string, number>> = { w: 7 * DAY, d: DAY, h: 60 * MINUTE, m: MINUTE };
const MONTHS: Readonly<Record<string, number>> = { y: 12, M: 1 };

function latestOf(service: string, options: Options, now: number): number {
  const given = options.get('_reject_future_desired_time') ?? '';
  if (typeof given !== 'string' || given === '') return Infinity;
  const [, digits = '', unit = ''] = /^(\d{1,4})([yMwdhm])$/.exec(given) ?? [];
  const [number, length, months] = [Number(digits), LENGTHS[unit], MONTHS[unit]];
  if (length !== undefined) return now + number * length;
  if (months !== undefined) return monthsAfter(now, number * months);
  const message = `service ${service} has "${given.slice(0, 100)}", allowed: a number and y, M, w, d, h or m, such as 1M`;
  throw callbackError('badOption', { service, option: '_reject_future_desired_time', message });
}

/** The same day of a later month, or its last. */
function monthsAfter(now: number, months: number): number {
  const date = new Date(now);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  return date.setUTCDate(Math.min(day, last));
}
