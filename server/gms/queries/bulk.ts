/** Many callbacks are cancelled by an operator: in parts, so that others are answered in between. */
import { setImmediate } from 'node:timers/promises';
import { callbackError } from '../errors.js';
import { ResultList, type Results } from './results.js';

/** Under way together: few enough that nobody waits long for their turn, enough that their writes share commits. */
const PART = 8;
const MOST = 100_000;

export async function cancelAll(body: unknown, cancel: (id: string) => Promise<void>): Promise<Results> {
  const ids = idsIn(body);
  const results = new ResultList();
  for (let at = 0; at < ids.length; at += PART) {
    await Promise.all(ids.slice(at, at + PART).map((id) => results.try(id, cancel)));
    await setImmediate();
  }
  return results;
}

const idsIn = (body: unknown): readonly string[] => {
  const { ids } = (body ?? {}) as { readonly ids?: unknown };
  if (Array.isArray(ids) && ids.length <= MOST && ids.every((id) => typeof id === 'string')) return [...new Set(ids)];
  throw callbackError('badParameter', { message: `Parameter ids must be a list of at most ${MOST} callback ids` });
};
