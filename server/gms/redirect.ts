/**
 * `_redirect`: start requests of a service are handed to another one, whose answer is the client's. `callbacks.ts` starts.
 *
 * 1. One step: a service that others redirect to does not redirect.
 * 2. What the other one refuses is SERVICE_REDIRECT_FAILED with its message; a store that cannot write stays what it is.
 */
import { messageOf } from '../problems.js';
import { callbackError, isUnavailable } from './errors.js';
import type { Service, Services } from './services.js';

/** The name of the other service; undefined: it has none. */
export const redirectOf = (service: Service | undefined): string | undefined => {
  const name = service?.values.get('_redirect');
  return typeof name === 'string' && name !== '' ? name : undefined;
};

/** Answers what `start` does. Rejects with CallbackErrors. */
export const redirected = async <T>(services: Services, to: string, start: (to: string) => Promise<T>): Promise<T> => {
  try {
    if (redirectOf(services.get(to)) !== undefined)
      throw new Error(`the service ${to} redirects as well: name the service that starts`);
    return await start(to);
  } catch (error) {
    if (isUnavailable(error)) throw error;
    throw callbackError('redirectFailed', { message: messageOf(error) });
  }
};
