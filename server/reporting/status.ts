/**
 * Which status events of a callback are told, to whom, and what they say: the guide, "Enable Status Notifications". A callback
 * that asks for them has one subscription for its whole life, made by `../gms/reporting.ts`; strategies pass it on. Pure.
 *
 * 1. A transaction list (`_callback_events_list`) has a section for each event that is wanted, and no other event is told. Without
 *    one all are, with all their fields.
 * 2. What the service or the request sets wins over the list's `properties`.
 * 3. `notify_params` picks fields of the event, and what was known of the callback when it began; `notify_custom` is added. What says
 *    which event of which callback it is stays in any case.
 */
type Fields = Readonly<Record<string, unknown>>;
/** The sections of a transaction list. */
export type Sections = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Where it is to be sent. */
export interface Target {
  /** `subscribe_notify`: the server subscribes for the target. */
  readonly mode: 'subscribe_notify' | 'notify';
  /** `httpcb`: the target is a URL; `orscb`: a session. */
  readonly type: string;
  readonly target: string;
  /** '' is the default one. */
  readonly provider: string;
}

interface Wanted {
  /** undefined: all. */
  readonly params?: readonly string[];
  readonly custom: Fields;
}

export interface Subscription extends Target {
  readonly events?: Readonly<Record<string, Wanted>>;
  /** Of what the events pick, that which is known of the callback from its beginning. */
  readonly values: Fields;
}

const ALWAYS = ['event_id', 'timestamp', '_service_id', '_service_name', '_callback_state'];

/** `known`: options, what the request brought, user data. undefined when nothing is to be told. */
export const subscriptionOf = (known: Fields, listNamed: (name: string) => Sections | undefined) => {
  const sections = listNamed(textIn(known, '_callback_events_list')) ?? {};
  const { properties = {}, ...events } = sections;
  const set = (name: string): string => textIn(known, name) || textIn(properties, name);
  const [asked, listed] = [known, properties].map((fields) => textIn(fields, '_enable_status_notification'));
  const mode = [asked, listed].find((one) => one === 'subscribe_notify' || one === 'notify');
  if (mode === undefined) return undefined;
  const wanted = Object.entries(events).map(([name, section]) => [name, wantedOf(section)] as const);
  const picked = new Set(wanted.flatMap(([, { params = [] }]) => params));
  return {
    mode,
    type: set('_status_notification_type') || 'httpcb',
    target: set('_status_notification_target'),
    provider: set('_status_notification_provider'),
    ...(wanted.length > 0 && { events: Object.fromEntries(wanted) }),
    values: Object.fromEntries(Object.entries(known).filter(([name]) => picked.has(name))),
  } satisfies Subscription;
};

export const targetOf = ({ mode, type, target, provider }: Subscription): Target => ({ mode, type, target, provider });

/** What is told of an event (3); undefined when it is not wanted. */
export const toldOf = ({ events, values }: Subscription, name: string, fields: Fields): Fields | undefined => {
  if (!events) return fields;
  const wanted = Object.hasOwn(events, name) ? events[name] : undefined;
  if (!wanted) return undefined;
  const { params = Object.keys(fields), custom } = wanted;
  const all: Fields = { ...values, ...fields };
  const names = [...new Set([...ALWAYS, ...params])].filter((one) => all[one] !== undefined);
  return { ...Object.fromEntries(names.map((one) => [one, all[one]])), ...custom };
};

const wantedOf = ({ notify_params: params, notify_custom: custom = '' }: Readonly<Record<string, string>>): Wanted => ({
  ...(params !== undefined && {
    params: params
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
  }),
  custom: objectIn(custom),
});

/** What is no JSON object adds nothing. */
const objectIn = (text: string): Fields => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
  } catch {
    return {};
  }
};

const textIn = (fields: Fields, name: string): string => {
  const value = Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' ? value.trim() : '';
};
