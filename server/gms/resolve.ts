/**
 * Where the value of an option comes from. `services.ts` has what is configured, `request.ts` what is asked, `token.ts` fills
 * in tokens, `option.ts` knows the types. Pure.
 *
 * 1. What the service configures wins over the request; `_overwritable_options` turns that round for `_ors` and `_target`.
 * 2. A request sets any option that the service leaves open, save those that only a service can set.
 * 3. Then the template's default. A mandatory option that still has no value is a fault of the configuration.
 */
import { callbackError } from './errors.js';
import { allowedBy, isEmpty, optionNamed, valueOf, type Option } from './option.js';
import { listOf, textOf, type CallbackRequest } from './request.js';
import type { Service } from './services.js';
import { filled } from './token.js';

/** By name: the template's options by their types; anything else with a value as it was given. Unset ones are absent. */
export type Options = ReadonlyMap<string, unknown>;

/** The guide, "Overwriting Configuration in Queries": the list can include these only. */
export const OVERWRITABLE: readonly string[] = ['_ors', '_target'];

/** Throws BAD_CONFIGURATION for a value of the service, BAD_PARAMETER for one of the request. */
export function resolve(service: Service, request: CallbackRequest): Options {
  const options = optionsOf(service, request);
  if (options.get('_type') !== 'ors') throw callbackError('typeNotOrs', { service: service.name });
  if (options.get('_service') !== 'callback') throw callbackError('notCallback', { service: service.name });
  return options;
}

/** The same of a service of any kind. */
export function optionsOf(service: Service, request: CallbackRequest): Options {
  const overwritable = overwritableOf(service);
  const asked = [...request.keys()].filter((name) => name.startsWith('_'));
  const names = new Set([...service.template.options.keys(), ...service.values.keys(), ...asked]);
  const options = new Map<string, unknown>();
  for (const name of names) {
    const value = chosen(service, request, name, overwritable.includes(name));
    if (value !== undefined) options.set(name, value);
  }
  return options;
}

function chosen(service: Service, request: CallbackRequest, name: string, overwritable: boolean): unknown {
  const option = optionNamed(service.template.options, name);
  const asked = option?.serviceOnly === true ? undefined : request.get(name);
  if (overwritable && !isEmpty(asked)) return typedFromRequest(option, name, asked);
  const configured = configuredValue(service, request, name);
  if (!isEmpty(configured)) return typedFromService(service, option, configured);
  if (!isEmpty(asked)) return typedFromRequest(option, name, asked);
  return option && defaultOf(service, option);
}

function defaultOf(service: Service, option: Option): unknown {
  if (option.unused !== undefined) return undefined;
  if (option.default !== null) return option.default;
  if (option.mandatory) throw callbackError('notConfigured', { service: service.name, option: option.name });
  return undefined;
}

function configuredValue(service: Service, request: CallbackRequest, name: string): unknown {
  return filled(service.values.get(name), (token) => {
    const value = textOf(request, token);
    if (value !== undefined) return value;
    const message = `Missing parameter ${token}: option ${name} of service ${service.name} needs it`;
    throw callbackError('badParameter', { message, keys: token });
  });
}

function typedFromService(service: Service, option: Option | undefined, given: unknown): unknown {
  const value = option ? valueOf(option, given) : given;
  if (option === undefined || value !== undefined) return value;
  if (option.name === '_type') throw callbackError('unknownType', { service: service.name });
  const message = `service ${service.name} has ${shown(given)}, allowed: ${allowedBy(option)}`;
  throw callbackError('badOption', { service: service.name, option: option.name, message });
}

function typedFromRequest(option: Option | undefined, name: string, given: unknown): unknown {
  const value = option ? valueOf(option, given) : given;
  if (option === undefined || value !== undefined) return value;
  const message = `Option ${name} is invalid: ${shown(given)}, allowed: ${allowedBy(option)}`;
  throw callbackError('badParameter', { message, option: name });
}

function overwritableOf({ name, values }: Service): readonly string[] {
  const given = values.get('_overwritable_options') ?? '';
  const list = typeof given === 'string' ? listOf(given) : [shown(given)];
  if (list.every((option) => OVERWRITABLE.includes(option))) return list;
  const message = `service ${name} has ${shown(given)}, allowed: ${OVERWRITABLE.join(', ')}`;
  throw callbackError('badOption', { service: name, option: '_overwritable_options', message });
}

const shown = (value: unknown): string => JSON.stringify(value).slice(0, 100);
