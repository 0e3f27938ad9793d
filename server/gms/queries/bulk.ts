/** Many callbacks are cancelled by an operator: in parts, so that others are answered in between. */
import { setImmediate } from 'node:timers/promises';
import { callbackError, isUnavailable } from '../errors.js';
import { failed, type Results } from './results.js';

/** Under way together. */
const PART = 32;
const MOST = 100_000;

export async function cancelAll(body: unknown, cancel: (id: string) => Promise<void>): Promise<Results> {
  const ids = idsIn(body);
  const [success, errors]: [Record<string, string>[], Readonly<Record<string, unknown>>[]] = [[], []];
  const one = async (id: string): Promise<void> => {
    try {
      await cancel(id);
      success.push({ _id: id });
    } catch (error) {
      if (isUnavailable(error)) throw error;
      errors.push(failed({ _id: id }, error));
    }
  };
  for (let at = 0; at < ids.length; at += PART) {
    await Promise.all(ids.slice(at, at + PART).map(one));
    await setImmediate();
  }
  return { success, errors };
}

const idsIn = (body: unknown): readonly string[] => {
  const { ids } = (body ?? {}) as { readonly ids?: unknown };
  if (Array.isArray(ids) && ids.length <= MOST && ids.every((id) => typeof id === 'string')) return [...new Set(ids)];
  throw callbackError('badParameter', { message: `Parameter ids must be a list of at most ${MOST} callback ids` });
};
