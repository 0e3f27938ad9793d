/** Callbacks of this server: of those that it only executes another one tells (`../../execution/guests.ts`). */
import { isGuest } from '../../execution/guests.js';
import type { CallbackQuery, CallbackRecord, Store } from '../../store/port.js';

/** A page of them. */
export async function ownCallbacks(
  store: Pick<Store, 'findCallbacks'>,
  query: CallbackQuery,
): Promise<readonly CallbackRecord[]> {
  const page = await store.findCallbacks(query);
  const own = page.filter((record) => !isGuest(record));
  const last = page.at(-1);
  if (own.length === page.length || !last || page.length < query.limit) return own;
  return [...own, ...(await ownCallbacks(store, { ...query, after: last, limit: query.limit - own.length }))];
}
