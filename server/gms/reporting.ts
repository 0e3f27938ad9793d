/**
 * What the callback services say of a callback to reporting: what its strategy is to know for that (`_reporting`), and the status
 * events whose cause is here: the guide, "Reference for Notification Events". Strategies tell all others. `../reporting/status.ts`
 * says which are wanted; `launch.ts` and `callbacks.ts` have the causes.
 *
 * 1. A notice is an entry of the outbox, written with the change of the record that it is about: told if and only if that is written.
 * 2. Its key is `callback/<id>/<changes of the record so far>/<sessions so far>/<event>`: whoever takes it takes it once. A session
 *    that follows another may change nothing else in the record; nor does another time, so that has its place in the outbox as well.
 */
import { fromData, toData } from '../../engine/datamodel/data.js';
import type { Data } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import type { Outbox } from '../host/outbox.js';
import { subscriptionOf, type Sections, type Subscription } from '../reporting/status.js';
import type { CallbackRecord, CallbackState, OutboxEntry } from '../store/port.js';
import { paramsOf } from './record.js';
import { submitAttempts } from './resubmission.js';
import { serviceNamed, type Services } from './services.js';

type Params = Readonly<Record<string, Data | undefined>>;

export interface ReportingNeeds {
  readonly outbox: Pick<Outbox, 'entry'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly services: Services;
  /** A transaction list by its name. */
  readonly lists: (name: string) => Sections | undefined;
}

/** Fields of its own, of each event whose cause is here. */
const fieldsOf = {
  _cbe_on_callback_scheduled: ['_desired_time', '_customer_number', '_v_queue'],
  _cbe_on_callback_rescheduled: ['_desired_time', '_customer_number', '_v_queue'],
  _cbe_on_callback_status_updated: ['_desired_time', '_customer_number', '_v_queue', '_urs_virtual_queue'],
  _cbe_on_callback_submitted: ['_desired_time', '_v_queue', '_urs_virtual_queue'],
  _cbe_on_callback_resubmitted: [],
  _cbe_on_callback_queued: ['_customer_number', '_v_queue', '_vq_for_outbound_calls'],
  _cbe_on_callback_submit_failed: [],
  _cbe_on_callback_cancelled: ['_desired_time', '_customer_number', '_v_queue'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type Notice = keyof typeof fieldsOf;

export interface Reports {
  /** `_reporting` of the session that executes the callback; `params` are its others, `before` the pairs of one that was lost. */
  ofSession(record: CallbackRecord, params: Params, before?: unknown): Data;
  /** `state`: of the record from now on. Nothing when nobody has asked for it, or the service is no more. */
  notices(record: CallbackRecord, state: CallbackState, ...names: readonly Notice[]): readonly OutboxEntry[];
}

export function reports({ outbox, clock, services, lists }: ReportingNeeds): Reports {
  const subscribed = (params: Params): Subscription | undefined => {
    const { _user_data: userData, ...options } = plain(params);
    return subscriptionOf({ ...(userData as Readonly<Record<string, unknown>>), ...options }, lists);
  };

  const entryOf = (name: Notice, record: CallbackRecord, params: Params, state: CallbackState, to: Subscription) => {
    const known = { ...params, _v_queue: params['_urs_virtual_queue'] } as Params;
    const own = fieldsOf[name].map((field) => [field, known[field]] as const);
    const fields = {
      event_id: name,
      timestamp: String(secondsOf(clock.now())),
      _service_id: record.id,
      _service_name: record.service,
      _callback_state: state,
      ...Object.fromEntries(own.filter(([, value]) => value !== undefined && value !== '')),
    };
    const key = `callback/${record.id}/${record.history.length}/${submitAttempts(record)}/${name}`;
    const entry = outbox.entry(key, undefined, {
      ...{ type: 'module', namespace: 'urn:ringback:callback', name: 'notify', requestid: key },
      ...{ params: {}, content: undefined, children: [], at: nowhere },
      attributes: { event: name, fields: toData(fields), to: toData(to) },
    });
    return name === '_cbe_on_callback_rescheduled' ? { ...entry, key: `${key}/${entry.seq}` } : entry;
  };

  return {
    ofSession: (record, params, before) =>
      toData({
        before,
        requested: secondsOf(record.createdAt),
        asked: Object.fromEntries(Object.entries(record.properties).filter(([name]) => name.startsWith('_cb_'))),
        originating: params['_originating_interaction_id'],
        outbound_queue: params['_vq_for_outbound_calls'],
        status: subscribed(params),
      }) ?? null,
    notices(record, state, ...names) {
      const params = paramsIn(record, services);
      const to = params && subscribed(params);
      return params && to ? names.map((name) => entryOf(name, record, params, state, to)) : [];
    },
  };
}

const secondsOf = (ms: number): number => Math.floor(ms / 1000);

/** It stands in no document. */
const nowhere = { line: 0, column: 0 };

const plain = (params: Params): Readonly<Record<string, unknown>> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)]));

/** A service may have changed, or be gone, since the callback was accepted. */
function paramsIn(record: CallbackRecord, services: Services): Params | undefined {
  try {
    return paramsOf(record, serviceNamed(services, record.service));
  } catch {
    return undefined;
  }
}
