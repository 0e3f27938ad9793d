/** What the callback services answer: the bodies of the guide's examples. `callbacks.ts` gives them, `routes.ts` writes them. */
import type { CallbackRecord } from '../store/port.js';

export type Answer = Readonly<Record<string, string>>;

const iso = (time: number): string => new Date(time).toISOString();
const numberOf = ({ customerNumber }: CallbackRecord): Answer =>
  customerNumber === undefined ? {} : { _customer_number: customerNumber };

const confirmation = (id: string, text: string): Answer => ({
  _dialog_id: '0',
  _action: 'ConfirmationDialog',
  _text: text,
  _ok_title: 'Ok',
  _id: id,
});

type Options = Readonly<Record<string, unknown>>;

/** To a start, by the options of the callback: the sample sequences of each scenario. What the customer's device shows. */
export function startAnswer({ id, state }: Pick<CallbackRecord, 'id' | 'state'>, options: Options): Answer {
  if (state === 'SCHEDULED') return { _id: id };
  if (options['_wait_for_agent'] !== true) return confirmation(id, 'You will receive the call shortly');
  const isAgentFirst = options['_userterminated_first_connect_party'] === 'AGENT';
  if (isAgentFirst) return confirmation(id, 'You will receive a call from the agent');
  return { _id: id, _text: 'We will notify you when agent is available' };
}

/** Whether the strategy has what the device is to do: it asks the session for it, as `connect` does later. */
export const isAnsweredBySession = ({ state }: Pick<CallbackRecord, 'state'>, options: Options): boolean => {
  const isTheirs = options['_call_direction'] === 'USERORIGINATED' || options['_media_type'] === 'chat';
  return isTheirs && state !== 'SCHEDULED' && options['_wait_for_agent'] !== true;
};

/** To Query Callback By ID. */
export function recordAnswer(record: CallbackRecord): Answer {
  const { id, service, state, reason, sessionid } = record;
  return {
    _callback_state: state,
    _expiration_time: iso(record.expirationTime),
    _service_name: service,
    _id: id,
    ...numberOf(record),
    _url: `/genesys/1/service/callback/${encodeURIComponent(service)}/${id}`,
    _time_scheduled: iso(record.createdAt),
    _desired_time: iso(record.desiredTime),
    ...(reason !== undefined && { _callback_reason: reason }),
    ...(sessionid !== undefined && { _ors_session_id: sessionid }),
  };
}

/** To Query-Callback by Lookup Properties, one of a list; names and path differ from the answer above, as in the guide. */
export function foundAnswer(record: CallbackRecord): Answer {
  return {
    _id: record.id,
    desired_time: iso(record.desiredTime),
    _callback_state: record.state,
    _expiration_time: iso(record.expirationTime),
    ...numberOf(record),
    url: `/1/service/callback/${encodeURIComponent(record.service)}/${record.id}`,
  };
}
