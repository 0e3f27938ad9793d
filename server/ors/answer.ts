/** How `routes.ts` answers: what a session holds as JSON, and a strategy's `<ws:response>` as an HTTP answer. */
import { toJson } from '../../engine/datamodel/json.js';
import type { Data } from '../../engine/event.js';
import type { Reply } from '../host/port.js';
import { messageOf, problem } from '../problems.js';

export interface Answer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text goes as it is, anything else as JSON. */
  readonly body: unknown;
}

/** Throws SESSION_NOT_SHOWN when JSON has no form for it. */
export const shown = (id: string, value: Data | undefined): Data => {
  try {
    return toJson(value);
  } catch (error) {
    throw problem('SESSION_NOT_SHOWN', id, messageOf(error));
  }
};

/**
 * A result code is the status where it is one: 2xx of a positive answer, 4xx or 5xx of a negative. Whatever it is, the client
 * has it in `Ringback-Result-Code`.
 */
const statusOf = ({ type, resultcode = '' }: Reply): number => {
  if (type === 'positive') return /^2\d\d$/.test(resultcode) ? Number(resultcode) : 200;
  return /^[45]\d\d$/.test(resultcode) ? Number(resultcode) : 400;
};

/** What documents of others send is not this server's own: it runs nothing in a browser. */
const foreign = { 'Content-Security-Policy': "sandbox; default-src 'none'" };

export const answerOf = (id: string, reply: Reply): Answer => {
  const { resultcode, params, content, contenttype } = reply;
  const status = statusOf(reply);
  const code = resultcode !== undefined && { 'Ringback-Result-Code': encodeURIComponent(resultcode.slice(0, 256)) };
  if (content === undefined) {
    const given = Object.entries(params).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]]));
    const body = Object.fromEntries(given.map(([name, value]) => [name, shown(id, value as Data)])) as unknown;
    return { status, headers: { ...code }, body };
  }
  const isText = typeof content === 'string';
  const type = contenttype ?? (isText ? 'text/plain' : 'application/json');
  const body = isText ? content : JSON.stringify(shown(id, content));
  return { status, headers: { ...code, ...foreign, 'Content-Type': type }, body };
};
