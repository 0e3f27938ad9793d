/** What `<session:fetch>` asks and what it takes for an answer; `outgoing.ts` is the way out. */
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
  readonly headers: Data | undefined;
  readonly params: Readonly<Record<string, Data | undefined>>;
  readonly content: Data | undefined;
}

/** `key`: the same when it is asked again. Rejects with an OutgoingError. */
export type Fetch = (request: FetchRequest, key: string) => Promise<{ readonly content: string; readonly hints: Data }>;

/** Seconds. */
const patience = 30;
const FORM = 'application/x-www-form-urlencoded';
const methods = new Set(['get', 'post', 'put', 'delete']);

export const fetchBy =
  (ask: Outgoing): Fetch =>
  async (request, key) => {
    const { url, method, enctype = FORM, headers, params } = request;
    if (!methods.has(method))
      throw new OutgoingError('badmethod', `method "${method}" is none of ${[...methods].join(', ')}`);
    const isGet = method === 'get';
    const response = await ask({
      url,
      method,
      timeoutMs: (asNumber(request.timeout) ?? patience) * 1000,
      headers: { [REPEATABLE]: key, ...stringsOf(headers), ...(!isGet && { 'content-type': enctype }) },
      ...(isGet ? { query: fields(params) } : { data: bodyOf(request, enctype) }),
    });
    return { content: answerOf(response, request), hints: headersOf(response) };
  };

const bodyOf = ({ params, content }: FetchRequest, enctype: string): string => {
  if (content !== undefined) return textOf(content);
  if (enctype === FORM) return new URLSearchParams(fields(params)).toString();
  return JSON.stringify(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)])));
};

const fields = (params: FetchRequest['params']): [string, string][] =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, textOf(value)]]));

const textOf = (value: Data): string => (typeof value === 'string' ? value : JSON.stringify(fromData(value)));

const stringsOf = (headers: Data | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(asObject(headers)).map(([name, value]) => [name, String(value)]));

const answerOf = ({ status, headers, data }: AxiosResponse<string>, { accept }: FetchRequest): string => {
  if (status < 200 || status > 299) throw new OutgoingError(String(status), `HTTP ${status}: ${data.slice(0, 500)}`);
  const type = String(headers['content-type'] ?? '');
  if (accept !== undefined && !type.toLowerCase().startsWith(accept.toLowerCase()))
    throw new OutgoingError('badtype', `the answer is "${type}" and not "${accept}"`);
  return data;
};

const headersOf = ({ headers }: AxiosResponse): Data =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
