/** Random offices for `hours.test.ts`: as `model.ts` has them, and as options of a service. */
import fc from 'fast-check';
import type { Hours, Office } from './model.js';

const times: fc.Arbitrary<Pick<Hours, 'from' | 'to'>> = fc
  .record({ from: fc.integer({ min: 0, max: 1439 }), to: fc.integer({ min: 1, max: 1440 }) })
  .filter(({ from, to }) => from !== to);
const weekday = fc.integer({ min: 0, max: 6 });
/** 2023 to 2026, and every year; the 29th of February where there is one. */
const date = fc
  .record({
    year: fc.constantFrom(0, 2024, 2025),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 31 }),
  })
  .filter(({ year, month, day }) => new Date(Date.UTC(year || 2000, month - 1, day)).getUTCDate() === day);

export const offices: fc.Arbitrary<Office> = fc.record({
  regular: fc.array(
    fc.record({ days: fc.tuple(weekday, weekday), times }).map(({ days, times: given }) => ({ days, ...given })),
    { maxLength: 3 },
  ),
  holidays: fc.array(date, { maxLength: 20 }),
  specials: fc.array(
    fc.record({ date, times }).map(({ date: on, times: given }) => ({ ...on, ...given })),
    { maxLength: 20 },
  ),
});

const two = (number: number): string => String(number).padStart(2, '0');
const hourOf = (minute: number): string => `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
const hoursOf = ({ from, to }: Pick<Hours, 'from' | 'to'>): string => `${hourOf(from)}-${hourOf(to)}`;
const dateOf = ({ year, month, day }: Office['holidays'][number]): string =>
  `${year === 0 ? '' : `${year}-`}${two(month)}-${two(day)}`;
const NAMES = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

export const optionsOf = ({ regular, holidays, specials }: Office, zone: string): Map<string, string> =>
  new Map([
    ['_timezone', zone],
    ...regular.map((hours, n): [string, string] => [
      `_bh_regular${n}`,
      `${hours.days.map((day) => NAMES[day]).join('-')} ${hoursOf(hours)}`,
    ]),
    ...holidays.map((holiday, n): [string, string] => [`_holiday${n}`, dateOf(holiday)]),
    ...specials.map((special, n): [string, string] => [`_bh_add${n}`, `${dateOf(special)} ${hoursOf(special)}`]),
  ]);
