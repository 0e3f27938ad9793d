/**
 * Time zones: between two instants, where a zone's clock stands and when it is changed. Wall time is counted in milliseconds as if
 * the zone were UTC. `hours.ts` and `slots.ts` turn one into the other by it; luxon, which knows the zones, is known here alone. Pure.
 *
 * 1. Between two changes wall time is the instant and a constant, so nothing is said of hours that do not exist, and everything
 *    twice of those that come twice.
 * 2. No zone changes twice within a day.
 */
import { IANAZone } from 'luxon';
import type { Span } from './span.js';

export const MINUTE = 60_000;
export const DAY = 1440 * MINUTE;

export type Zone = IANAZone;

export const utc: Zone = IANAZone.create('UTC');

/** As the tz database names it. */
export const zoneNamed = (name: string): Zone | undefined =>
  IANAZone.isValidZone(name) ? IANAZone.create(name) : undefined;

const offsetAt = (zone: Zone, at: number): number => zone.offset(at) * MINUTE;

/** The instant of a wall time: the first of two; of one that does not exist, what it would be if the clock had not been changed. */
export function instantOf(zone: Zone, wall: number): number {
  const before = wall - offsetAt(zone, wall - DAY);
  const after = wall - offsetAt(zone, wall + DAY);
  return [before, after].find((at) => at + offsetAt(zone, at) === wall) ?? before;
}

export const wallOf = (zone: Zone, at: number): number => at + offsetAt(zone, at);

/** Its long name, that of its standard time, as Java shows it: Eastern Standard Time. */
export function standardName(zone: Zone, at: number): string {
  const year = new Date(at).getUTCFullYear();
  const [january, july] = [Date.UTC(year, 0, 1), Date.UTC(year, 6, 1)];
  const standard = offsetAt(zone, january) <= offsetAt(zone, july) ? january : july;
  return zone.offsetName(standard, { format: 'long', locale: 'en-US' }) ?? zone.name;
}

/** Wall time is the instant and the offset. */
export interface Stretch extends Span {
  readonly offset: number;
}

/** In their order, without a gap between them. */
export function stretches(zone: Zone, { from, to }: Span): readonly Stretch[] {
  const answer: Stretch[] = [];
  let began = from;
  let offset = offsetAt(zone, from);
  for (let at = from; at < to; at += DAY) {
    const next = Math.min(at + DAY, to);
    const after = offsetAt(zone, next);
    if (after === offset) continue;
    const change = changeBetween(zone, at, next, offset);
    answer.push({ from: began, to: change, offset });
    began = change;
    offset = after;
  }
  if (began < to) answer.push({ from: began, to, offset });
  return answer;
}

/** The first minute of another offset. */
function changeBetween(zone: Zone, before: number, after: number, offset: number): number {
  let low = Math.floor(before / MINUTE);
  let high = Math.ceil(after / MINUTE);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(zone, middle * MINUTE) === offset) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}
