/** Times as the parameters of availability and calendars are: with a zone, or without one and then by a clock that is named. Pure. */
import { instantOf, type Zone } from '../../calendar/zone.js';
import { instantIn } from '../desired-time.js';
import { callbackError } from '../errors.js';

/** Milliseconds since the epoch. Throws BAD_PARAMETER. */
export function timeOf(parameter: string, text: string, zone: Zone): number {
  const instant = instantIn(text);
  if (instant !== undefined) return instant;
  const wall = instantIn(`${text}Z`);
  if (wall !== undefined) return instantOf(zone, wall);
  const message = `Unparseable date: "${text.slice(0, 100)}". ${parameter} must be ISO 8601, such as 2013-05-28T15:30:00.000Z`;
  throw callbackError('badParameter', { message });
}

export const iso = (at: number): string => new Date(at).toISOString();

/** Without its zone. */
export const localIso = (wall: number): string => iso(wall).slice(0, -1);
