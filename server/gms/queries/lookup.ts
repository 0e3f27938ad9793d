/** Query-Callback by Lookup Properties: which properties may be asked for, and which records have them. */
import type { CallbackRecord, PropertyValue, Store } from '../../store/port.js';
import { desiredTimeOf } from '../desired-time.js';
import { callbackError } from '../errors.js';
import { keptForms } from '../guards/kept-number.js';
import { listOf } from '../request.js';
import { configuredText, type Service } from '../services.js';
import { oneValue } from './one-value.js';
import { ownCallbacks } from './own.js';
import { statesOf } from './states.js';

/** As many as are answered; who has more asks within a time. */
const MOST = 500;

const NUMBER = '_customer_number';

/** How the answer is narrowed, beside the properties. */
const narrowing = ['operand', '_callback_state', '_desired_time_from', '_desired_time_to'] as const;

/** Records of the service (all services when undefined) that have, or once had, these properties; by desired time. */
export async function lookUp(
  store: Pick<Store, 'findCallbacks'>,
  services: readonly Service[],
  service: Service | undefined,
  query: Readonly<Record<string, unknown>>,
): Promise<readonly CallbackRecord[]> {
  const narrowed = new Set<string>(narrowing);
  const asked = Object.fromEntries(Object.entries(query).filter(([name]) => !narrowed.has(name)));
  const properties = propertiesIn(asked, service ? lookupKeysOf(service) : [NUMBER]);
  const text = (name: (typeof narrowing)[number]) => oneValue(query, name);
  const [states, from, to] = [text('_callback_state'), text('_desired_time_from'), text('_desired_time_to')];
  const narrow = {
    any: isAny(text('operand')),
    ...(service && { services: [service.name] }),
    ...(states !== undefined && { states: statesOf(states) }),
    ...(from !== undefined && { from: desiredTimeOf(from, '_desired_time_from') }),
    ...(to !== undefined && { to: desiredTimeOf(to, '_desired_time_to') }),
    limit: MOST,
  };
  const forms = formsOf(properties, service ? [service] : services);
  const found = await Promise.all(forms.map((form) => ownCallbacks(store, { ...narrow, properties: form })));
  return merged(found);
}

/** The properties with each form in which the number may be kept. */
const formsOf = (properties: readonly PropertyValue[], services: readonly Service[]): readonly PropertyValue[][] => {
  const number = properties.find(({ name }) => name === NUMBER);
  if (!number) return [[...properties]];
  const others = properties.filter((each) => each !== number);
  return keptForms(services, number.value).map((value) => [{ name: NUMBER, value }, ...others]);
};

const merged = (found: readonly (readonly CallbackRecord[])[]): readonly CallbackRecord[] => {
  const [first = [], ...others] = found;
  if (others.length === 0) return first;
  const all = new Map(found.flat().map((record) => [record.id, record]));
  return [...all.values()].sort((a, b) => a.desiredTime - b.desiredTime).slice(0, MOST);
};

const propertiesIn = (asked: Readonly<Record<string, unknown>>, keys: readonly string[]): PropertyValue[] => {
  const entries = Object.entries(asked);
  if (entries.length === 0) throw callbackError('noLookup');
  return entries.map(([name, value]) => {
    if (keys.includes(name) && typeof value === 'string') return { name, value };
    throw callbackError('noSuchLookup', { properties: asked });
  });
};

const isAny = (operand = 'AND'): boolean => {
  if (operand === 'AND' || operand === 'OR') return operand === 'OR';
  throw callbackError('badParameter', { message: `Parameter operand is ${JSON.stringify(operand)}, allowed: AND, OR` });
};

const lookupKeysOf = (service: Service): readonly string[] =>
  ['_customer_lookup_keys', '_mandatory_customer_lookup_keys'].flatMap((name) => listOf(configuredText(service, name)));
