/**
 * Bodies of requests: JSON, forms and multipart forms become the same thing, a `Body`. `app.ts` puts `readBody` before all
 * routers; routes take what it read with `bodyOf(request)`.
 *
 * 1. What the client sent is read or refused, never half of it: unknown types, files and broken JSON are problems.
 * 2. Values from forms are strings; a field that is given more than once is a list of strings. JSON keeps its values.
 * 3. Field names such as `__proto__` are fields: objects of forms have no prototype, and nothing is assigned by a name here.
 */
import express, { type Request, type RequestHandler, type Response } from 'express';
import multer, { type MulterError } from 'multer';
import { parse } from 'node:querystring';
import { isDeeperThan, JsonError, parseJson } from './json.js';
import { bodyProblem, problem, type Problem } from './problems.js';

export interface Body {
  /** The media type, in lower case, without parameters. */
  readonly type: string;
  /** As it was sent; '' for multipart. */
  readonly text: string;
  readonly value: unknown;
}

const FORM = 'application/x-www-form-urlencoded';
const MULTIPART = 'multipart/form-data';
const FIELDS_DEEP = 200;

const bodies = new WeakMap<Request, Body>();

/** Undefined when the request has no body, or an empty one. */
export const bodyOf = (request: Request): Body | undefined => bodies.get(request);

/** Names and values of a query string or a form. */
export const fieldsOf = (text: string): Readonly<Record<string, unknown>> => parse(text, '&', '=', { maxKeys: 0 });

const typeOf = ({ headers }: Pick<Request, 'headers'>): string =>
  (headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';

const isJson = (type: string): boolean => type === 'application/json' || type.endsWith('+json');

const hasBody = ({ headers }: Request): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

const valueOf = (type: string, text: string): unknown => {
  if (!isJson(type)) return fieldsOf(text);
  try {
    return parseJson(text);
  } catch (error) {
    if (!(error instanceof JsonError)) throw error;
    throw bodyProblem(error.message, { message: error.reason, ...error.at });
  }
};

/** A field `a[9999999]` makes a list of that length. */
const hasHoles = (value: unknown): boolean => {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value) && Object.keys(value).length < value.length) return true;
  return Object.values(value).some(hasHoles);
};

const multipartValue = (value: unknown): unknown => {
  if (isDeeperThan(value, FIELDS_DEEP)) throw problem('BODY_MALFORMED', `fields are nested deeper than ${FIELDS_DEEP}`);
  if (hasHoles(value)) throw problem('BODY_MALFORMED', 'the numbers of a list of fields must follow each other from 0');
  return value ?? {};
};

/** Reads a body of one type; undefined for an empty one. Throws Problems. */
type Reader = (request: Request, response: Response) => Promise<Body | undefined>;

const run = (reader: RequestHandler, request: Request, response: Response): Promise<void> =>
  new Promise((done, fail) => {
    void reader(request, response, (error?: unknown) => {
      if (error instanceof Error) fail(error);
      else done();
    });
  });

const textReader = (limit: number): Reader => {
  const reader = express.text({ type: () => true, limit, defaultCharset: 'utf-8' });
  return async (request, response) => {
    await run(reader, request, response);
    const type = typeOf(request);
    const text = typeof request.body === 'string' ? request.body : '';
    return text.trim() === '' ? undefined : { type, text, value: valueOf(type, text) };
  };
};

const multipartReader = (limit: number): Reader => {
  const reader = multer({ limits: { fieldSize: limit, fields: 1000 } }).none();
  return async (request, response) => {
    // Without a length there is no limit to all fields together.
    const length = request.headers['content-length'];
    if (length === undefined) throw problem('LENGTH_REQUIRED');
    if (Number(length) > limit) throw problem('BODY_TOO_LARGE', limit);
    await run(reader, request, response).catch((error: unknown) => {
      throw multipartProblem(error);
    });
    return { type: MULTIPART, text: '', value: multipartValue(request.body) };
  };
};

/** Whatever multer cannot read, or busboy below it. */
const multipartProblem = (error: unknown): Problem => {
  const { message, field } = error as MulterError;
  return problem('BODY_MALFORMED', field === undefined ? message : `${message} (field ${field})`);
};

/** What body-parser refused, as a Problem; undefined for any other error. */
export const refusalOf = (error: unknown, request: Request): Problem | undefined => {
  const { status, message, limit } = (error ?? {}) as { status?: number; message?: string; limit?: number };
  if (status === 413) return problem('BODY_TOO_LARGE', limit ?? 0);
  if (status === 415) return unsupported(request);
  return status === 400 ? problem('BODY_MALFORMED', message ?? 'it is incomplete') : undefined;
};

const unsupported = ({ headers }: Request): Problem => {
  const parts = [headers['content-type'], headers['content-encoding']].filter((part) => part !== undefined);
  return problem('CONTENT_TYPE_UNSUPPORTED', parts.join(', '));
};

export const readBody = (limit: number): RequestHandler => {
  const text = textReader(limit);
  const multipart = multipartReader(limit);
  const readerOf = (type: string): Reader | undefined => {
    if (type === MULTIPART) return multipart;
    return isJson(type) || type === FORM ? text : undefined;
  };
  return async (request, response, next) => {
    if (hasBody(request)) {
      const reader = readerOf(typeOf(request));
      if (!reader) throw unsupported(request);
      const body = await reader(request, response);
      if (body) bodies.set(request, body);
    }
    next();
  };
};
