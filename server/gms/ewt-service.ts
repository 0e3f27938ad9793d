/**
 * The built-in service urs-stat: the waiting time of a virtual queue, kept for `_caching_policy` seconds. The guide, "Use the urs-stat
 * Service". Our own router is asked directly (`../urs/lvq.ts`), another URS over HTTP by the rules for all that is asked outside.
 *
 * 1. `_urs_stat_url_parameters` come first, then those of the request: to our router the first of a name counts.
 * 2. Who asks for the same while it is being asked waits for that answer. Its time begins when it comes. Errors are not kept.
 * 3. What is kept is bounded, whatever clients ask and another URS answers: by number, and each by its length.
 */
import type { Clock } from '../clock.js';
import { messageOf } from '../problems.js';
import { callbackError, type CallbackError } from './errors.js';
import { optionsOf, type Options } from './resolve.js';
import { serviceNamed, type Services } from './services.js';

/** The object of URS, as it says it. */
export type Waiting = Readonly<Record<string, unknown>>;

interface EwtServiceNeeds {
  readonly services: Services;
  readonly clock: Pick<Clock, 'now'>;
  /** Our own router's answer; throws Problems. */
  readonly lvq: (call: string, parameters: URLSearchParams) => object;
  /** The text that another URS answers; rejects. */
  readonly fetch: (url: string) => Promise<string>;
  /** Where this server is. */
  readonly url: () => string;
}

/** Rejects with a CallbackError, or a Problem of `lvq`. */
export type EwtService = (name: string, parameters: URLSearchParams) => Promise<Waiting>;

/** 3: answers that are kept, at most, and characters of one; parameters of a request, and characters of all of them. */
const KEPT = 1000;
const ANSWER = 10_000;
const MOST = 20;
const LONGEST = 2000;
/** Where our own router is asked. */
const LVQ = '/urs/call/max/lvq';

interface Kept {
  readonly answer: Promise<Waiting>;
  /** Infinity while it is being asked. */
  untilMs: number;
}

export const ewtService = ({ services, clock, lvq, fetch, url }: EwtServiceNeeds): EwtService => {
  const kept = new Map<string, Kept>();

  const ask = async (service: string, at: string, parameters: URLSearchParams): Promise<Waiting> => {
    const place = placeOf(service, at === '' ? url() + LVQ : at);
    for (const [name, value] of parameters) place.searchParams.append(name, value);
    if (place.host === new URL(url()).host) {
      if (place.pathname !== LVQ) throw badUrl(service, at, `${LVQ} on this server`);
      return { ...lvq('max', place.searchParams) };
    }
    const text = await fetch(place.href).catch((error: unknown) => {
      throw callbackError('ursError', { message: messageOf(error) });
    });
    return objectIn(text, place.host);
  };

  /** 2, 3 */
  const keep = (key: string, answer: Promise<Waiting>, forMs: number): Promise<Waiting> => {
    kept.delete(key);
    const [oldest] = kept.keys();
    if (kept.size >= KEPT && oldest !== undefined) kept.delete(oldest);
    const entry: Kept = { answer, untilMs: Infinity };
    kept.set(key, entry);
    answer.then(
      () => {
        entry.untilMs = clock.now() + forMs;
      },
      () => {
        if (kept.get(key) === entry) kept.delete(key);
      },
    );
    return answer;
  };

  return async (name, asked) => {
    const options = optionsOf(serviceNamed(services, name), new Map());
    if (options.get('_type') !== 'builtin' || options.get('_service') !== 'urs-stat')
      throw callbackError('notBuiltin', { service: name });
    if ([...asked].length > MOST || asked.toString().length > LONGEST)
      throw callbackError('badParameter', {
        message: `At most ${MOST} parameters and ${LONGEST} characters are taken`,
      });
    const configured = new URLSearchParams(textOf(options, '_urs_stat_url_parameters'));
    const parameters = new URLSearchParams([...configured, ...asked]);
    const key = `${name} ${parameters.toString()}`;
    const known = kept.get(key);
    if (known && clock.now() < known.untilMs) return known.answer;
    const forMs = Number(options.get('_caching_policy')) * 1000;
    return keep(key, ask(name, textOf(options, '_urs_url'), parameters), forMs);
  };
};

/** '' where it has no value. */
const textOf = (options: Options, name: string): string => {
  const value = options.get(name);
  return typeof value === 'string' ? value : '';
};

const placeOf = (service: string, text: string): URL => {
  if (URL.canParse(text)) return new URL(text);
  throw badUrl(service, text, 'an http or https URL, or nothing for this server');
};

const badUrl = (service: string, text: string, allowed: string): CallbackError => {
  const message = `service ${service} has "${text.slice(0, 100)}", allowed: ${allowed}`;
  return callbackError('badOption', { service, option: '_urs_url', message });
};

const objectIn = (text: string, host: string): Waiting => {
  if (text.length > ANSWER)
    throw callbackError('ursError', { message: `${host} answered more than ${ANSWER} characters` });
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Waiting;
  } catch {
    // Said below.
  }
  throw callbackError('ursError', { message: `${host} answered what is no JSON object` });
};
