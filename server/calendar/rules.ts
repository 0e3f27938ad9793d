/**
 * The rules of office hours, on the wall: regular hours, holidays and special hours, without a zone. `rule-text.ts` reads them,
 * `hours.ts` asks for each day. Days are counted from 1970-01-01, minutes from midnight. Pure.
 *
 * 1. A holiday takes the regular hours of its calendar day, those that began the evening before among them, and no others.
 * 2. Special hours always apply. What of them lies after midnight belongs to the day after.
 */
import { merged, type Span } from './span.js';

const WHOLE_DAY = 1440;
const MS_OF_DAY = 86_400_000;

/** `day` of a year; a year or every year. */
export interface DayOfYear {
  readonly year: number | undefined;
  readonly month: number;
  readonly day: number;
}

export interface Special extends DayOfYear {
  /** May reach beyond midnight: up to 2880. */
  readonly minutes: Span;
}

export interface Rules {
  /** By day of the week from Monday; no span leaves its day. */
  readonly week: readonly (readonly Span[])[];
  /** Keys of `keysOf`. */
  readonly holidays: ReadonlySet<string>;
  readonly specials: ReadonlyMap<string, readonly Span[]>;
}

/** ISO: 0 is Monday. 1970-01-01 was a Thursday. */
export const weekdayOf = (day: number): number => (((day + 3) % 7) + 7) % 7;

export const dayNumber = (year: number, month: number, day: number): number =>
  Date.UTC(year, month - 1, day) / MS_OF_DAY;

/** The dated key and the annual one. */
function keysOf(day: number): readonly [string, string] {
  const iso = new Date(day * MS_OF_DAY).toISOString();
  return [iso.slice(0, 10), iso.slice(5, 10)];
}

const two = (number: number): string => String(number).padStart(2, '0');

export const keyOf = ({ year, month, day }: DayOfYear): string =>
  `${year === undefined ? '' : `${String(year).padStart(4, '0')}-`}${two(month)}-${two(day)}`;

/** When it is open on that day. */
export function minutesOf({ week, holidays, specials }: Rules, day: number): readonly Span[] {
  const keys = keysOf(day);
  const regular = keys.some((key) => holidays.has(key)) ? [] : (week[weekdayOf(day)] ?? []);
  if (specials.size === 0) return regular;
  const own = keys
    .flatMap((key) => specials.get(key) ?? [])
    .map(({ from, to }) => ({ from, to: Math.min(to, WHOLE_DAY) }));
  const left = keysOf(day - 1)
    .flatMap((key) => specials.get(key) ?? [])
    .map(({ to }) => ({ from: 0, to: to - WHOLE_DAY }));
  return own.length + left.length === 0 ? regular : merged([...regular, ...own, ...left]);
}

/** Regular hours of some days of the week, which may reach beyond midnight, by day. */
export const weekOf = (
  regular: readonly { readonly days: readonly number[]; readonly minutes: Span }[],
): Rules['week'] =>
  Array.from({ length: 7 }, (_, weekday) =>
    merged(
      regular.flatMap(({ days, minutes: { from, to } }) => [
        ...(days.includes(weekday) ? [{ from, to: Math.min(to, WHOLE_DAY) }] : []),
        ...(days.includes((weekday + 6) % 7) ? [{ from: 0, to: to - WHOLE_DAY }] : []),
      ]),
    ),
  );
