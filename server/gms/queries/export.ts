/** Export Cancelled Callback Records: those that ended for a reason, as a table. */
import type { CallbackRecord, Store } from '../../store/port.js';
import { callbackError } from '../errors.js';
import { listOf } from '../request.js';
import type { Services } from '../services.js';
import { csv } from './csv.js';
import { fieldsOf } from './fields.js';
import { pages } from './pages.js';

const DAY = 86_400_000;
/** The guide: "from the last 30 days to the next 15 days". */
const [BACK, AHEAD] = [30 * DAY, 15 * DAY];

/** As in the guide's example, which has the underscores that its text has lost. */
const usual = [
  '_desired_time',
  '_service_name',
  '_customer_number',
  '_target',
  '_vq_for_outbound_calls',
  '_urs_virtual_queue',
];

/** undefined when there are none. */
export async function exportCancelled(
  store: Pick<Store, 'findCallbacks'>,
  { services, shows }: { readonly services: Services; readonly shows: (service: string) => boolean },
  body: unknown,
  now: number,
): Promise<string | undefined> {
  const { callback_reason: reason, exported_properties: properties } = (body ?? {}) as Readonly<
    Record<string, unknown>
  >;
  if (typeof reason !== 'string' || reason === '')
    throw callbackError('badParameter', { message: 'Callback reason is missing.' });
  const asked = namesIn(properties);
  const names = asked.length > 0 ? asked : usual;
  const rowOf = (record: CallbackRecord): string[] => {
    const field = fieldsOf(record, services);
    return names.map((name) => field(name) ?? '');
  };
  const rows: string[][] = [];
  const query = { states: ['COMPLETED'], from: now - BACK, to: now + AHEAD, limit: Infinity } as const;
  for await (const page of pages(store, query))
    rows.push(...page.filter((record) => record.reason === reason && shows(record.service)).map(rowOf));
  return rows.length === 0 ? undefined : csv([names, ...rows]);
}

/** A list of names, or of texts with commas, as in the guide. */
const namesIn = (given: unknown): readonly string[] =>
  [given].flat().flatMap((text) => (typeof text === 'string' ? listOf(text.replace(/^\[|\]$/g, '')) : []));
