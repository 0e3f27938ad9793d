/**
 * What Genesys keeps in its configuration layer for strategies to look up, as a JSON file: a list of tenants, the first of which is
 * every session's until it says `setTenant`. All but the name is optional.
 *
 *   [{ "name": "Resources", "id": "101", "timezone": "Europe/Berlin", "timezones": { "Shop": "America/Lima" },
 *      "lists": { "Cities": { "Berlin": { "prefix": "030" } } },
 *      "specialDays": { "Holidays": ["2026-12-24", { "day": "12-31", "from": "12:00", "to": "24:00" }, "Sunday"] },
 *      "options": { "strategy": {}, "cdn": {}, "router": {}, "tenant": { "greeting": "music/hello" }, "tserver": {} } }]
 *
 * Time zones are IANA's; strategies know those that are named here, by both names, and those of `model/session/zones.ts`.
 */
import { readFileSync } from 'node:fs';
import { messageOf } from '../problems.js';

interface SpecialDay {
  /** `2026-12-24`, `12-24` of each year, or a day of the week. */
  readonly day: string;
  /** `HH:MM`; the whole day without. */
  readonly from?: string;
  readonly to?: string;
}

type Texts = Readonly<Record<string, string>>;

export interface Tenant {
  readonly name: string;
  readonly id: string;
  readonly timezone: string;
  readonly timezones: Texts;
  /** List, item, key. */
  readonly lists: Readonly<Record<string, Readonly<Record<string, Texts>>>>;
  readonly specialDays: Readonly<Record<string, readonly SpecialDay[]>>;
  readonly options: Readonly<Record<string, Texts>>;
}

export type Tenants = readonly [Tenant, ...Tenant[]];

/** Where `getConfigOption` looks, in this order. */
export const optionPlaces = ['strategy', 'cdn', 'router', 'tenant', 'tserver'] as const;
export const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** A list by its name, of the first tenant that has it. */
export const listNamed =
  (tenants: Tenants) =>
  (name: string): Tenant['lists'][string] | undefined =>
    tenants.find(({ lists }) => Object.hasOwn(lists, name))?.lists[name];

/** Throws one Error that lists every mistake of the file. */
export const readTenants = (file: string): Tenants => {
  let configured: unknown;
  try {
    configured = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: the tenants cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return tenantsOf(configured, file);
};

/** `source` is named in errors. */
export const tenantsOf = (configured: unknown, source: string): Tenants => {
  const mistakes: string[] = [];
  const wrong: Wrong = (place, what) => void mistakes.push(`${place}: ${what}`);
  const given = Array.isArray(configured) ? (configured as readonly unknown[]) : [];
  const [first, ...others] = given.map((one, index) => tenantOf(one, `tenant ${index + 1}`, wrong));
  if (!first) wrong('the file', 'must be a JSON list of tenants, one at least');
  if (first && mistakes.length === 0) return [first, ...others];
  throw new Error(`The tenants of ${source} cannot be used:\n${mistakes.join('\n')}`);
};

type Wrong = (place: string, what: string) => void;
type Fields = Readonly<Record<string, unknown>>;

const known = ['name', 'id', 'timezone', 'timezones', 'lists', 'specialDays', 'options'];

const tenantOf = (given: unknown, place: string, wrong: Wrong): Tenant => {
  const fields = fieldsOf(given, place, wrong, known);
  const name = text(fields['name'], `${place}: name`, wrong);
  const options = fieldsOf(fields['options'] ?? {}, `${place}: options`, wrong, optionPlaces);
  return {
    name,
    id: text(fields['id'] ?? '1', `${place}: id`, wrong),
    timezone: zone(fields['timezone'] ?? 'UTC', `${place}: timezone`, wrong),
    timezones: mapped(fields['timezones'] ?? {}, `${place}: timezones`, wrong, zone),
    lists: mapped(fields['lists'] ?? {}, `${place}: lists`, wrong, (list, at) =>
      mapped(list, at, wrong, (item, inner) => mapped(item, inner, wrong, text)),
    ),
    specialDays: mapped(fields['specialDays'] ?? {}, `${place}: specialDays`, wrong, specialDays),
    options: mapped(options, `${place}: options`, wrong, (section, at) => mapped(section, at, wrong, text)),
  };
};

const fieldsOf = (value: unknown, place: string, wrong: Wrong, names?: readonly string[]): Fields => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    wrong(place, 'must be a JSON object');
    return {};
  }
  const strange = Object.keys(value).filter((key) => key === '__proto__' || (names && !names.includes(key)));
  if (strange.length > 0) wrong(place, `${strange.join(', ')}: only ${names?.join(', ') ?? 'other names'} can be here`);
  return value as Fields;
};

type Read<T> = (value: unknown, place: string, wrong: Wrong) => T;

const mapped = <T>(value: unknown, place: string, wrong: Wrong, read: Read<T>): Readonly<Record<string, T>> => {
  const entries = Object.entries(fieldsOf(value, place, wrong));
  return Object.fromEntries(entries.map(([name, one]) => [name, read(one, `${place}: ${name}`, wrong)]));
};

const text: Read<string> = (value, place, wrong) => {
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  wrong(place, 'must be a text');
  return '';
};

const zone: Read<string> = (value, place, wrong) => {
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: text(value, place, wrong) }).resolvedOptions().timeZone;
  } catch {
    wrong(place, `"${String(value)}" is no time zone of IANA, such as Europe/Berlin`);
    return 'UTC';
  }
};

const specialDays: Read<readonly SpecialDay[]> = (value, place, wrong) => {
  if (Array.isArray(value)) return value.map((one, index) => specialDay(one, `${place}: ${index + 1}`, wrong));
  wrong(place, 'must be a list of days');
  return [];
};

const specialDay: Read<SpecialDay> = (value, place, wrong) => {
  const fields = typeof value === 'string' ? { day: value } : fieldsOf(value, place, wrong, ['day', 'from', 'to']);
  const day = text(fields['day'], `${place}: day`, wrong);
  if (!/^(\d{4}-)?\d{2}-\d{2}$/.test(day) && !weekdays.some((one) => one === day))
    wrong(place, `"${day}" must be YYYY-MM-DD, MM-DD or one of ${weekdays.join(', ')}`);
  const times = ['from', 'to'].flatMap((name) => {
    const time = fields[name];
    if (time === undefined) return [];
    if (typeof time !== 'string' || !/^([01]\d|2[0-3]|24(?=:00)):[0-5]\d$/.test(time))
      wrong(place, `${name} must be a time, HH:MM`);
    return [[name, time]];
  });
  return { day, ...Object.fromEntries(times) } as SpecialDay;
};

/** Without a file. */
export const defaultTenants: Tenants = tenantsOf([{ name: 'Environment', id: '1' }], 'the defaults');
