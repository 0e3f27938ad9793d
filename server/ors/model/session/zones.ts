/**
 * Time zones of a moment, as offsets that a view can hold: the sandbox has no calendar of its own.
 *
 * 1. Offsets change at quarters of an hour, everywhere and always: until the next one the answer is the same object.
 */
import type { Tenant } from '../../tenants.js';

/** What Genesys calls them. */
const usual: Readonly<Record<string, string>> = {
  ...{
    UTC: 'UTC',
    GMT: 'UTC',
    WET: 'Europe/Lisbon',
    CET: 'Europe/Paris',
    EET: 'Europe/Helsinki',
    MSK: 'Europe/Moscow',
  },
  ...{ EST: 'America/New_York', CST: 'America/Chicago', MST: 'America/Denver', PST: 'America/Los_Angeles' },
  ...{ AST: 'America/Halifax', AKST: 'America/Anchorage', HST: 'Pacific/Honolulu', JST: 'Asia/Tokyo' },
};

const QUARTER = 900_000;

/** Minutes east of Greenwich, by all names of the zones that the tenant's strategies know. */
export type Offsets = Readonly<Record<string, number>>;

export const zonesOf = ({ timezone, timezones }: Tenant): ((now: number) => Offsets) => {
  const zones = { ...usual, [timezone]: timezone, ...timezones };
  for (const zone of Object.values(zones)) zones[zone] = zone;
  const clocks = Object.entries(zones).map(([name, zone]) => [name, clockOf(zone)] as const);
  let shown: { readonly quarter: number; readonly offsets: Offsets } | undefined;
  return (now) => {
    const quarter = Math.floor(now / QUARTER);
    if (shown?.quarter !== quarter)
      shown = { quarter, offsets: Object.fromEntries(clocks.map(([name, clock]) => [name, clock(quarter * QUARTER)])) };
    return shown.offsets;
  };
};

const clockOf = (timeZone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' });
  return (at) => {
    const { value = '' } = format.formatToParts(at).find(({ type }) => type === 'timeZoneName') ?? {};
    // Nothing behind GMT where it is Greenwich's time.
    const [, sign = '+', hours = '0', minutes = '0'] = /^GMT([+-])(\d+):(\d+)$/.exec(value) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
};
