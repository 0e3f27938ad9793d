/**
 * What is wrong with a configuration: each mistake says where, what is there and what is allowed. Pure. `of-service.ts` looks at one
 * service, this file at what services say of each other, and at lists.
 */
import { isObject } from '../json.js';
import { mistakeInValue } from '../admin/list-values.js';
import { isListName, LONGEST } from '../admin/lists.js';
import { capacityOf } from '../calendar/capacity.js';
import { CalendarMistake } from '../calendar/mistake.js';
import { officeHoursOf } from '../calendar/office-hours.js';
import type { Templates } from '../gms/services.js';
import { hasToken } from '../gms/token.js';
import type { Configuration, Mistake } from './configuration.js';
import { mistakesInService } from './of-service.js';

/** Options that name a service, and of which template it is to be; undefined: of any. */
const references = new Map<string, string | undefined>([
  ['_business_hours_service', 'office-hours'],
  ['_capacity_service', 'capacity'],
  ['_request_ewt_service', 'urs-stat'],
  ['_redirect', undefined],
  ['_use_alternative', 'office-hours'],
  ['_include_rules', 'office-hours'],
  ['_include_schedule', 'office-hours'],
]);

/** `given`: of any shape. */
export const mistakesIn = (given: unknown, templates: Templates): readonly Mistake[] => {
  if (!isObject(given)) return [{ path: [], message: 'must be an object with services and lists' }];
  const { services = {}, lists = {}, ...rest } = given;
  return [
    ...Object.keys(rest).map((name) => ({ path: [name], message: 'only services and lists are known here' })),
    ...mistakesInServices(services, templates),
    ...mistakesInLists(lists),
  ];
};

const mistakesInServices = (given: unknown, templates: Templates): readonly Mistake[] => {
  if (!isObject(given)) return [{ path: ['services'], message: 'must be an object of services by name' }];
  return Object.entries(given).flatMap(([name, service]) => {
    const own = mistakesInService(name, service, templates);
    return own.length > 0 && own.some(({ isWarning }) => !isWarning)
      ? own
      : [...own, ...fits(name, service as Definition, given as Configuration['services'])];
  });
};

/** How it goes with the others. */
const fits = (name: string, service: Definition, services: Configuration['services']): readonly Mistake[] => {
  const references = lostReferences(name, service, services);
  return references.length > 0 ? references : calendarMistakes(name, service, services);
};

type Definition = Configuration['services'][string];

const lostReferences = (
  name: string,
  { options }: Definition,
  services: Configuration['services'],
): readonly Mistake[] =>
  Object.entries(options).flatMap(([option, value]) => {
    const family = option.replace(/_?\d+$/, '');
    if (!references.has(family) || typeof value !== 'string' || value === '' || hasToken(value)) return [];
    const message = lost(references.get(family), value, services);
    return message === undefined
      ? []
      : [{ path: ['services', name, 'options', option], message: `${option} ${message}` }];
  });

/** What the calendar makes of its services. */
const calendarMistakes = (
  name: string,
  { template }: Definition,
  services: Configuration['services'],
): readonly Mistake[] => {
  const texts = (service: string) => {
    const found = Object.hasOwn(services, service) ? services[service] : undefined;
    return found?.template === template ? new Map(Object.entries(found.options)) : undefined;
  };
  try {
    if (template === 'office-hours') officeHoursOf(name, texts);
    if (template === 'capacity') capacityOf(name, texts(name) ?? new Map());
    return [];
  } catch (error) {
    if (!(error instanceof CalendarMistake)) throw error;
    return [{ path: ['services', error.service, 'options', error.option], message: error.message }];
  }
};

const lost = (template: string | undefined, value: string, services: Configuration['services']): string | undefined => {
  const meant = Object.hasOwn(services, value) ? services[value] : undefined;
  if (meant && (template === undefined || meant.template === template)) return undefined;
  const what = `a service${template === undefined ? '' : ` of the template ${template}`}`;
  return `must name ${what}: "${value}" ${meant ? `is one of ${meant.template}` : 'is not there'}`;
};

const mistakesInLists = (given: unknown): readonly Mistake[] => {
  if (!isObject(given)) return [{ path: ['lists'], message: 'must be an object of lists by name' }];
  return Object.entries(given).flatMap(([list, sections]) => {
    const path = ['lists', list];
    if (!isListName(list)) return [{ path, message: `a list has a name of at most ${LONGEST} characters without ":"` }];
    if (!isObject(sections)) return [{ path, message: 'must be sections by name' }];
    return Object.entries(sections).flatMap(([section, keys]) => mistakesInSection([...path, section], list, keys));
  });
};

const mistakesInSection = (path: readonly string[], list: string, keys: unknown): readonly Mistake[] => {
  if (!isObject(keys)) return [{ path, message: 'must be texts by key' }];
  return Object.entries(keys).flatMap(([key, value]) => {
    const where = [...path, key];
    if (typeof value !== 'string' || value.length > LONGEST || !isListName(key))
      return [{ path: where, message: `must be a text of at most ${LONGEST} characters: write it in quotes` }];
    const mistake = mistakeInValue(list, value);
    return mistake === undefined ? [] : [{ path: where, message: `"${value}": ${mistake}` }];
  });
};
