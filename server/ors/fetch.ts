/**
 * What `<session:fetch>` asks and what it takes for an answer; `outgoing.ts` is the way out.
 *
 * 1. Parameters go where the method has them: into the query of a get or delete, into the body of a post or put, as its enctype
 *    says. Beside `<content>`, which is the body then, they go into the query: nothing that was given is left out.
 * 2. An answer that is no success, or of another type than was asked for, is an error.
 */
import type { AxiosResponse } from 'axios';
import { fromData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import { asNumber, asObject } from './arguments.js';
import { OutgoingError, REPEATABLE, type Outgoing } from './outgoing.js';

export interface FetchRequest {
  readonly url: string;
  readonly method: string;
  readonly enctype: string | undefined;
  /** The type that must come back. */
  readonly accept: string | undefined;
  /** Seconds. */
  readonly timeout: Data | undefined;
  /** Seconds, for caches on the way: this server has none. */
  readonly maxage: Data | undefined;
  readonly maxstale: Data | undefined;
  readonly headers: Data | undefined;
  readonly params: Readonly<Record<string, Data | undefined>>;
  readonly content: Data | undefined;
}

/** `key`: the same when it is asked again. Rejects with an OutgoingError. */
export type Fetch = (request: FetchRequest, key: string) => Promise<{ readonly content: string; readonly hints: Data }>;

/** Seconds. */
const patience = 30;
const FORM = 'application/x-www-form-urlencoded';
const JSON_TYPE = 'application/json';
/** Whether it has a body. */
const methods: ReadonlyMap<string, boolean> = new Map([
  ['get', false],
  ['post', true],
  ['put', true],
  ['delete', false],
]);

export const fetchBy =
  (ask: Outgoing): Fetch =>
  async (request, key) => {
    const { url, method } = request;
    const hasBody = methods.get(method);
    if (hasBody === undefined) {
      const known = [...methods.keys()].join(', ');
      throw new OutgoingError('badmethod', `method "${method}" is none of ${known}`);
    }
    const response = await ask({
      url,
      method,
      timeoutMs: timeoutOf(request) * 1000,
      ...partsOf(request, key, hasBody),
    });
    return { content: answerOf(response, request), hints: headersOf(response) };
  };

const timeoutOf = ({ timeout }: FetchRequest): number => {
  if (timeout === undefined) return patience;
  const seconds = asNumber(timeout);
  if (seconds !== undefined && seconds > 0) return seconds;
  throw new OutgoingError('badtimeout', `timeout is ${textOf(timeout)}, and must be seconds, more than 0`);
};

/** 1 */
const partsOf = (request: FetchRequest, key: string, hasBody: boolean) => {
  const { params, content } = request;
  const headers = { [REPEATABLE]: key, ...cacheControl(request), ...accepts(request), ...stringsOf(request.headers) };
  if (!hasBody && content !== undefined)
    throw new OutgoingError('badcontent', `a ${request.method} has no body: it takes <param>, or is a post`);
  if (!hasBody) return { headers, query: fields(params) };
  const enctype = enctypeOf(request);
  const body = { headers: { 'content-type': enctype, ...headers }, data: bodyOf(request, enctype) };
  return content === undefined ? body : { ...body, query: fields(params) };
};

const enctypeOf = ({ enctype, content }: FetchRequest): string => {
  if (enctype !== undefined) return enctype;
  return content === undefined || typeof content === 'string' ? FORM : JSON_TYPE;
};

const bodyOf = ({ params, content }: FetchRequest, enctype: string): string => {
  if (typeof content === 'string') return content;
  const type = mediaType(enctype);
  if (type === FORM) {
    const given = content === undefined ? fields(params) : plainFields(asObject(content));
    return new URLSearchParams(given).toString();
  }
  if (type !== JSON_TYPE && !type.endsWith('+json')) {
    throw new OutgoingError('badenctype', `what is sent cannot be made into ${enctype}: give it as text, in <content>`);
  }
  if (content !== undefined) return JSON.stringify(fromData(content));
  return JSON.stringify(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)])));
};

const mediaType = (type: string): string => type.split(';', 1)[0]?.trim().toLowerCase() ?? '';

const fields = (params: FetchRequest['params']): [string, string][] =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)]]));

const plainFields = (given: Readonly<Record<string, unknown>>): [string, string][] =>
  Object.entries(given).map(([name, value]) => [name, typeof value === 'string' ? value : JSON.stringify(value)]);

const textOf = (value: Data): string => (typeof value === 'string' ? value : JSON.stringify(fromData(value)));

const cacheControl = ({ maxage, maxstale }: FetchRequest): Readonly<Record<string, string>> => {
  const given = Object.entries({ 'max-age': asNumber(maxage), 'max-stale': asNumber(maxstale) });
  const directives = given.flatMap(([name, seconds]) => (seconds === undefined ? [] : [`${name}=${seconds}`]));
  return directives.length > 0 ? { 'cache-control': directives.join(', ') } : {};
};

const accepts = ({ accept }: FetchRequest): Readonly<Record<string, string>> =>
  accept === undefined ? {} : { accept };

/** In lower case, so that a strategy's own header takes the place of one that is made here. */
const stringsOf = (headers: Data | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(asObject(headers)).map(([name, value]) => [name.toLowerCase(), String(value)]));

/** Another time the answer may be another. */
const busy = new Set([408, 425, 429, 500, 502, 503, 504]);

/** 2 */
const answerOf = ({ status, headers, data }: AxiosResponse<string>, { accept }: FetchRequest): string => {
  if (status < 200 || status > 299)
    throw new OutgoingError(String(status), `HTTP ${status}: ${data.slice(0, 500)}`, busy.has(status));
  const type = String(headers['content-type'] ?? '');
  if (accept !== undefined && mediaType(type) !== mediaType(accept))
    throw new OutgoingError('badtype', `the answer is "${type}" and not "${accept}"`);
  return data;
};

const headersOf = ({ headers }: AxiosResponse): Data =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
