/** Many callbacks in parts, so that others are answered in between. Neighbour: `own.ts`. */
import { setImmediate } from 'node:timers/promises';
import type { CallbackQuery, CallbackRecord, Store } from '../../store/port.js';
import { ownCallbacks } from './own.js';

/** Records that are read without leaving others their turn: some milliseconds. */
const PART = 200;

/** At most `limit` of them. */
export async function* pages(
  store: Pick<Store, 'findCallbacks'>,
  query: CallbackQuery,
): AsyncGenerator<readonly CallbackRecord[]> {
  let { after, limit } = query;
  while (limit > 0) {
    const asked = Math.min(PART, limit);
    const page = await ownCallbacks(store, { ...query, ...(after && { after }), limit: asked });
    yield page;
    if (page.length < asked) return;
    after = page.at(-1);
    limit -= page.length;
    await setImmediate();
  }
}
