/**
 * HTTP requests that strategies cause, by `<session:fetch>` (`fetch.ts`) and by Basic HTTP messages (`basic-http.ts`).
 *
 * 1. Default closed: they go to this server itself and to the hosts that an operator lists, if these lie outside (`reach.ts`).
 * 2. No redirects are followed, since they lead elsewhere; nothing is asked of a proxy.
 * 3. Each is limited in time, by the Clock, and in the size of what comes back.
 * 4. This server may be asked before it listens: sessions go on before clients come. Such a request waits.
 * 5. Each may come again after a crash, with the same key: receivers that know `Idempotency-Key` do nothing twice.
 */
import axios, { type AxiosRequestConfig, type AxiosResponse } from 'axios';
import type { Clock } from '../clock.js';
import { messageOf } from '../problems.js';
import { listsHost } from './places.js';
import { agents, INSIDE, lookupWithin, type ReachOptions } from './reach.js';

/** 5 */
export const REPEATABLE = 'idempotency-key';

export interface OutgoingOptions extends ReachOptions {
  /** This server's own address, which is always allowed. */
  readonly url: () => string;
  /** As in `places.ts`. */
  readonly hosts: readonly string[];
  readonly clock: Clock;
  /** Keeps a virtual clock still while a request is on its way. */
  readonly during?: <T>(work: Promise<T>) => Promise<T>;
}

interface OutgoingRequest extends Pick<AxiosRequestConfig, 'method' | 'headers' | 'data'> {
  readonly url: string;
  readonly query?: readonly (readonly [name: string, value: string])[];
  readonly timeoutMs: number;
}

/** Answers whatever the status is. Rejects with an OutgoingError. */
export type Outgoing = (request: OutgoingRequest) => Promise<AxiosResponse<string>>;

/** `code`: the HTTP status, or a word; ORS's `error` of error.session.fetch. */
export class OutgoingError extends Error {
  override readonly name = 'OutgoingError';
  constructor(
    readonly code: string,
    message: string,
    /** It may not have arrived, and another time it may. */
    readonly passing = false,
    /** Who was asked may have it. */
    readonly arrived = false,
  ) {
    super(message);
  }
}

/** Milliseconds until this server is asked again. (4) */
const SOON = 100;
/** Bytes of an answer: it becomes an event, and an event has 1 MiB at most. */
const LIMIT = 1024 * 1024;

export const outgoing = ({ url: own, hosts, clock, during = (work) => work, ...within }: OutgoingOptions): Outgoing => {
  const lookup = lookupWithin(within);
  const kept = agents(true);
  const isOwn = (url: URL): boolean => url.host === new URL(own()).host;
  const allowed = (text: string): URL => {
    if (!URL.canParse(text)) throw new OutgoingError('badurl', `"${text}" is no URL`);
    const url = new URL(text);
    if (!/^https?:$/.test(url.protocol)) throw new OutgoingError('badurl', `${url.protocol} URLs cannot be asked`);
    if (isOwn(url) || listsHost(hosts, url)) return url;
    throw new OutgoingError('notallowed', `${url.host} may not be asked: an operator adds it to RINGBACK_FETCH_HOSTS`);
  };

  const ask = async (url: URL, request: AxiosRequestConfig): Promise<AxiosResponse<string>> => {
    for (;;)
      try {
        return await during(
          axios.request<string>({ ...request, ...kept, url: url.href, ...(!isOwn(url) && { lookup }) }),
        );
      } catch (error) {
        if (!isOwn(url) || codeOf(error) !== 'ECONNREFUSED') throw error;
        await new Promise<void>((resolve) => clock.setTimeout(resolve, SOON));
      }
  };

  return async ({ url: text, query = [], timeoutMs, ...request }) => {
    const url = allowed(text);
    for (const [name, value] of query) url.searchParams.append(name, value);
    const abort = new AbortController();
    const timer = clock.setTimeout(() => {
      abort.abort();
    }, timeoutMs);
    try {
      return await ask(url, {
        ...request,
        signal: abort.signal,
        maxRedirects: 0,
        maxContentLength: LIMIT,
        responseType: 'text',
        transformResponse: (body: string) => body,
        validateStatus: () => true,
        proxy: false,
      });
    } catch (error) {
      if (abort.signal.aborted)
        throw new OutgoingError('timeout', `${url.host} did not answer within ${timeoutMs / 1000} s`, true, true);
      if (codeOf(error) === INSIDE) throw new OutgoingError('notallowed', messageOf(error));
      const code = codeOf(error);
      throw new OutgoingError('unreachable', `${url.host}: ${messageOf(error)}`, passing.has(code), !unsent.has(code));
    } finally {
      clock.clearTimeout(timer);
    }
  };
};

/** Errors of the network; what else goes wrong here goes wrong every time. */
const unsent = new Set(['ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ENOTFOUND', 'EAI_AGAIN']);
const passing = new Set([...['ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT'], ...unsent]);

const codeOf = (error: unknown): string => (error as { readonly code?: string }).code ?? '';
