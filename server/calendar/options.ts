/** What `office-hours.ts` and `capacity.ts` read: the values of a service by option. Pure. */
import { CalendarMistake } from './mistake.js';
import { zoneNamed, type Zone } from './zone.js';

export type Texts = ReadonlyMap<string, unknown>;

/** As an error shows it. */
export const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** `_timezone`, UTC when there is none. */
export function zoneOf(service: string, texts: Texts): Zone {
  const name = textOf(texts.get('_timezone') ?? '') || 'UTC';
  const zone = zoneNamed(name);
  if (zone) return zone;
  throw new CalendarMistake(service, '_timezone', name, 'write a tz database name such as Europe/Paris');
}
