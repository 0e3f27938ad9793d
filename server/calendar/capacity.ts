/**
 * How many callbacks each bucket takes: a number for all, or that of a capacity service by weekday, date and hour (`_capacity_1`
 * to `_capacity_7`, `_capacity_add_<yyyyMMdd>`). The guide, "Capacity". `slots.ts` asks for it. Pure.
 *
 * 1. The number of an hour is that of each bucket which begins in it, by the clock of the service's zone.
 * 2. A date that is given has its own hours only. An hour that is not given takes none.
 */
import { CalendarMistake } from './mistake.js';
import { textOf, zoneOf, type Texts } from './options.js';
import { dayNumber, weekdayOf } from './rules.js';
import type { Span } from './span.js';
import { DAY, stretches, utc, type Zone } from './zone.js';

/** By hour, 24 numbers. */
type HoursOfDay = readonly number[];

export interface Capacity {
  readonly zone: Zone;
  /** From Monday. */
  readonly week: readonly HoursOfDay[];
  /** By day from 1970-01-01. */
  readonly dates: ReadonlyMap<number, HoursOfDay>;
}

const HOUR = 3_600_000;
const NONE: HoursOfDay = Array.from({ length: 24 }, () => 0);

/** Of each bucket the same. */
export const evenCapacity = (each: number): Capacity => ({
  zone: utc,
  week: Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => each)),
  dates: new Map(),
});

/** The number of what begins at this wall time. */
export function capacityAt({ week, dates }: Capacity, wall: number): number {
  const day = Math.floor(wall / DAY);
  const hours = dates.get(day) ?? week[weekdayOf(day)] ?? NONE;
  return hours[Math.floor((wall - day * DAY) / HOUR)] ?? 0;
}

export interface CapacityPeriod extends Span {
  readonly capacity: number;
}

/** In their order, without a gap; neighbours differ. */
export function capacityBetween(capacity: Capacity, asked: Span): readonly CapacityPeriod[] {
  const periods: CapacityPeriod[] = [];
  for (const { from, to, offset } of stretches(capacity.zone, asked))
    for (let at = from; at < to;) {
      const next = Math.min(to, Math.floor((at + offset) / HOUR + 1) * HOUR - offset);
      const each = capacityAt(capacity, at + offset);
      const last = periods.at(-1);
      if (last?.capacity === each) periods[periods.length - 1] = { ...last, to: next };
      else periods.push({ from: at, to: next, capacity: each });
      at = next;
    }
  return periods;
}

const WEEK = ['_capacity_1', '_capacity_2', '_capacity_3', '_capacity_4', '_capacity_5', '_capacity_6', '_capacity_7'];
const DATED = '_capacity_add';

/** Throws CalendarMistake. */
export function capacityOf(service: string, texts: Texts): Capacity {
  const most = Number(texts.get('_max_capacity') ?? 1000);
  const week = WEEK.map((option, day): HoursOfDay => {
    const value = texts.get(option) ?? '';
    return value === '' ? NONE : hoursOf({ service, option, most }, String(day + 1), value);
  });
  const dated = [...texts].flatMap(([option, value]): [number, HoursOfDay][] => {
    const [, key] = option.startsWith(DATED) ? (/^_?(.+)$/.exec(option.slice(DATED.length)) ?? []) : [];
    if (key === undefined || value === '') return [];
    const place = { service, option, most };
    return [[dateOf(place, key), hoursOf(place, key, value)]];
  });
  return { zone: zoneOf(service, texts), week, dates: new Map(dated) };
}

interface Place {
  readonly service: string;
  readonly option: string;
  readonly most: number;
}

function dateOf({ service, option }: Place, key: string): number {
  const [, year, month, day] = /^(\d{4})(\d\d)(\d\d)$/.exec(key) ?? [];
  const number = dayNumber(Number(year), Number(month), Number(day));
  const exists = !Number.isNaN(number) && new Date(number * DAY).toISOString().slice(0, 10).replaceAll('-', '') === key;
  if (exists) return number;
  throw new CalendarMistake(service, option, key, 'write a date as yyyyMMdd, such as _capacity_add_20261111');
}

function hoursOf({ service, option, most }: Place, key: string, value: unknown): HoursOfDay {
  const wrong = (write: string): CalendarMistake => new CalendarMistake(service, option, textOf(value), write);
  const table = objectIn(typeof value === 'string' ? parsed(value) : value)?.[key];
  const byHour = objectIn(table);
  if (!byHour) throw wrong(`write {"${key}": {"0900": 5, "1000": 7}}`);
  const hours = [...NONE];
  for (const [hour, number] of Object.entries(byHour)) {
    if (!/^(?:[01]\d|2[0-3])00$/.test(hour)) throw wrong(`"${hour}" is no hour: write 0000 to 2300`);
    if (!Number.isInteger(number) || Number(number) < 0 || Number(number) > most)
      throw wrong(`"${hour}" must be a whole number from 0 to ${most} (_max_capacity)`);
    hours[Number(hour.slice(0, 2))] = Number(number);
  }
  return hours;
}

const objectIn = (value: unknown): Readonly<Record<string, unknown>> | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
