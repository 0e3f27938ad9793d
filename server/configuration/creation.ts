/** A new service: of a template, of a scenario, or like another one, with what is said of it besides. Pure. */
import { isObject } from '../json.js';
import type { Catalogue } from '../gms/services/catalogue.js';
import { problem } from '../problems.js';
import type { Configuration, Definition } from './configuration.js';

/** Throws problems. `asked`: `{ "template" | "scenario" | "like": name, "options": {} }`. */
export const created = (
  asked: Readonly<Record<string, unknown>>,
  { templates, scenarios }: Catalogue,
  services: Configuration['services'],
): Definition => {
  const { template, scenario, like, options = {} } = asked;
  if (!isObject(options)) throw problem('PARAMETER_INVALID', 'options', 'an object of values by option');
  const sources = [
    ...given('template', template, (name) => templates.has(name) && { template: name, options: {} }, templates.keys()),
    ...given('scenario', scenario, (name) => scenarios.get(name), scenarios.keys()),
    ...given('like', like, (name) => Object.hasOwn(services, name) && services[name], Object.keys(services)),
  ];
  const [source] = sources;
  if (!source || sources.length > 1)
    throw problem('PARAMETER_INVALID', 'template', 'given, or else scenario or like: one of the three');
  return { template: source.template, options: changed(source.options, options) };
};

/** null takes a value away. */
export const changed = (before: Definition['options'], by: Definition['options']): Definition['options'] =>
  Object.fromEntries(Object.entries({ ...before, ...by }).filter(([, value]) => value !== null));

const given = (
  field: string,
  name: unknown,
  find: (name: string) => Definition | false | undefined,
  known: Iterable<string>,
): readonly Definition[] => {
  if (name === undefined) return [];
  const found = typeof name === 'string' && find(name);
  if (found) return [found];
  throw problem('PARAMETER_INVALID', field, `one of ${[...known].join(', ')}`);
};
