/**
 * The body of a start request, checked: names and values that a strategy can use. `routes.ts` hands over whatever JSON or
 * form brought it, `resolve.ts` and `record.ts` read it.
 */
import { callbackError } from './errors.js';
import { isEmpty } from './option.js';

export type RequestValue = string | number | boolean | Readonly<Record<string, unknown>>;
/** Parameters by name. Those with a leading underscore are for the service, the others are user data. */
export type CallbackRequest = ReadonlyMap<string, RequestValue>;

/** ECMAScript IdentifierName. `__proto__` is one, but as a property it means something else. */
const NAME = /^(?!__proto__$)[\p{ID_Start}$_][\p{ID_Continue}$\u200c\u200d]*$/u;

export function requestOf(body: unknown): CallbackRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badParameter(
      'The body must be a JSON object or a form: application/json, multipart/form-data or application/x-www-form-urlencoded',
    );
  }
  const entries = Object.entries(body as Record<string, unknown>);
  for (const [key, value] of entries) {
    if (!NAME.test(key))
      throw badParameter(`Parameter "${key}" is not a valid ECMAScript variable name`, { keys: key });
    if (!isRequestValue(value)) {
      throw badParameter(`Parameter ${key} must be a string, a number, a boolean or an object`, { keys: key });
    }
  }
  return new Map(entries as [string, RequestValue][]);
}

/** Of the keys that identify a customer, those that a request lacks. `keys` is a list with commas. */
export const missingIn = (request: CallbackRequest, keys: string): readonly string[] =>
  listOf(keys).filter((key) => isEmpty(request.get(key)));

/** Holds a request to the keys that identify a customer. */
export function requireKeys(request: CallbackRequest, keys: string): void {
  const missing = missingIn(request, keys);
  if (missing.length === 0) return;
  throw badParameter(`Missing mandatory parameter: ${missing.join(', ')}`, { keys: missing.join(',') });
}

/** A parameter that can only be a text, undefined when it is not given. */
export function textOf(request: CallbackRequest, key: string): string | undefined {
  const value = request.get(key);
  if (value === undefined || value === '') return undefined;
  if (typeof value === 'object') throw badParameter(`Parameter ${key} must be a string`, { keys: key });
  return String(value);
}

/** The names in a list with commas. */
export const listOf = (text: string): readonly string[] =>
  text
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');

const badParameter = (message: string, facts: Readonly<Record<string, string>> = {}) =>
  callbackError('badParameter', { message, ...facts });

const isRequestValue = (value: unknown): value is RequestValue =>
  typeof value === 'object' ? value !== null && !Array.isArray(value) : value !== undefined;
