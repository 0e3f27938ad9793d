/**
 * The session module: `start`, `fetch`, `terminate`. Each ends in its done event or its error event, with `requestid`; `events`
 * has their fields. `../fetch.ts` says what a fetch asks, `../../host/endings.ts` how a started session's end is told.
 */
import { fromData } from '../../../engine/datamodel/data.js';
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Data } from '../../../engine/event.js';
import type { Clock } from '../../clock.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { Sessions } from '../../host/port.js';
import { messageOf, problem } from '../../problems.js';
import { asBoolean, asNumber, asText } from '../arguments.js';
import type { Fetch } from '../fetch.js';
import { sessionModelTable, type SessionModel } from '../model/session.js';
import { OutgoingError } from '../outgoing.js';

export interface SessionServices {
  /** The host has modules and modules start sessions: one of them must be asked for late. */
  readonly sessions: () => Sessions;
  readonly fetch: Fetch;
  /** What strategies see of it. */
  readonly model: SessionModel;
  readonly clock: Pick<Clock, 'setTimeout'>;
}

/**
 * Milliseconds between the attempts of a fetch that is done again: whom it asks may have to start as well, this server's own HTTP
 * among them.
 */
const pauses = [500, 2_000, 8_000];

export const sessionTable = {
  namespace: 'www.genesyslab.com/modules/session',
  actions: {
    /**
     * `src` is a literal, `srcexpr` a value; the parameters go to the `<data>` of the same id. `idealtime`, milliseconds since
     * the epoch: it starts then, and the done event says that it will.
     */
    start: { attributes: { src: 'literal', srcexpr: 'value', idealtime: 'value' }, params: true },
    /**
     * `method` 'get', 'post', 'put' or 'delete'; `enctype` of what is sent; `type` of what must come back; `timeout` in seconds.
     * The done event has `content` (text) and `hints` (headers). `gdelivery`: what was not taken is sent again, `gd_retries`
     * times, `gd_retry_interval` seconds later, also by the next process, and when the session is over.
     */
    fetch: {
      attributes: {
        src: 'literal',
        srcexpr: 'value',
        method: 'value',
        enctype: 'value',
        type: 'value',
        timeout: 'value',
        maxage: 'value',
        maxstale: 'value',
        headers: 'value',
        gdelivery: 'value',
        gd_retries: 'value',
        gd_retry_interval: 'value',
      },
      params: true,
      content: true,
    },
    terminate: { attributes: { sessionid: 'value' }, required: ['sessionid'] },
  },
  events: {
    'session.start.done': ['requestid', 'sessionid'],
    'error.session.start': ['requestid', 'error', 'description'],
    'done.start.<sessionid>': ['sessionid', 'reason', 'params?'],
    'session.fetch.done': ['requestid', 'content', 'hints'],
    'error.session.fetch': ['requestid', 'error', 'description'],
    'session.terminate.done': ['requestid', 'sessionid'],
    'error.session.terminate': ['requestid', 'sessionid', 'error', 'description'],
    'error.session.settenant': ['requestid', 'error', 'description'],
  },
  errors: {
    'error.session.start': [
      ...(['DOCUMENT_SOURCE_INVALID', 'DOCUMENT_NOT_ALLOWED', 'DOCUMENT_NOT_TRUSTED', 'DOCUMENT_NOT_FOUND'] as const),
      ...(['DOCUMENT_UNREACHABLE', 'DOCUMENT_ELSEWHERE', 'DOCUMENT_TOO_LARGE', 'DOCUMENT_INVALID'] as const),
      ...(['DOCUMENT_QUARANTINED', 'PARAMETER_INVALID', 'SESSION_FAILED', 'SESSION_NOT_SAVED'] as const),
    ],
    'error.session.fetch': [
      ...['badmethod', 'badurl', 'badenctype', 'badcontent', 'badtimeout', 'notallowed'],
      ...['unreachable', 'timeout', 'badtype', '<HTTP status>'],
    ],
    'error.session.terminate': ['SESSION_NOT_FOUND', 'SESSION_OVER', 'SESSION_NOT_SAVED'],
    'error.session.settenant': ['unknown'],
  },
  model: sessionModelTable,
} as const satisfies ModuleTable;

export const sessionModule = ({ sessions, fetch, model, clock }: SessionServices): Module => ({
  ...sessionTable,
  model,
  ended: (sessionid) => {
    model.forget(sessionid);
  },
  actions: {
    start: {
      ...sessionTable.actions.start,
      error: 'error.session.start',
      perform({ attributes, params, requestid }, context) {
        const started = async () => {
          const request = { src: sourceOf(attributes), params, starter: context.sessionid };
          const idealtime = timeOf(attributes['idealtime']);
          return { sessionid: await sessions().start({ ...request, idealtime }, context.key) };
        };
        return settle(context, 'session.start', { requestid }, started());
      },
    },
    fetch: {
      ...sessionTable.actions.fetch,
      error: 'error.session.fetch',
      perform(effect, context) {
        const { requestid, attributes } = effect;
        const ask = () => fetch(requestOf(effect), context.key);
        if (asBoolean(attributes['gdelivery']) === true) return guaranteed(ask, effect, context);
        const asked = context.again ? patient(ask, context, clock) : ask();
        return settle(context, 'session.fetch', { requestid }, asked);
      },
    },
    terminate: {
      ...sessionTable.actions.terminate,
      error: 'error.session.terminate',
      perform({ attributes, requestid }, context) {
        const sessionid = asText(attributes['sessionid']) ?? '';
        const ended = sessions()
          .terminate(sessionid)
          .catch((error: unknown) => {
            // It was done before.
            if (!(context.again && gone.has(codeOf(error)))) throw error;
          });
        return settle(
          context,
          'session.terminate',
          { requestid, sessionid },
          ended.then(() => ({})),
        );
      },
    },
  },
});

/** What a termination that was done before finds. */
const gone: ReadonlySet<string> = new Set(['SESSION_OVER', 'SESSION_NOT_FOUND']);

const patient = async <T>(
  ask: () => Promise<T>,
  { isActive }: ActionContext,
  clock: SessionServices['clock'],
): Promise<T> => {
  for (const pause of pauses)
    try {
      return await ask();
    } catch (error) {
      if (!isPassing(error) || !isActive()) throw error;
      await new Promise<void>((resolve) => clock.setTimeout(resolve, pause));
    }
  return ask();
};

const isPassing = (error: unknown): boolean => error instanceof OutgoingError && error.passing;

/** What Composer writes where nobody said otherwise. */
const composer = { retries: 1, interval: 0 };

/** A message that did not arrive is not done with. */
const guaranteed = async (
  ask: () => ReturnType<Fetch>,
  { attributes, requestid }: ModuleEffect,
  context: ActionContext,
): Promise<void> => {
  const retries = asNumber(attributes['gd_retries']) ?? composer.retries;
  const seconds = asNumber(attributes['gd_retry_interval']) ?? composer.interval;
  const asked = ask();
  const again = await asked.then(
    () => false,
    (error: unknown) => isPassing(error) && context.attempts < retries,
  );
  if (again) context.retry(Math.max(0, seconds * 1000));
  else await settle(context, 'session.fetch', { requestid }, asked);
};

const sourceOf = (attributes: ModuleEffect['attributes']): string =>
  asText(attributes['srcexpr']) ?? asText(attributes['src']) ?? '';

/** Milliseconds since the epoch, as a number, as text or as a Date. */
const timeOf = (value: Data | undefined): number | undefined => {
  if (value === undefined || value === null || value === '') return undefined;
  const plain = fromData(value);
  const time = plain instanceof Date ? plain.getTime() : asNumber(value);
  if (time !== undefined && !Number.isNaN(time)) return time;
  throw problem('PARAMETER_INVALID', 'idealtime', 'milliseconds since 1970');
};

const requestOf = ({ attributes, params, content }: ModuleEffect): Parameters<Fetch>[0] => ({
  url: sourceOf(attributes),
  method: (asText(attributes['method']) ?? 'get').toLowerCase(),
  enctype: asText(attributes['enctype']),
  accept: asText(attributes['type']),
  timeout: attributes['timeout'],
  maxage: attributes['maxage'],
  maxstale: attributes['maxstale'],
  headers: attributes['headers'],
  params,
  content,
});

/** The two ends that every action has. ORS: `error` is the code where there is one. */
const settle = async (
  context: ActionContext,
  action: string,
  known: Readonly<Record<string, Data>>,
  work: Promise<Readonly<Record<string, Data>>>,
): Promise<void> => {
  try {
    context.finish(`${action}.done`, { ...known, ...(await work) });
  } catch (error) {
    context.finish(`error.${action}`, { ...known, error: codeOf(error), description: messageOf(error) });
  }
};

const codeOf = (error: unknown): string => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : 'unknown';
};
