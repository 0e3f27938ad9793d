/** Query Counter Watermarks: how many callbacks of each service are being executed. */
import { executedStates, type CallbackRecord, type Store } from '../../store/port.js';
import type { Services } from '../services.js';
import { pages } from './pages.js';
import { targetsOf } from './targets.js';

/** Who has been in one state for longer is not counted any more. */
const LONGEST = 3 * 3_600_000;

export async function watermarks(
  store: Pick<Store, 'findCallbacks'>,
  services: Services,
  names: unknown,
  now: number,
): Promise<{ readonly total: number; readonly services: Readonly<Record<string, number>> }> {
  const asked = targetsOf(services, names);
  const counts = new Map(asked.map((name) => [name, 0]));
  for await (const page of pages(store, { services: asked, states: executedStates, limit: Infinity }))
    for (const record of page)
      if (now - lastChangeOf(record) <= LONGEST) counts.set(record.service, (counts.get(record.service) ?? 0) + 1);
  return { total: [...counts.values()].reduce((sum, count) => sum + count, 0), services: Object.fromEntries(counts) };
}

const lastChangeOf = ({ history, createdAt }: CallbackRecord): number => history.at(-1)?.at ?? createdAt;
