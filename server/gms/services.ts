/**
 * Configured services: a template and the option values that the operator gives it. They come from a JSON file,
 * `{ "<service>": { "template": "<name>", "options": { "_target": ..., "my_token_name": "$my_token$" } } }`.
 * `templates.ts` has the templates, `resolve.ts` makes a service and a request into options.
 */
import { readFileSync } from 'node:fs';
import { isObject } from '../json.js';
import { messageOf } from '../problems.js';
import { callbackError } from './errors.js';
import type { Template } from './templates.js';

export interface Service {
  /** The callback-execution-name of the URLs. */
  readonly name: string;
  readonly template: Template;
  /** As configured, tokens and all. Names that the template does not know are the service's own parameters. */
  readonly values: ReadonlyMap<string, unknown>;
}

export type Services = ReadonlyMap<string, Service>;
export type Templates = ReadonlyMap<string, Template>;

/** Throws one Error that lists every mistake of the file. Values are checked when a request uses them (`resolve.ts`). */
export function readServices(file: string, templates: Templates): Services {
  return servicesOf(configuredIn(file), templates, file);
}

/** `source` is named in errors. */
export function servicesOf(configured: unknown, templates: Templates, source: string): Services {
  const problems: string[] = [];
  if (!isObject(configured)) throw new Error(`${source}: must be a JSON object of services by name`);
  const services = Object.entries(configured).flatMap(([name, given]) => {
    const { template: templateName, options = {}, ...rest } = isObject(given) ? given : {};
    const template = templates.get(String(templateName));
    const unknown = Object.keys(rest);
    if (!template) {
      problems.push(`${name}: template: must be one of ${[...templates.keys()].join(', ')}`);
    }
    if (!isObject(options)) problems.push(`${name}: options: must be a JSON object of values by option name`);
    if (unknown.length > 0) problems.push(`${name}: ${unknown.join(', ')}: only template and options are known here`);
    return template && isObject(options) ? [{ name, template, values: new Map(Object.entries(options)) }] : [];
  });
  if (problems.length > 0) throw new Error(`The services of ${source} cannot be used:\n${problems.join('\n')}`);
  return new Map(services.map((service) => [service.name, service]));
}

export function serviceNamed(services: Services, name: string): Service {
  const service = services.get(name);
  if (!service) throw callbackError('unknownService', { service: name });
  return service;
}

/** The text that a service, or else its template, gives an option; '' where it is none. */
export const configuredText = ({ template, values }: Service, option: string): string => {
  const given = values.get(option) ?? template.options.get(option)?.default;
  return typeof given === 'string' ? given : '';
};

/** The virtual queues that are configured, by the first of these options that a service has; a token's value is known with its request only. */
export function queuesOf(services: Services, options: readonly string[] = ['_urs_virtual_queue']): string[] {
  const names = [...services.values()].flatMap(({ values }) =>
    options
      .map((option) => values.get(option))
      .filter((name): name is string => typeof name === 'string' && name !== '')
      .slice(0, 1),
  );
  return [...new Set(names)].filter((name) => !name.includes('$'));
}

function configuredIn(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: the configured services cannot be read: ${messageOf(error)}`, { cause: error });
  }
}
