/**
 * When callbacks of a service can be booked, from its options: `_business_hours_service`, `_capacity_service` or
 * `_max_request_by_time_bucket`, `_request_time_bucket`. The calendar (`../../calendar/`) knows the rest. `availability.ts`,
 * `booking.ts` and the built-in services use it.
 */
import { capacityOf, evenCapacity, type Capacity } from '../../calendar/capacity.js';
import { CalendarMistake } from '../../calendar/mistake.js';
import { officeHoursOf, type OfficeHours } from '../../calendar/office-hours.js';
import type { Texts } from '../../calendar/options.js';
import { bucketMinutes, type BucketMinutes } from '../../calendar/slots.js';
import { callbackError, type CallbackErrorName } from '../errors.js';
import { optionsOf, type Options } from '../resolve.js';
import type { Services } from '../services.js';

export interface Schedule {
  /** Undefined where no office hours are configured: always. */
  readonly hours: OfficeHours | undefined;
  readonly capacity: Capacity;
  readonly bucket: BucketMinutes;
}

/** Throws BAD_CONFIGURATION, CALENDAR_ERROR or CAPACITY_ERROR. */
export function scheduleOf(services: Services, service: string, options: Options): Schedule {
  const [hours, capacity] = [named(options, '_business_hours_service'), named(options, '_capacity_service')];
  const each = Number(options.get('_max_request_by_time_bucket'));
  return {
    hours:
      hours === '' ? undefined : officeHoursNamed(services, configured(service, services, options, 'office-hours')),
    capacity:
      capacity === ''
        ? evenCapacity(each)
        : capacityNamed(services, configured(service, services, options, 'capacity')),
    bucket: bucketMinutes.find((minutes) => String(minutes) === options.get('_request_time_bucket')) ?? 5,
  };
}

/** Throws CALENDAR_ERROR. */
export const officeHoursNamed = (services: Services, name: string): OfficeHours =>
  right('calendarError', () => officeHoursOf(name, (each) => textsOf(services, each, 'office-hours')));

/** Throws CAPACITY_ERROR. */
export const capacityNamed = (services: Services, name: string): Capacity =>
  right('capacityError', () => capacityOf(name, textsOf(services, name, 'capacity') ?? new Map()));

const OPTION = { 'office-hours': '_business_hours_service', capacity: '_capacity_service' } as const;
type Kind = keyof typeof OPTION;

/** The name that the option has, if it is that of such a service. */
function configured(service: string, services: Services, options: Options, kind: Kind): string {
  const name = named(options, OPTION[kind]);
  if (textsOf(services, name, kind)) return name;
  const message = `service ${service} has "${name.slice(0, 100)}", allowed: the name of a service of the template ${kind}`;
  throw callbackError('badOption', { service, option: OPTION[kind], message });
}

const named = (options: Options, option: string): string => {
  const name = options.get(option);
  return typeof name === 'string' ? name : '';
};

/** The options of a service of this kind. */
function textsOf(services: Services, name: string, kind: Kind): Texts | undefined {
  const service = services.get(name);
  const options = service && optionsOf(service, new Map());
  return options?.get('_type') === 'builtin' && options.get('_service') === kind ? options : undefined;
}

function right<T>(error: CallbackErrorName, read: () => T): T {
  try {
    return read();
  } catch (mistake) {
    if (!(mistake instanceof CalendarMistake)) throw mistake;
    throw callbackError(error, { message: mistake.message });
  }
}
