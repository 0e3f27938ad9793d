/** A callback that loses its session: `steps.ts` writes, with the end of the session, what starts the callback again. */
import type { OutboxEntry, Store } from '../store/port.js';
import type { Origin } from './live.js';
import type { Outbox } from './outbox.js';
import { isMain } from './writes.js';

interface Needs {
  readonly store: Pick<Store, 'interactions'>;
  readonly outbox: Pick<Outbox, 'entry'>;
}

/** undefined: the session executes no callback. With the calls that it has, before they are released. */
export const startAgain = async (origin: Origin, { store, outbox }: Needs): Promise<OutboxEntry | undefined> => {
  const { sessionid, callback: id } = origin;
  if (id === undefined || !isMain(origin)) return undefined;
  const interactions = await store.interactions().catch(() => []);
  const calls = interactions.filter((each) => each.sessionid === sessionid).map(({ interactionid }) => interactionid);
  return outbox.entry(`callback/${id}/${sessionid}`, id, { type: 'callback', id, calls });
};
