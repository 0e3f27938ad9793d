/**
 * The functions of `_genesys.session` that answer at once, and its constants, as text for the sandbox (`../../../host/model.ts`). What
 * is configured stands in it, once for all sessions; `tenant`, `zones` and lists that were `changed` are of the view.
 */
import { optionPlaces, weekdays, type Tenants } from '../../tenants.js';

const numbered = (names: readonly string[], from: number): string =>
  JSON.stringify(Object.fromEntries(names.map((name, index) => [name, index + from])));

const lookups = ['StartFromStrategy', 'StartFromCDN', 'StartFromRouter', 'StartFromTenant', 'StartFromTserver'];

export const sessionLibrary = (tenants: Tenants): string => String.raw`{
  lookupseq: ${numbered(lookups, -1)},
  day: ${numbered(weekdays, 0)},
  configured: ${JSON.stringify(Object.fromEntries(tenants.map((tenant) => [tenant.name, tenant])))},

  own() { return this.configured[this.tenant] ?? Object.values(this.configured)[0]; },
  found(kind, name) {
    const all = kind === 'lists' ? { ...this.own().lists, ...this.changed } : this.own()[kind];
    if (Object.hasOwn(all, name)) return all[name];
    throw new RangeError('"' + name + '" is none of the ' + kind + ' of tenant ' + this.own().name + ': ' + Object.keys(all).join(', '));
  },
  at(zone, time) {
    const name = zone === undefined || zone === null || zone === '' ? this.own().timezone : zone;
    const zones = this.zones ?? {};
    if (!Object.hasOwn(zones, name)) {
      throw new RangeError('time zone "' + name + '" is not configured: name it in timezones of tenant ' + this.own().name);
    }
    return new Date((time ?? Date.now()) + zones[name] * 60000).toISOString();
  },
  dateOf(day, zone) {
    if (day === undefined || day === null || day === '') return this.at(zone).slice(0, 10);
    if (day instanceof Date) return this.at(zone, day.getTime()).slice(0, 10);
    const [, year, month, date] = /^(?:(\d{4})-)?(\d{1,2})-(\d{1,2})$/.exec(day) ?? [];
    const [, slashedMonth, slashedDate, slashedYear] = /^(\d{1,2})\/(\d{1,2})(?:\/(\d{4}))?$/.exec(day) ?? [];
    const [y, m, d] = [year ?? slashedYear ?? this.at(zone).slice(0, 4), month ?? slashedMonth, date ?? slashedDate];
    if (m === undefined) throw new RangeError('"' + day + '" is no day: YYYY-MM-DD, MM/DD/YYYY, MM-DD or a Date');
    return y + '-' + m.padStart(2, '0') + '-' + d.padStart(2, '0');
  },

  getListItemValue(list, item, key) {
    const items = this.found('lists', list);
    const values = Object.hasOwn(items, item) ? items[item] : undefined;
    if (key === undefined || values === undefined) return values;
    return Object.hasOwn(values, key) ? values[key] : undefined;
  },
  listLookupValue(list, item, key) { return this.getListItemValue(list, item, key); },
  isSpecialDay(table, day, zone, useTime) {
    const date = this.dateOf(day, zone);
    const weekday = Object.keys(this.day)[new Date(date).getUTCDay()];
    const time = this.at(zone).slice(11, 16);
    const isNow = ({ from, to }) => !useTime || useTime === 'false' || ((from ?? '00:00') <= time && time < (to ?? '24:00'));
    const days = this.found('specialDays', table);
    return days.some((one) => [date, date.slice(5), weekday].includes(one.day) && isNow(one)) ? 1 : 0;
  },
  timeInZone(zone) { return this.at(zone).slice(11, 19); },
  dateInZone(zone) { return this.at(zone).slice(0, 10); },
  dayInZone(zone) { return new Date(this.at(zone)).getUTCDay(); },
  getConfigOption(interaction, key, start) {
    const places = ${JSON.stringify(optionPlaces)}.slice((start ?? -1) + 1);
    const { options } = this.own();
    const place = places.find((one) => options[one] !== undefined && Object.hasOwn(options[one], key));
    return place === undefined ? undefined : options[place][key];
  },
}`;
