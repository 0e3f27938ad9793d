/**
 * The session module: `start`, `fetch`, `terminate`. Events: `session.start.done`, `session.fetch.done`,
 * `session.terminate.done` and their `error.` forms, each with `requestid`.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Data } from '../../../engine/event.js';
import type { Clock } from '../../clock.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { Sessions } from '../../host/port.js';
import { messageOf } from '../../problems.js';
import { asText } from '../arguments.js';
import type { Fetch } from '../fetch.js';
import { OutgoingError } from '../outgoing.js';

export interface SessionServices {
  /** The host has modules and modules start sessions: one of them must be asked for late. */
  readonly sessions: () => Sessions;
  readonly fetch: Fetch;
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
    /** `src` is a literal, `srcexpr` a value; the parameters go to the `<data>` of the same id. */
    start: { attributes: { src: 'literal', srcexpr: 'value' }, params: true },
    /**
     * `method` 'get' or 'post'; `enctype` of what is sent; `type` of what must come back; `timeout` in seconds. Parameters
     * are a query string or a form; `<content>` is the body. The done event has `content` (text) and `hints` (headers).
     */
    fetch: {
      attributes: {
        srcexpr: 'value',
        method: 'value',
        enctype: 'value',
        type: 'value',
        timeout: 'value',
        headers: 'value',
      },
      required: ['srcexpr'],
      params: true,
      content: true,
    },
    terminate: { attributes: { sessionid: 'value' }, required: ['sessionid'] },
  },
  events: {
    'session.start.done': ['requestid', 'sessionid'],
    'error.session.start': ['requestid', 'error', 'description'],
    'session.fetch.done': ['requestid', 'content', 'hints'],
    'error.session.fetch': ['requestid', 'error', 'description'],
    'session.terminate.done': ['requestid', 'sessionid'],
    'error.session.terminate': ['requestid', 'error', 'description'],
  },
} as const satisfies ModuleTable;

export const sessionModule = ({ sessions, fetch, clock }: SessionServices): Module => ({
  ...sessionTable,
  actions: {
    start: {
      ...sessionTable.actions.start,
      error: 'error.session.start',
      perform({ attributes, params, requestid }, context) {
        const src = asText(attributes['srcexpr']) ?? asText(attributes['src']) ?? '';
        const answered = sessions().start({ src, params }, context.key);
        return settle(
          context,
          'session.start',
          requestid,
          answered.then((sessionid) => ({ sessionid })),
        );
      },
    },
    fetch: {
      ...sessionTable.actions.fetch,
      error: 'error.session.fetch',
      perform(effect, context) {
        const ask = () => fetch(requestOf(effect), context.key);
        const asked = context.again ? patient(ask, clock) : ask();
        return settle(context, 'session.fetch', effect.requestid, asked);
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
            if (!(context.again && codeOf(error) === 'SESSION_OVER')) throw error;
          });
        return settle(
          context,
          'session.terminate',
          requestid,
          ended.then(() => ({ sessionid })),
        );
      },
    },
  },
});

const patient = async <T>(ask: () => Promise<T>, clock: SessionServices['clock']): Promise<T> => {
  for (const pause of pauses)
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof OutgoingError && error.passing)) throw error;
      await new Promise<void>((resolve) => clock.setTimeout(resolve, pause));
    }
  return ask();
};

const requestOf = ({ attributes, params, content }: ModuleEffect): Parameters<Fetch>[0] => ({
  url: asText(attributes['srcexpr']) ?? '',
  method: (asText(attributes['method']) ?? 'get').toLowerCase(),
  enctype: asText(attributes['enctype']),
  accept: asText(attributes['type']),
  timeout: attributes['timeout'],
  headers: attributes['headers'],
  params,
  content,
});

/** The two ends that every action has. ORS: `error` is the code where there is one. */
const settle = async (
  context: ActionContext,
  action: string,
  requestid: string,
  work: Promise<Readonly<Record<string, Data>>>,
): Promise<void> => {
  try {
    context.finish(`${action}.done`, { requestid, ...(await work) });
  } catch (error) {
    context.finish(`error.${action}`, { requestid, error: codeOf(error) ?? 'unknown', description: messageOf(error) });
  }
};

const codeOf = (error: unknown): string | undefined => {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' ? code : undefined;
};
