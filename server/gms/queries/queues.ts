/** Query-Callback by Queue(s): the callbacks of services within a time, by service. */
import type { CallbackFilter, CallbackRecord, PropertyValue, Store } from '../../store/port.js';
import type { Answer } from '../answer.js';
import { desiredTimeOf } from '../desired-time.js';
import { callbackError } from '../errors.js';
import type { Services } from '../services.js';
import { namedFields } from './fields.js';
import { oneValue } from './one-value.js';
import { pages } from './pages.js';
import { statesOf } from './states.js';
import { targetsOf } from './targets.js';

/** `filter-keys` and `returned-keys` of the guide. */
interface QueryKeys {
  /** What may be asked for besides. */
  readonly filter: readonly string[];
  /** What is answered besides. */
  readonly returned: readonly string[];
}

export interface QueueNeeds {
  readonly store: Pick<Store, 'findCallbacks'>;
  readonly services: Services;
  readonly keys: QueryKeys;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Without a start: what is due soon, and what should have been of late. */
const LATELY = HOUR / 4;
const WIDEST = 366 * DAY;
/** Of each queue: by default as in the guide, and at most what its table shows. */
const [USUAL, MOST] = [500, 100_000];

type Query = Readonly<Record<string, unknown>>;

export async function queryQueues(needs: QueueNeeds, query: Query, now: number): Promise<object> {
  const { store, services, keys } = needs;
  const { filter, keeps } = filterOf(query, keys.filter);
  const asked = { ...filter, ...rangeOf(query, now), limit: mostOf(oneValue(query, 'max')) };
  const queues: Record<string, Answer[]> = {};
  for (const service of targetsOf(services, query['target'])) {
    const found: Answer[] = [];
    for await (const page of pages(store, { ...asked, services: [service] }))
      found.push(...page.filter(keeps).map((record) => queuedAnswer(record, keys.returned, services)));
    if (found.length > 0 || query['target'] !== undefined) queues[service] = found;
  }
  return queues;
}

const queuedAnswer = (record: CallbackRecord, returned: readonly string[], services: Services): Answer => {
  const names = ['_customer_number', '_callback_state', '_desired_time', '_id', '_callback_reason', ...returned];
  return {
    ...namedFields(record, names, services),
    url: `/1/service/callback/${encodeURIComponent(record.service)}/${record.id}`,
  };
};

const rangeOf = (query: Query, now: number): { readonly from: number; readonly to: number } => {
  const [start, end] = [oneValue(query, 'start_time'), oneValue(query, 'end_time')];
  const from = start === undefined ? now - LATELY : desiredTimeOf(start, 'start_time');
  const to = end === undefined ? Math.max(now, from) + DAY : desiredTimeOf(end, 'end_time');
  if (to - from <= WIDEST) return { from, to };
  throw callbackError('tooWide', { span: (to - from) / 1000, allowed: WIDEST / 1000 });
};

const mostOf = (given = String(USUAL)): number => {
  const most = /^\d{1,6}$/.test(given) ? Number(given) : 0;
  if (most >= 1 && most <= MOST) return most;
  throw callbackError('badParameter', { message: `Parameter max must be a whole number from 1 to ${MOST}` });
};

const named = ['target', 'start_time', 'end_time', 'states', 'max'];

/** What is asked by keys, and the part of it that the store does not know. */
const filterOf = (query: Query, keys: readonly string[]) => {
  const others = Object.keys(query).filter((name) => !named.includes(name) && /^_\w|^filter$/.test(name));
  const properties: PropertyValue[] = [];
  const states = [oneValue(query, 'states')];
  let reason: string | undefined;
  for (const name of others) {
    const value = oneValue(query, name) ?? '';
    if (!keys.includes(name)) throw callbackError('badFilter', { filter: name });
    if (name === '_callback_state') states.push(value);
    else if (name === '_callback_reason') reason = value;
    else properties.push({ name, value });
  }
  const sets = states.filter((each) => each !== undefined).map(statesOf);
  const [first, ...more] = sets;
  const both = first?.filter((state) => more.every((set) => set.includes(state)));
  const filter: CallbackFilter = { ...(properties.length > 0 && { properties }), ...(both && { states: both }) };
  return { filter, keeps: (record: CallbackRecord) => reason === undefined || record.reason === reason };
};
