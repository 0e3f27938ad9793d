/**
 * A start that comes again with its Idempotency-Key: what is kept of the first (`host/inbox.ts`), and what the repeat is answered.
 *
 * 1. A callback that was accepted is answered with the same id for ever after; if it could not be started at once, with the same
 *    error. A request that was refused before that is not kept: its repeat is looked at anew.
 */
import type { InboxRecord, Reply, Write } from '../store/port.js';
import type { CallbackRecord } from '../store/port.js';
import { startAnswer, type Answer } from './answer.js';
import { callbackError, type CallbackError } from './errors.js';

/** Written with the record. One that is executed now may still be refused: its answer stays open for `refusalOf`. */
export const keptOf = (record: CallbackRecord): Pick<InboxRecord, 'sendid' | 'answer'> =>
  record.state === 'SCHEDULED'
    ? { sendid: undefined, answer: startAnswer(record, {}) }
    : { sendid: record.id, answer: undefined };

/** Written when it is decided that a callback has no session. Of one that was scheduled, nobody waits for it. */
export const refusalOf = (id: string, message: string): Write => ({
  kind: 'inbox.answer',
  sendid: id,
  answer: { type: 'negative', resultcode: undefined, params: { message } },
});

/** The answer as it was kept, or the callback that was accepted. Throws what the first was refused with. */
export function repeated({ sendid, answer }: InboxRecord): Answer | string {
  if (sendid === undefined) return answer as Answer;
  if (answer !== undefined) throw refusedWith(answer as unknown as Reply);
  return sendid;
}

const refusedWith = ({ params }: Reply): CallbackError => callbackError('orsError', params);
