/**
 * What `<session:fetch>` does on the network. Default closed: this server itself and the hosts an operator lists; no
 * redirects, since they lead elsewhere.
 */
import axios, { type AxiosResponse } from 'axios';
import { fromData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import { asNumber, asObject } from './arguments.js';

interface FetchRequest {
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

/** Rejects with a FetchError. */
export type Fetch = (request: FetchRequest) => Promise<{ readonly content: string; readonly hints: Data }>;

export interface FetchOptions {
  /** This server's own address, which is always allowed. */
  readonly url: () => string;
  /** `host` or `host:port`. */
  readonly hosts: readonly string[];
  readonly clock: Clock;
  /** Keeps a virtual clock still while a request is on its way. */
  readonly during?: <T>(work: Promise<T>) => Promise<T>;
}

/** `code`: the HTTP status, or a word; ORS's `error` of error.session.fetch. */
class FetchError extends Error {
  override readonly name = 'FetchError';
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Seconds, and bytes of an answer. */
const patience = 30;
const limit = 8 * 1024 * 1024;
const FORM = 'application/x-www-form-urlencoded';

export const fetchBy = ({ url: own, hosts, clock, during = (work) => work }: FetchOptions): Fetch => {
  const refuseOthers = (text: string): URL => {
    if (!URL.canParse(text)) throw new FetchError('badurl', `"${text}" is no URL`);
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol)) throw new FetchError('badurl', `${url.protocol} URLs cannot be fetched`);
    if (url.host === new URL(own()).host || hosts.includes(url.host)) return url;
    throw new FetchError(
      'notallowed',
      `${url.host} may not be fetched from: an operator adds it to RINGBACK_FETCH_HOSTS`,
    );
  };

  return async (request) => {
    const url = refuseOthers(request.url);
    const seconds = asNumber(request.timeout) ?? patience;
    const abort = new AbortController();
    const timer = clock.setTimeout(() => {
      abort.abort();
    }, seconds * 1000);
    try {
      const response = await during(ask(url, request, abort.signal));
      return { content: answerOf(response, request), hints: headersOf(response) };
    } catch (error) {
      if (abort.signal.aborted) throw new FetchError('timeout', `${url.host} did not answer within ${seconds} s`);
      throw error instanceof FetchError ? error : new FetchError('unreachable', `${url.host}: ${messageOf(error)}`);
    } finally {
      clock.clearTimeout(timer);
    }
  };
};

const ask = (url: URL, request: FetchRequest, signal: AbortSignal): Promise<AxiosResponse<string>> => {
  const { method, enctype = FORM, headers, params, content } = request;
  const body = content === undefined ? encode(params, enctype) : contentOf(content);
  const isGet = method === 'get';
  if (isGet) for (const [name, value] of fields(params)) url.searchParams.append(name, value);
  return axios.request<string>({
    url: url.href,
    method,
    headers: { ...stringsOf(headers), ...(!isGet && { 'content-type': enctype }) },
    ...(!isGet && { data: body }),
    signal,
    maxRedirects: 0,
    maxContentLength: limit,
    responseType: 'text',
    transformResponse: (text: string) => text,
    validateStatus: () => true,
    proxy: false,
  });
};

const fields = (params: FetchRequest['params']): [string, string][] =>
  Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, contentOf(value)]]));

const encode = (params: FetchRequest['params'], enctype: string): string => {
  if (enctype !== FORM)
    return JSON.stringify(Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)])));
  return new URLSearchParams(fields(params)).toString();
};

const contentOf = (value: Data): string => (typeof value === 'string' ? value : JSON.stringify(fromData(value)));

const stringsOf = (headers: Data | undefined): Record<string, string> =>
  Object.fromEntries(Object.entries(asObject(headers)).map(([name, value]) => [name, String(value)]));

const answerOf = ({ status, headers, data }: AxiosResponse<string>, { accept }: FetchRequest): string => {
  if (status < 200 || status > 299) throw new FetchError(String(status), `HTTP ${status}: ${data.slice(0, 500)}`);
  const type = String(headers['content-type'] ?? '');
  if (accept !== undefined && !type.startsWith(accept))
    throw new FetchError('badtype', `the answer is "${type}" and not "${accept}"`);
  return data;
};

const headersOf = ({ headers }: AxiosResponse): Data =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
