/**
 * The built-in services office-hours and capacity. When it is open, and how many callbacks a slot takes, from `start` to `end` or for
 * `number-of-days`. The names of what they answer are ours, but for `error`, which is null when it is known; no periods: closed.
 */
import { capacityBetween } from '../../calendar/capacity.js';
import { openBetween } from '../../calendar/hours.js';
import type { Span } from '../../calendar/span.js';
import { DAY, utc, wallOf } from '../../calendar/zone.js';
import type { Clock } from '../../clock.js';
import { zoneIn } from '../availability/availability.js';
import { iso, localIso } from '../availability/iso.js';
import { rangeOf } from '../availability/range.js';
import { capacityNamed, officeHoursNamed } from '../availability/schedule.js';
import { callbackError } from '../errors.js';
import type { Services } from '../services.js';
import type { AskService } from './builtin.js';

interface CalendarNeeds {
  readonly services: Services;
  readonly clock: Pick<Clock, 'now'>;
}

const LONGEST_DAYS = 8;

/** Without an end: the period that the start is in, if it is open then. */
export const officeHours =
  ({ services, clock }: CalendarNeeds): AskService =>
  async (name, parameters) => {
    const hours = officeHoursNamed(services, name);
    const { start, end } = rangeOf(parameters, utc, clock.now());
    const open = openBetween(hours, { from: start, to: end ?? start + LONGEST_DAYS * DAY });
    const periods = end === undefined ? open.slice(0, 1).filter(({ from }) => from === start) : open;
    return { error: null, timezone: hours.zone.name, periods: periods.map(periodOf) };
  };

const periodOf = ({ from, to }: Span) => ({ start: iso(from), end: iso(to) });

/** Times are those of `timezone`, or of the service's zone, with their zone or without it. */
export const capacity =
  ({ services, clock }: CalendarNeeds): AskService =>
  async (name, parameters) => {
    const table = capacityNamed(services, name);
    const zone = zoneIn(parameters) ?? table.zone;
    for (const needed of ['start', 'end'])
      if ((parameters.get(needed) ?? '') === '')
        throw callbackError('badParameter', {
          message: `Missing parameter: ${needed}, such as 2015-03-17T09:15:00.000`,
        });
    const { start, end = start + 1 } = rangeOf(parameters, zone, clock.now());
    const periods = capacityBetween(table, { from: start, to: end });
    return {
      error: null,
      timezone: zone.name,
      periods: periods.map(({ from, to, capacity: each }) => ({
        ...periodOf({ from, to }),
        localStart: localIso(wallOf(zone, from)),
        localEnd: localIso(wallOf(zone, to)),
        capacity: each,
      })),
    };
  };
