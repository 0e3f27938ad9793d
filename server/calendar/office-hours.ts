/**
 * Office hours from the options of their services: `_timezone`, `_bh_regular<n>`, `_holiday<n>`, `_bh_add<n>`, `_effective_dates<n>`,
 * `_include_rules<n>`, `_include_schedules<n>`. The guide, "Create Office Hours". `rule-text.ts` reads the texts, `hours.ts` asks the
 * answer. Pure.
 *
 * 1. Included rules (regular hours, holidays, special hours, and those that they include) are as if they were written here: their
 *    zone and effective dates do not count.
 * 2. Included schedules are whole calendars in their own zones; only this one's effective dates count for them besides.
 * 3. Nothing includes itself, however far around. Every text is right, or the whole service is refused: CalendarMistake.
 */
import { CalendarMistake } from './mistake.js';
import { textOf, zoneOf, type Texts } from './options.js';
import { effectiveOf, holidayOf, regularOf, specialOf } from './rule-text.js';
import { keyOf, weekOf, type DayOfYear, type Rules, type Special } from './rules.js';
import { merged, type Span } from './span.js';
import type { Zone } from './zone.js';

export interface OfficeHours {
  readonly zone: Zone;
  readonly rules: Rules;
  /** Days from 1970-01-01, of the zone; undefined: always. */
  readonly effective: readonly Span[] | undefined;
  readonly schedules: readonly OfficeHours[];
}

/** `find`: the options of an office-hours service, undefined if there is none of the name. */
export const officeHoursOf = (service: string, find: (service: string) => Texts | undefined): OfficeHours =>
  calendarOf({ service, texts: find(service) ?? new Map(), find, path: [service] });

interface Place {
  readonly service: string;
  readonly texts: Texts;
  readonly find: (service: string) => Texts | undefined;
  /** Which has included which, this one last. */
  readonly path: readonly string[];
}

/** Options by what they are, without their numbers; whatever else begins like one of them is a mistake. */
const KINDS = {
  regular: '_bh_regular',
  special: '_bh_add',
  holiday: '_holiday',
  effective: '_effective_dates',
  rules: '_include_rules',
  schedules: '_include_schedules',
} as const;
const ALIKE = /^_(?:bh_|holiday|effective_|include_|use_alternative)/;

const isOf = (kind: Kind, option: string): boolean =>
  option.startsWith(KINDS[kind]) && /^\d*$/.test(option.slice(KINDS[kind].length));

const kinds = Object.keys(KINDS) as readonly Kind[];

function calendarOf(place: Place): OfficeHours {
  const { service, texts } = place;
  for (const [option, value] of texts)
    if (ALIKE.test(option) && !isEmpty(value) && !kinds.some((kind) => isOf(kind, option)))
      throw new CalendarMistake(service, option, textOf(value), `no such option: ${NAMES} with a number are`);
  const effective = read(place, 'effective', effectiveOf, 'write 2026-04-01 or 2026-04-01 to 2026-10-31');
  return {
    zone: zoneOf(service, texts),
    rules: rulesOf(written(place)),
    effective: effective.length === 0 ? undefined : merged(effective),
    schedules: included(place, 'schedules').map(calendarOf),
  };
}

const NAMES = Object.values(KINDS).join(', ');

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === '';

interface Written {
  readonly regular: readonly { readonly days: readonly number[]; readonly minutes: Span }[];
  readonly holidays: readonly DayOfYear[];
  readonly specials: readonly Special[];
}

/** 1 */
function written(place: Place): Written {
  const theirs = included(place, 'rules').map(written);
  return {
    regular: [
      ...read(place, 'regular', regularOf, 'write days and hours such as Mon-Fri 09:00-17:00'),
      ...theirs.flatMap(({ regular }) => regular),
    ],
    holidays: [
      ...read(place, 'holiday', holidayOf, 'write 2026-12-25, or 12-25 for every year'),
      ...theirs.flatMap(({ holidays }) => holidays),
    ],
    specials: [
      ...read(place, 'special', specialOf, 'write 2026-11-30 10:00-14:00, or 11-30 10:00-14:00 for every year'),
      ...theirs.flatMap(({ specials }) => specials),
    ],
  };
}

function rulesOf({ regular, holidays, specials }: Written): Rules {
  const byDay = new Map<string, Span[]>();
  for (const special of specials) byDay.set(keyOf(special), [...(byDay.get(keyOf(special)) ?? []), special.minutes]);
  return { week: weekOf(regular), holidays: new Set(holidays.map(keyOf)), specials: byDay };
}

type Kind = keyof typeof KINDS;

const given = ({ texts }: Place, kind: Kind): readonly [string, string][] =>
  [...texts]
    .filter(([option, value]) => isOf(kind, option) && !isEmpty(value))
    .map(([option, value]): [string, string] => [option, textOf(value)])
    .filter(([, text]) => text.trim() !== '');

const read = <T>(place: Place, kind: Kind, reader: (text: string) => T | undefined, write: string): readonly T[] =>
  given(place, kind).map(([option, text]) => {
    const value = reader(text);
    if (value === undefined) throw new CalendarMistake(place.service, option, text, write);
    return value;
  });

/** 3 */
const included = (place: Place, kind: 'rules' | 'schedules'): readonly Place[] =>
  given(place, kind).map(([option, text]) => {
    const { service, find, path } = place;
    const name = text.trim();
    if (path.includes(name))
      throw new CalendarMistake(service, option, name, `must not include itself: ${[...path, name].join(' > ')}`);
    const texts = find(name);
    if (!texts) throw new CalendarMistake(service, option, name, 'write the name of an office-hours service');
    return { service: name, texts, find, path: [...path, name] };
  });
