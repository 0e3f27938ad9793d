/**
 * Holds what a server answers to its OpenAPI description: each client of the HTTP tests passes its answers through here, so that
 * all that those tests ask is asked of the description, too. `contract.test.ts` holds that it can fail.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { AxiosInstance } from 'axios';
import { description } from '../../../server/openapi/description.js';
import type { Method, Operation } from '../../../server/openapi/operation.js';

const ROOT = 'urn:ringback:openapi';
const ajv = new Ajv2020({ strict: false, allErrors: true });
ajv.addSchema({ $id: ROOT, ...description });

export interface Answered {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly type: string;
  /** As it came. */
  readonly text: string;
}

/** `/genesys/1/ors//scxml//session/start/?a=1` is `/scxml/session/start`. */
const plain = (path: string): string =>
  path
    .replace(/[?#].*$/s, '')
    .replace(/\/+/g, '/')
    .replace(/(?<=.)\/$/, '')
    .replace(/^\/genesys\/1\/ors(?=\/scxml)/, '')
    .replace(/^\/genesys\/1(?=\/ors\/(?:help|heartbeat))/, '');

const parametersIn = (template: string): number => template.split('{').length;

/** What is named goes before what may be anything. OpenAPI 3.1, Path Templating Matching */
const byNames = Object.keys(description.paths).sort((one, other) => parametersIn(one) - parametersIn(other));
const templates = byNames.map((template) => ({
  template,
  pattern: new RegExp(`^${template.replaceAll('.', '\\.').replace(/\{\w+\}/g, '[^/]+')}$`),
}));

interface Described {
  readonly at: string;
  readonly operation: Operation;
}

/** The description of what was asked; undefined: there is none, and then nothing answers it. */
const operationOf = (path: string, method: string): Described | undefined => {
  const name = method.toLowerCase() as Method;
  const matching = templates.filter(({ pattern }) => pattern.test(plain(path)));
  const template = matching.map((each) => each.template).find((each) => description.paths[each]?.[name]);
  const operation = template === undefined ? undefined : description.paths[template]?.[name];
  if (template === undefined || !operation) return undefined;
  return { at: `paths/${template.replaceAll('/', '~1')}/${name}`, operation };
};

/** What is wrong with the answer; undefined: nothing. */
export const breach = (answered: Answered): string | undefined => {
  const { method, path, status, type, text } = answered;
  const found = operationOf(path, method);
  const wrong = found ? unlike(answered, found) : status < 400 && isOurs(path) && 'it is not described';
  return wrong === false || wrong === undefined
    ? undefined
    : `${method} ${path} answers ${status} ${type}, but ${wrong}: ${text.slice(0, 300)}`;
};

const unlike = ({ status, type, text }: Answered, { at, operation }: Described): string | undefined => {
  const row = [String(status), `${Math.floor(status / 100)}XX`].find((each) => each in operation.responses);
  if (row === undefined) return 'its description does not have this status';
  const media = operation.responses[row]?.content;
  if (!media) return text === '' ? undefined : 'it is to have no body';
  const known = [bare(type), '*/*'].find((each) => each in media);
  if (known === undefined) return `it is to be ${Object.keys(media).join(' or ')}`;
  return known === 'application/json'
    ? unfit(`${at}/responses/${row}/content/application~1json/schema`, text)
    : undefined;
};

const bare = (type: string): string => type.replace(/ *;.*$/s, '');

const unfit = (pointer: string, text: string): string | undefined => {
  const validate = ajv.compile({ $ref: encodeURI(`${ROOT}#/${pointer}`) });
  return validate(JSON.parse(text)) ? undefined : ajv.errorsText(validate.errors);
};

const isOurs = (path: string): boolean =>
  /^\/(?:scxml|genesys|ors|agents|ringback|health|metrics|openapi|docs)\b/.test(plain(path));

/** Every answer that this client gets has to be as described. */
export const heldToDescription = (http: AxiosInstance): AxiosInstance => {
  http.interceptors.response.use((response) => {
    const { config, status, headers } = response;
    const data: unknown = response.data;
    const text = typeof data === 'string' ? data : JSON.stringify(data);
    const type = String(headers['content-type'] ?? '');
    const method = (config.method ?? 'get').toUpperCase();
    const wrong = breach({ method, path: pathOf(config.url ?? ''), status, type, text });
    if (wrong !== undefined) throw new Error(wrong);
    return response;
  });
  return http;
};

const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/]+/, '');
