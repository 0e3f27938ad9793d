/**
 * The Basic HTTP Event I/O Processor, both ends of it. SCXML C.2. The host uses it as a Processor; `app.ts` mounts its router
 * ahead of the body reader, since a message may have any type.
 */
import express, { type Request, type Router } from 'express';
import { fromData } from '../../engine/datamodel/data.js';
import { textData } from '../../engine/compile/inline.js';
import type { SendEffect } from '../../engine/effect.js';
import { HTTP_PROCESSOR, type Data, type ScxmlEvent } from '../../engine/event.js';
import { Undelivered, type Processor } from '../host/processor.js';
import { keyOf } from '../idempotency.js';
import { messageOf } from '../problems.js';
import { OutgoingError, REPEATABLE, type Outgoing } from './outgoing.js';

export interface BasicHttpOptions {
  /** Where this server is reached, without a slash at the end. */
  readonly url: () => string;
  /** Takes a message for a session, once for an `id`; rejects with a Problem when there is no such session. */
  readonly deliver: (sessionid: string, event: ScxmlEvent, id: string | undefined) => Promise<void>;
  readonly ask: Outgoing;
  /** Milliseconds. */
  readonly timeout: number;
  /** Bytes of a message that comes in. */
  readonly limit: number;
}

const FORM = 'application/x-www-form-urlencoded';
const NAME = '_scxmleventname';

export class BasicHttp implements Processor {
  readonly type = HTTP_PROCESSOR;
  readonly router: Router;

  constructor(private readonly options: BasicHttpOptions) {
    this.router = express.Router();
    const body = express.text({ type: () => true, limit: options.limit, defaultCharset: 'utf-8' });
    this.router.post('/scxml/session/:sessionid/basichttp', body, async (request, response) => {
      await options.deliver(request.params.sessionid, toEvent(request), keyOf(request));
      response.status(200).end();
    });
  }

  entries(sessionid: string): [string, { location: string }][] {
    const entry = { location: `${this.options.url()}/scxml/session/${sessionid}/basichttp` };
    return [
      ['basichttp', entry],
      [HTTP_PROCESSOR, entry],
    ];
  }

  async send(effect: SendEffect, key: string): Promise<void> {
    const { type, body } = message(effect);
    const { ask, timeout } = this.options;
    const url = effect.target ?? '';
    const headers = { 'content-type': type, [REPEATABLE]: key };
    const asked = ask({ url, method: 'post', headers, data: body, timeoutMs: timeout });
    const { status } = await asked.catch((error: unknown) => {
      throw error instanceof OutgoingError && error.passing ? new Undelivered(messageOf(error)) : error;
    });
    if (busy.has(status)) throw new Undelivered(`it was not taken: HTTP ${status}`);
    if (status < 200 || status > 299) throw new Error(`it was not taken: HTTP ${status}`);
  }
}

/** A receiver that may take it another time. */
const busy = new Set([429, 502, 503, 504]);

interface Message {
  readonly type: string;
  readonly body: string;
}

/** Content is the body; otherwise the event's name and the parameters are a form. SCXML C.2.1 */
const message = ({ event, body, repeated }: SendEffect): Message => {
  const { name, data } = event;
  if (body) return contentMessage(data);
  const form = new URLSearchParams(name === '' ? {} : { [NAME]: name });
  const fields =
    repeated?.map(([key, value]) => [key, fromData(value)] as const) ??
    Object.entries((fromData(data) ?? {}) as Record<string, unknown>);
  for (const [key, value] of fields)
    form.append(key, typeof value === 'string' ? value : JSON.stringify(value ?? null));
  return { type: FORM, body: form.toString() };
};

const contentMessage = (data: Data | undefined): Message => {
  if (typeof data === 'string') return { type: FORM, body: encodeURIComponent(data) };
  const xml = data !== null && typeof data === 'object' ? (data as { readonly $xml?: unknown }).$xml : undefined;
  if (typeof xml === 'string') return { type: 'application/xml', body: xml };
  return { type: 'application/json', body: JSON.stringify(fromData(data) ?? null) };
};

/** SCXML C.2.2: the name is in the form, or `HTTP.POST`; the other fields, or the body, are the data. */
const toEvent = (request: Request): ScxmlEvent => {
  const text = typeof request.body === 'string' ? request.body : '';
  const raw = `${request.method} ${request.originalUrl} HTTP/${request.httpVersion}\n\n${text}`;
  const shared = { type: 'external', origintype: HTTP_PROCESSOR, raw } as const;
  const isForm = request.is(FORM) !== false && text.includes('=');
  const fields = isForm ? Object.fromEntries(new URLSearchParams(text)) : {};
  const { [NAME]: name = `HTTP.${request.method}`, ...params } = fields;
  if (isForm) return { ...shared, name, data: Object.keys(params).length > 0 ? params : undefined };
  return { ...shared, name, data: text === '' ? undefined : textData(safeDecode(text)) };
};

const safeDecode = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};
