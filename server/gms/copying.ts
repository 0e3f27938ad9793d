/**
 * A callback that is asked for as a copy of one that is over (`_copy_from_id`): the guide, "Reschedule a Completed Callback". `callbacks.ts`
 * starts it.
 *
 * 1. Copied are number, options and user data, as they are when it is over; what the request says itself counts. Time and state are its own.
 */
import type { Store } from '../store/port.js';
import { callbackError } from './errors.js';
import { requestFor } from './record.js';
import { textOf, type CallbackRequest } from './request.js';

/** The request with what it copies. Rejects with a CallbackError when there is no such callback of the service, or it is not over. */
export async function copied(
  store: Pick<Store, 'callback'>,
  service: string,
  request: CallbackRequest,
): Promise<CallbackRequest> {
  const id = textOf(request, '_copy_from_id');
  if (id === undefined) return request;
  const record = await store.callback(id);
  if (record?.service !== service) throw callbackError('notFound', { id, service });
  if (record.state !== 'COMPLETED') throw callbackError('notCompleted', { id, service, state: record.state });
  const { _desired_time: _, ...kept } = Object.fromEntries(requestFor(record));
  return new Map([...Object.entries(kept), ...request]);
}
