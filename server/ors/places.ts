/**
 * Where a document lies: what a client or another document wrote as `src` becomes a URL, and the lists of the operator say
 * whether it may be read and whether what is there is trusted. Nothing is read here but the links of folders.
 * `fetching.ts` reads, `documents.ts` puts both together.
 *
 * 1. Files are judged by their real path, after links and `..`; outside the folders nobody learns whether a file exists.
 * 2. A document is trusted by where it really lies: after links, and after redirections.
 */
import { realpath } from 'node:fs/promises';
import { dirname, isAbsolute, join, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { problem } from '../problems.js';
import { withoutSecrets } from '../secrets.js';
import type { ReachOptions } from './reach.js';

export interface PlaceOptions extends ReachOptions {
  /** The folder of strategies: always readable, always trusted. */
  readonly strategies: string;
  readonly folders: readonly string[];
  /** `host` or `host:port`, perhaps with the scheme before it: `https://host`. */
  readonly hosts: readonly string[];
  /** Absolute paths and http(s) URLs, of documents or of folders. */
  readonly trusted: readonly string[];
  /** For a page, from the question to the end of the answer. */
  readonly timeoutMs?: number;
}

const strategyName = /^[\w-][\w.-]*$/;

/** Without `base`: a strategy's name, an absolute path, a file: or http(s): URL. With it: relative to that URL. */
export const locate = (src: string, base: string | undefined, strategies: string): URL => {
  const url = base === undefined ? absolute(src, strategies) : parsed(src, base);
  if (!url || !/^(?:file|https?):$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw problem('DOCUMENT_SOURCE_INVALID', withoutSecrets(src));
  }
  url.hash = '';
  return url;
};

const absolute = (src: string, strategies: string): URL | undefined => {
  if (isAbsolute(src)) return pathToFileURL(src);
  if (!strategyName.test(src)) return parsed(src);
  return pathToFileURL(join(strategies, src.endsWith('.scxml') ? src : `${src}.scxml`));
};

const parsed = (src: string, base?: string): URL | undefined =>
  URL.canParse(src, base) ? new URL(src, base) : undefined;

/** The real path of a file that may be read. Throws Problems. */
export const allowedFile = async (url: URL, { strategies, folders }: PlaceOptions): Promise<string> => {
  const path = pathOf(url);
  const allowed = [strategies, ...folders];
  const real = await Promise.all(allowed.map(realOr));
  const refuse = () =>
    problem('DOCUMENT_NOT_ALLOWED', url.href, `folder ${dirname(path)}`, 'RINGBACK_DOCUMENT_FOLDERS');
  if (![...allowed, ...real].some((folder) => isIn(path, folder))) throw refuse();
  const found = await realpath(path).catch(() => {
    throw problem('DOCUMENT_NOT_FOUND', url.href);
  });
  if (!real.some((folder) => isIn(found, folder))) throw refuse();
  return found;
};

const pathOf = (url: URL): string => {
  try {
    const path = fileURLToPath(url);
    if (!path.includes('\0')) return path;
  } catch {
    // An encoded slash or a host: no file of this machine.
  }
  throw problem('DOCUMENT_SOURCE_INVALID', url.href);
};

const realOr = (path: string): Promise<string> => realpath(path).catch(() => path);

const isIn = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : folder + sep);

const ports: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };

/** A listed host without port means the port of the scheme, one without scheme both. A dot at a name's end means nothing. */
export const listsHost = (hosts: readonly string[], { hostname, port, protocol }: URL): boolean => {
  const name = hostname.replace(/\.$/, '');
  const named = [...(port === '' ? [name] : []), `${name}:${port || (ports[protocol] ?? '')}`];
  return named.some((host) => hosts.includes(host) || hosts.includes(`${protocol}//${host}`));
};

/** Throws a Problem unless the operator listed the host. */
export const allowHost = (url: URL, { hosts }: Pick<PlaceOptions, 'hosts'>): void => {
  if (!listsHost(hosts, url))
    throw problem('DOCUMENT_NOT_ALLOWED', url.href, `host ${url.host}`, 'RINGBACK_DOCUMENT_HOSTS');
};

/** Whether what lies there is trusted; of files it takes the URL of the real path. */
export const isTrusted = async (url: URL, { strategies, trusted }: PlaceOptions): Promise<boolean> => {
  if (url.protocol !== 'file:') return isBelowTrustedUrl(url, trusted);
  const path = fileURLToPath(url);
  const real = await Promise.all([strategies, ...trusted.filter(isAbsolute)].map(realOr));
  return real.some((place) => isIn(path, place));
};

/** An encoded slash could lead out of a trusted folder on a server that decodes it. */
const isBelowTrustedUrl = ({ href, pathname }: URL, trusted: readonly string[]): boolean =>
  !/%2f|%5c/i.test(pathname) &&
  trusted.some((place) => href === place || href.startsWith(place.endsWith('/') ? place : `${place}/`));
