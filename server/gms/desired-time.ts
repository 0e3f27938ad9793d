/** When a callback is wanted, and whether that is now: the guide, "Start or Schedule Callback". Pure. */
import { callbackError } from './errors.js';

const ISO = /^(\d{4})-(\d\d)-(\d\d)T\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:?\d\d)$/;

/** Milliseconds since the epoch of `yyyy-MM-ddTHH:mm:ss.SSSZ`; the zone is Z or an offset, seconds may be absent. */
export function instantIn(text: string): number | undefined {
  const [, year, month, day] = ISO.exec(text) ?? [];
  const time = Date.parse(text.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  // Date.parse takes the 30th of February for the 2nd of March.
  const exists = Number(day) === new Date(Date.UTC(Number(year), Number(month) - 1, Number(day))).getUTCDate();
  return exists && !Number.isNaN(time) ? time : undefined;
}

/** `key`: the parameter that has it. */
export function desiredTimeOf(text: string, key = '_desired_time'): number {
  const time = instantIn(text);
  if (time !== undefined) return time;
  const message = `Unparseable date: "${text}". ${key} must be ISO 8601, such as 2013-05-28T15:30:00.000Z`;
  throw callbackError('badParameter', { message, keys: key });
}

/** The guide's rule: desired time < current time + `_request_execution_time_buffer` + Estimated Wait Time. */
export const isImmediate = (desired: number, now: number, bufferMs: number, ewtMs: number): boolean =>
  desired < now + bufferMs + ewtMs;
