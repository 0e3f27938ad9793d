/**
 * A callback whose session is lost is submitted again: what becomes of it, and what its next session is told. `launch.ts` does it; the
 * guide, "Restore Virtual Queue Position Upon Resubmit". Pure.
 *
 * 1. Lost is a session that the host has ended (a limit, a document that cannot run, a step that was not saved), or that is not there.
 *    What a strategy itself says of its callback counts, an error of its own included.
 * 2. Dial attempts are those of all sessions: `_dial_attempt` goes on. So is the time: `_ttl` is what is left of it. Agents who have rejected
 *    it are not asked again (`_rejected_by`).
 * 3. Nobody is called who talks with an agent, or whose phone call is not over.
 */
import type { Data } from '../../engine/event.js';
import type { CallbackRecord } from '../store/port.js';
import type { CallStanding } from '../voice/talks.js';

/** What a record says of its callback beside the request; nobody can ask for it. */
export const ownProperties = [
  '_dial_attempt',
  '_dial_before',
  '_rejected_by',
  '_paused',
  '_submit_attempt',
  '_ors_url',
  '_ors_attempt',
];

type Params = Readonly<Record<string, Data | undefined>>;

/** How many sessions it had. */
export const submitAttempts = ({ sessionid, properties }: CallbackRecord): number =>
  sessionid === undefined ? 0 : (numberOf(properties['_submit_attempt']) ?? 1);

/** `wait`: not yet. A reason: it is over. undefined: it is submitted again. */
export const fateOf = (record: CallbackRecord, calls: readonly CallStanding[], most: number): string | undefined => {
  // An agent has, or had, the customer.
  if (record.state === 'PROCESSING' || calls.includes('talking')) return 'AGENT_CONNECTED';
  if (calls.includes('up')) return 'wait';
  return submitAttempts(record) < most ? undefined : 'SUBMIT_ERROR';
};

/** The parameters of the next session. `restores`: its place in the queue, too. */
export const resubmitted = (record: CallbackRecord, params: Params, now: number, restores: boolean): Params => {
  const { desiredTime, expirationTime, properties } = record;
  return {
    ...params,
    _dial_attempt: numberOf(properties['_dial_attempt']) ?? 0,
    _dial_before: numberOf(properties['_dial_before']) ?? 0,
    _rejected_by: properties['_rejected_by'],
    _submit_attempt: submitAttempts(record) + 1,
    _ttl: Math.max(0, (expirationTime - Math.max(now, desiredTime)) / 1000),
    ...(restores && placeOf(record, params, now)),
  };
};

/** The guide's formula. `_restored_age`: what the priority has of the age already, which the router counts, too. */
const placeOf = (record: CallbackRecord, params: Params, now: number): Params => {
  const seconds = (now - startOf(record)) / 1000;
  const [priority, increment, interval] = ['', '_increment', '_increment_interval'].map((name) =>
    numberOf(params[`_urs_vq_priority${name}`]),
  );
  const grows = priority !== undefined && increment !== undefined && interval !== undefined && interval > 0;
  const isAged = numberOf(params['_urs_call_interaction_age']) === undefined;
  return {
    ...(grows && { _urs_vq_priority: priority + increment * Math.floor(seconds / interval) }),
    ...(isAged && { _urs_call_interaction_age: Math.floor(seconds) }),
    ...(grows && isAged && { _restored_age: Math.floor(seconds) }),
  };
};

/** When it was to be executed for the first time. */
const startOf = ({ history, createdAt }: CallbackRecord): number =>
  history.find(({ state }) => state === 'QUEUED')?.at ?? createdAt;

const numberOf = (value: Data | undefined): number | undefined => (typeof value === 'number' ? value : undefined);
