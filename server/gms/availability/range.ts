/**
 * From when to when is asked: `start` (or `timestamp`, `start-ms`), and `end`, `end-ms` or `number-of-days`. The guide,
 * "Query-Availability". `availability.ts` and the built-in services ask. Pure.
 *
 * 1. One name for each: two that say the same thing twice are refused.
 * 2. A span is bounded, whatever clients ask.
 */
import { DAY, instantOf, wallOf, type Zone } from '../../calendar/zone.js';
import { callbackError } from '../errors.js';
import { timeOf } from './iso.js';

const MOST_DAYS = 100;

interface Range {
  readonly start: number;
  /** Undefined where nothing says it, or it is the start. */
  readonly end: number | undefined;
}

/** Throws BAD_PARAMETER. */
export function rangeOf(parameters: URLSearchParams, zone: Zone, now: number): Range {
  const start = timeIn(parameters, ['start', 'timestamp', 'start-ms'], zone) ?? now;
  only(parameters, ['end', 'end-ms', 'number-of-days']);
  const days = wholeIn(parameters, 'number-of-days', MOST_DAYS);
  const given = timeIn(parameters, ['end', 'end-ms'], zone);
  const end = days === undefined ? given : instantOf(zone, wallOf(zone, start) + days * DAY);
  if (end === undefined || end === start) return { start, end: undefined };
  if (end < start) throw bad('The end of the period must not be before its start');
  if (end - start > (MOST_DAYS + 1) * DAY) throw bad(`The period must not be longer than ${MOST_DAYS} days`);
  return { start, end };
}

/** Undefined where it is not given. Throws BAD_PARAMETER. */
export function wholeIn(parameters: URLSearchParams, name: string, most: number): number | undefined {
  const text = parameters.get(name);
  if (text === null || text === '') return undefined;
  if (/^\d{1,9}$/.test(text) && Number(text) >= 1 && Number(text) <= most) return Number(text);
  throw bad(`${name} must be a whole number from 1 to ${most}`);
}

/** The greatest that Date takes. */
const LAST = 8.64e15 - 400 * DAY;

function timeIn(parameters: URLSearchParams, names: readonly string[], zone: Zone): number | undefined {
  const name = only(parameters, names);
  const text = parameters.get(name ?? '');
  if (name === undefined || text === null) return undefined;
  if (!name.endsWith('-ms')) return timeOf(name, text, zone);
  if (/^\d{1,16}$/.test(text) && Number(text) < LAST) return Number(text);
  throw bad(`${name} must be the milliseconds since 1970-01-01T00:00:00Z`);
}

/** 1 */
function only(parameters: URLSearchParams, names: readonly string[]): string | undefined {
  const given = names.filter((name) => (parameters.get(name) ?? '') !== '');
  if (given.length > 1) throw bad(`Set only one of ${given.join(', ')}`);
  return given[0];
}

const bad = (message: string) => callbackError('badParameter', { message });
