/** Reads the text of a place that `places.ts` and `reach.ts` allow, hop by hop: a file or a page of a web server, up to a limit. */
import axios, { isAxiosError, type AxiosResponse } from 'axios';
import { open } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { problem } from '../problems.js';
import { stampOf } from './kept.js';
import { allowedFile, allowHost, type PlaceOptions } from './places.js';
import { agents, INSIDE, lookupWithin } from './reach.js';

/** A document's own limit is the same. */
const LIMIT = 8 * 1024 * 1024;
const TIMEOUT_MS = 10_000;
const REDIRECTIONS = 5;

export interface Fetched {
  readonly text: string;
  /** Where it really lies. */
  readonly url: URL;
  /** Of a file that may be kept: `kept.ts`. */
  readonly stamp?: string | undefined;
}

/** Rejects with Problems. */
export const fetchText = (url: URL, options: PlaceOptions): Promise<Fetched> =>
  url.protocol === 'file:' ? readText(url, options) : download(url, options);

const readText = async (url: URL, options: PlaceOptions): Promise<Fetched> => {
  const path = await allowedFile(url, options);
  const file = await open(path).catch(() => {
    throw problem('DOCUMENT_NOT_FOUND', url.href);
  });
  try {
    const stat = await file.stat();
    if (!stat.isFile()) throw problem('DOCUMENT_NOT_FOUND', url.href);
    if (stat.size > LIMIT) throw problem('DOCUMENT_TOO_LARGE', url.href, LIMIT);
    return { text: await file.readFile('utf8'), url: pathToFileURL(path), stamp: stampOf(stat) };
  } finally {
    await file.close();
  }
};

const download = async (first: URL, options: PlaceOptions): Promise<Fetched> => {
  let url = first;
  for (let left = REDIRECTIONS; left >= 0; left--) {
    allowHost(url, options);
    const response = await get(url, options);
    if (response.status >= 200 && response.status < 300) return { text: response.data, url };
    url = redirection(url, response);
  }
  throw problem('DOCUMENT_UNREACHABLE', first.href, `it redirects more than ${REDIRECTIONS} times`);
};

/** Where else on the same host it is: on another host lies another document, which is to be named itself. */
const redirection = (url: URL, { status, headers }: AxiosResponse): URL => {
  if (status === 404 || status === 410) throw problem('DOCUMENT_NOT_FOUND', url.href);
  const location: unknown = headers['location'];
  if (status < 300 || status >= 400 || typeof location !== 'string' || !URL.canParse(location, url.href)) {
    throw problem('DOCUMENT_UNREACHABLE', url.href, `it answers with status ${status}`);
  }
  const next = new URL(location, url);
  if (next.origin !== url.origin) throw problem('DOCUMENT_ELSEWHERE', url.href, next.origin);
  return next;
};

/** Beside the silence that is allowed the whole has a time, or a slow server would hold on to us for ever. */
const get = async (url: URL, options: PlaceOptions): Promise<AxiosResponse<string>> => {
  const { timeoutMs = TIMEOUT_MS } = options;
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await axios.get<string>(url.href, {
      responseType: 'text',
      transformResponse: (text: string) => text,
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: LIMIT,
      signal,
      lookup: lookupWithin(options),
      ...agents(false),
      proxy: false,
    });
  } catch (error) {
    if (!isAxiosError(error)) throw error;
    if (signal.aborted) throw problem('DOCUMENT_UNREACHABLE', url.href, `no whole answer in ${timeoutMs / 1000} s`);
    if (error.code === INSIDE) throw problem('DOCUMENT_UNREACHABLE', url.href, error.message);
    if (error.message.includes('maxContentLength')) throw problem('DOCUMENT_TOO_LARGE', url.href, LIMIT);
    throw problem('DOCUMENT_UNREACHABLE', url.href, error.code ?? error.message);
  }
};
