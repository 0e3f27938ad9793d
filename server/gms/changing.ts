/**
 * A callback is changed by its id: Reschedule-Callback of the guide, and what is said of it by whoever executes it. `callbacks.ts` finds it
 * and lets nobody else change it meanwhile; `bookings.ts` writes what starts it at another time.
 *
 * 1. What it is to be passes what a start passes: keys, number, options, office hours, a place in the slot. Its own place is its own.
 * 2. One that its agent has made SCHEDULED has a session, which waits: that one is told, and says its new time itself.
 * 3. What waits to be executed here is executed: nobody else says that it is.
 */
import type { Clock } from '../clock.js';
import { urlOf, type Execution } from '../execution/remote.js';
import type { Outbox } from '../host/outbox.js';
import { isObject } from '../json.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { CallbackRecord, CallbackState, CallbackUpdate, Store, Write } from '../store/port.js';
import type { Booking } from './availability/booking.js';
import { unbook, waits, written, type Bookings } from './bookings.js';
import { callbackError, isUnavailable } from './errors.js';
import type { Guards } from './guards/guards.js';
import type { LaunchNeeds } from './launch.js';
import { isEmpty } from './option.js';
import { bufferMs, propertiesIn, recordOf, requestFor, stateIn } from './record.js';
import type { Reports } from './reporting.js';
import { missingIn, requestOf, textOf, type CallbackRequest } from './request.js';
import { resolve, type Options } from './resolve.js';
import type { Services } from './services.js';

interface ChangingNeeds {
  readonly execution: Pick<Execution, 'of'>;
  readonly store: Pick<Store, 'callback' | 'commit'>;
  readonly outbox: Pick<Outbox, 'perform'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly services: Services;
  readonly wait?: LaunchNeeds['wait'];
  readonly guarded: Pick<Guards, 'admit' | 'move'>;
  readonly booked: Booking;
  readonly entered: Pick<Bookings, 'move'>;
  readonly reports: Pick<Reports, 'notices'>;
  readonly log: Pick<Log, 'info' | 'error'>;
}

/** Rejects with a CallbackError: nothing has changed then. */
export type Change = (record: CallbackRecord, body: unknown) => Promise<void>;

const NEW_TIME = '_new_desired_time';
/** What its execution says of it. Neither is kept as a property. */
const SAID = ['_callback_state', '_reason'];

/** Who says so executes callbacks, or looks after them: not who has asked for one. Of whatever body. */
export const saysState = (body: unknown): boolean =>
  isObject(body) && isEmpty(body[NEW_TIME]) && SAID.some((name) => Object.hasOwn(body, name));

export const changing = (needs: ChangingNeeds): Change => {
  const { execution, store, outbox, clock, services, guarded, booked, entered, reports, log } = needs;

  /** 1. The request that it would be made by, with these changes. */
  function admitted(record: CallbackRecord, changes: CallbackRequest) {
    const { id, customerNumber } = record;
    const service = services.get(record.service);
    if (!service) throw callbackError('invalidService', { id });
    const asked = new Map([...requestFor(record), ...changes]);
    const options = resolve(service, asked);
    const missing = missingIn(asked, String(options.get('_mandatory_customer_lookup_keys')));
    if (missing.length > 0) throw callbackError('keysMissing', { id, keys: missing.join(',') });
    const request = guarded.admit(service.name, asked, options);
    const given = textOf(request, '_customer_number');
    const number = given === customerNumber ? undefined : given;
    const update: CallbackUpdate = {
      at: clock.now(),
      properties: propertiesIn(new Map([...changes].filter(([name]) => request.has(name)))),
      ...(number !== undefined && { customerNumber: number }),
    };
    return { service, request, options, number, update };
  }

  async function rescheduled(record: CallbackRecord, changes: CallbackRequest, time: string): Promise<void> {
    const { id, state } = record;
    if (state !== 'SCHEDULED') throw callbackError('notScheduled', { id, state });
    const timed = new Map([...changes, ['_desired_time', time] as const]);
    const { service, request, options, number, update } = admitted(record, timed);
    const { ewtMs } = (await needs.wait?.(options)) ?? { ewtMs: 0 };
    const made = recordOf(id, service, request, options, clock.now(), ewtMs);
    const { desiredTime } = made;
    await booked({ record: made, options, isAsked: true, ewtMs, was: record.desiredTime }, (places) =>
      guarded.move({ id, options, number, places }, () => {
        const moved = { ...update, desiredTime, state: made.state };
        return record.sessionid === undefined
          ? entered.move(changed(record, moved), moved, bufferMs(options), '_cbe_on_callback_rescheduled')
          : told(record, { ...update, desiredTime });
      }),
    );
  }

  /** 2. One that is executed elsewhere says so later. */
  async function told(record: CallbackRecord, update: CallbackUpdate): Promise<void> {
    const { id, sessionid = '' } = record;
    const { at, desiredTime = 0, customerNumber, properties } = update;
    const data = {
      desired_time: new Date(desiredTime).toISOString(),
      ...(customerNumber !== undefined && { customer_number: customerNumber }),
    };
    await execution
      .of(record)
      .deliver(sessionid, { name: 'callback.reschedule', data })
      .catch((error: unknown) => {
        throw isUnavailable(error) ? error : callbackError('orsError', { message: messageOf(error) });
      });
    const isElsewhere = urlOf(record) !== undefined;
    if (!isElsewhere) await requireTime(id, desiredTime);
    const rest = isElsewhere ? update : { at, ...(properties && { properties }) };
    await store.commit([{ kind: 'callback.update', id, update: rest }]);
  }

  /** Its session has moved on, if it has not taken the time. */
  async function requireTime(id: string, desiredTime: number): Promise<void> {
    const now = await store.callback(id);
    if (now?.desiredTime !== desiredTime) throw callbackError('notScheduled', { id, state: now?.state ?? 'COMPLETED' });
  }

  async function updated(record: CallbackRecord, changes: CallbackRequest, said: CallbackRequest): Promise<void> {
    const { id, service } = record;
    const time = new Date(record.desiredTime).toISOString();
    if (record.state === 'COMPLETED') throw callbackError('isOver', { id, service, time, state: record.state });
    const state = stateIn(said);
    if (state !== undefined && waits(record) && !waitingMayBe.includes(state))
      throw callbackError('notExecuted', { id, service, state: record.state, asked: state });
    const { options, number, update } = admitted(record, changes);
    const reason = textOf(said, '_reason');
    const whole = { ...update, ...(state !== undefined && { state }), ...(reason !== undefined && { reason }) };
    await guarded.move({ id, options, number, places: [] }, () => write(record, whole, options));
  }

  async function write(record: CallbackRecord, update: CallbackUpdate, options: Options): Promise<void> {
    const { id } = record;
    const next = changed(record, update);
    const change: Write = { kind: 'callback.update', id, update };
    if (next.state === record.state) await store.commit([change]);
    else if (waits(next)) await entered.move(next, update, bufferMs(options), UPDATED);
    else {
      const notices = reports.notices(next, next.state, UPDATED);
      await store.commit([change, ...notices.map(written), ...(next.state === 'COMPLETED' ? [unbook(id)] : [])]);
      for (const notice of notices) outbox.perform(notice);
      if (next.state === 'COMPLETED') await end(next);
    }
    log.info({ callback: id, service: record.service, state: next.state }, 'callback changed');
  }

  /** Who has said that it is over may be the session itself; if not, it is to call nobody any more. */
  async function end(record: CallbackRecord): Promise<void> {
    const { id, sessionid } = record;
    if (sessionid === undefined) return;
    await execution
      .of(record)
      .deliver(sessionid, { name: 'callback.cancel' })
      .catch((err: unknown) => {
        log.error({ callback: id, err }, 'session not told that its callback is over');
      });
  }

  return (record, body) => {
    const asked = requestOf(body);
    if (asked.has('_desired_time'))
      throw callbackError('badParameter', {
        message: `_desired_time is not changed by itself: give ${NEW_TIME}`,
        keys: NEW_TIME,
      });
    const changes: CallbackRequest = new Map([...asked].filter(([name]) => name !== NEW_TIME && !SAID.includes(name)));
    const time = textOf(asked, NEW_TIME);
    return time === undefined ? updated(record, changes, asked) : rescheduled(record, changes, time);
  };
};

const UPDATED = '_cbe_on_callback_status_updated';

/** 3 */
const waitingMayBe: readonly CallbackState[] = ['SCHEDULED', 'QUEUED', 'COMPLETED'];

const changed = (record: CallbackRecord, { at: _at, properties, ...fields }: CallbackUpdate): CallbackRecord => ({
  ...record,
  ...fields,
  properties: { ...record.properties, ...properties },
});
