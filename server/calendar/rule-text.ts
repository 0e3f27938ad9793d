/** The texts of office-hours options: `Mon-Fri 9:00-17:00`, `12-24 9:00-12:00`, `2026-12-25`. `office-hours.ts` asks for them. Pure. */
import type { DayOfYear, Special } from './rules.js';
import { dayNumber } from './rules.js';
import type { Span } from './span.js';

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const HOURS = String.raw`(\d{1,2}):(\d\d)\s*-\s*(\d{1,2}):(\d\d)`;
const REGULAR = new RegExp(String.raw`^([a-z]{3})(?:\s*-\s*([a-z]{3}))?\s+${HOURS}$`, 'i');
const DATE = String.raw`(?:(\d{4})-)?(\d\d)-(\d\d)`;
const SPECIAL = new RegExp(String.raw`^${DATE}\s+${HOURS}$`);
const HOLIDAY = new RegExp(`^${DATE}$`);
const EFFECTIVE = /^(\d{4}-\d\d-\d\d)(?:\s+to\s+(\d{4}-\d\d-\d\d))?$/;

/** Each answers undefined for what it cannot read. */
export function regularOf(text: string): { readonly days: readonly number[]; readonly minutes: Span } | undefined {
  const [, first = '', last = first, ...hours] = REGULAR.exec(text.trim()) ?? [];
  const from = DAYS.indexOf(first.toLowerCase());
  const to = DAYS.indexOf(last.toLowerCase());
  const minutes = minutesOf(hours);
  if (from < 0 || to < 0 || !minutes) return undefined;
  // Sat-Mon are three days.
  const count = ((to - from + 7) % 7) + 1;
  return { days: Array.from({ length: count }, (_, index) => (from + index) % 7), minutes };
}

export function specialOf(text: string): Special | undefined {
  const [, year, month, day, ...hours] = SPECIAL.exec(text.trim()) ?? [];
  const date = dateOf(year, month, day);
  const minutes = minutesOf(hours);
  return date && minutes && { ...date, minutes };
}

export function holidayOf(text: string): DayOfYear | undefined {
  const [, year, month, day] = HOLIDAY.exec(text.trim()) ?? [];
  return dateOf(year, month, day);
}

/** Days from 1970-01-01; the last day is part of what is written, and `to` is the one after it. */
export function effectiveOf(text: string): Span | undefined {
  const [, first, last = first] = EFFECTIVE.exec(text.trim()) ?? [];
  const from = dayOf(first);
  const to = dayOf(last);
  return from === undefined || to === undefined || to < from ? undefined : { from, to: to + 1 };
}

function dayOf(text = ''): number | undefined {
  const date = holidayOf(text);
  return date?.year === undefined ? undefined : dayNumber(date.year, date.month, date.day);
}

/** A leap year has every day that there is. */
const LEAP = 2000;

function dateOf(year: string | undefined, month: string | undefined, day: string | undefined): DayOfYear | undefined {
  if (month === undefined || day === undefined) return undefined;
  const date = new Date(Date.UTC(Number(year ?? LEAP), Number(month) - 1, Number(day)));
  const exists = date.getUTCMonth() + 1 === Number(month) && date.getUTCDate() === Number(day);
  if (!exists) return undefined;
  return { year: year === undefined ? undefined : Number(year), month: Number(month), day: Number(day) };
}

/** 24:00 is the end of a day; an end before the beginning is one of the next day. */
function minutesOf([hour, minute, untilHour, untilMinute]: readonly string[]): Span | undefined {
  const from = Number(hour) * 60 + Number(minute);
  const to = Number(untilHour) * 60 + Number(untilMinute);
  const isTime = from < 1440 && to <= 1440 && Number(minute) < 60 && Number(untilMinute) < 60;
  if (!isTime || from === to) return undefined;
  return { from, to: to < from ? to + 1440 : to };
}
