/** The built-in services that are asked by GET /genesys/1/service/<service>: which of them answers is their option `_service`. */
import { callbackError } from '../errors.js';
import { optionsOf } from '../resolve.js';
import { serviceNamed, type Services } from '../services.js';

/** Rejects with a CallbackError, or a Problem. */
export type AskService = (name: string, parameters: URLSearchParams) => Promise<object>;

/** `kinds`: by `_service`. */
export const builtins =
  (services: Services, kinds: Readonly<Record<string, AskService>>): AskService =>
  async (name, parameters) => {
    const options = optionsOf(serviceNamed(services, name), new Map());
    const kind = String(options.get('_service'));
    const ask = options.get('_type') === 'builtin' && Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;
    if (!ask) throw callbackError('notBuiltin', { service: name });
    return ask(name, parameters);
  };
