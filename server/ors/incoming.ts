/**
 * What a request to `routes.ts` brings: the parameters of a start, or an event and its data.
 *
 * 1. Parameters and data come from the query string and the body; where both have a name, the body counts.
 *    Of a start, `src` and `idealtime` are not among the parameters.
 * 2. Values of query strings and forms are strings, also where they look like numbers; values of JSON bodies are kept.
 * 3. The data of an event that was posted with a body also has `paramtype`, the body's media type, and `param`, its text
 *    ('' for multipart), unless the client sent fields of these names. A JSON body that is no object is only there.
 */
import type { Request } from 'express';
import { toData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import { bodyOf, fieldsOf } from '../body.js';
import type { IncomingEvent, StartRequest } from '../host/port.js';
import { isObject } from '../json.js';
import { problem } from '../problems.js';

type Entries = readonly (readonly [string, unknown])[];

const queryOf = ({ originalUrl }: Request): Entries => {
  const mark = originalUrl.indexOf('?');
  return mark < 0 ? [] : Object.entries(fieldsOf(originalUrl.slice(mark + 1)));
};

/** Object.fromEntries makes an own property of any name, `__proto__` too. */
const dataOf = (entries: Entries): Record<string, Data | undefined> =>
  Object.fromEntries(entries.map(([name, value]) => [name, toData(value)]));

export const startOf = (request: Request): StartRequest => {
  const body = bodyOf(request);
  if (body && !isObject(body.value)) throw problem('BODY_MALFORMED', 'a JSON body must be an object: {"src": ...}');
  const sent = new Map([...queryOf(request), ...Object.entries(body?.value ?? {})]);
  const src: unknown = sent.get('src');
  if (typeof src !== 'string' || src === '') throw problem('PARAMETER_MISSING', 'src', 'the document to run');
  const idealtime = timeOf(sent.get('idealtime'));
  sent.delete('src');
  sent.delete('idealtime');
  return { src, params: dataOf([...sent]), ...(idealtime !== undefined && { idealtime }) };
};

/** Milliseconds since the epoch, which forms give as text. */
const timeOf = (given: unknown): number | undefined => {
  if (given === undefined || given === '') return undefined;
  const text = typeof given === 'number' || typeof given === 'string' ? String(given) : '';
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw problem('PARAMETER_INVALID', 'idealtime', 'when to start, in milliseconds since 1970');
};

/** SCXML's event names: parts of letters, digits, `_`, `-` and `:`, joined by dots. SCXML 3.12.1 */
const eventName = /^[\p{L}\p{N}_:-]+(?:\.[\p{L}\p{N}_:-]+)*$/u;
const LONGEST_NAME = 256;

export const eventOf = (request: Request): IncomingEvent => {
  const name = String(request.params['name']);
  if (name.length > LONGEST_NAME || !eventName.test(name)) throw problem('EVENT_NAME_INVALID', name.slice(0, 64));
  const body = bodyOf(request);
  const posted: Entries = body ? [['paramtype', body.type] as const, ['param', body.text] as const] : [];
  const fields = body && isObject(body.value) ? Object.entries(body.value) : [];
  const entries = [...posted, ...queryOf(request), ...fields];
  return entries.length === 0 ? { name } : { name, data: toData(Object.fromEntries(entries)) };
};
