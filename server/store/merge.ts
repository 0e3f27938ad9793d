/**
 * How an update changes a callback record: the one rule for every store (`memory.ts` and those to come). Pure.
 *
 * 1. A COMPLETED record does not change any more.
 * 2. History does not run backwards: an update dated before the record's last change (a clock was set back) counts as of it.
 * 3. The history grows by one entry exactly when state or reason change.
 */
import type { CallbackRecord, CallbackUpdate } from './port.js';

/** The record after the update; the same object when the update is dropped or says nothing new. */
export function merged(record: CallbackRecord, { at, properties, ...given }: CallbackUpdate): CallbackRecord {
  if (record.state === 'COMPLETED') return record;
  const { desiredTime = record.desiredTime } = given;
  const expirationTime = record.expirationTime + desiredTime - record.desiredTime;
  const next = { ...record, ...given, expirationTime, properties: { ...record.properties, ...properties } };
  if (next.state !== record.state || next.reason !== record.reason) {
    const { state, reason } = next;
    return {
      ...next,
      history: [
        ...record.history,
        { at: Math.max(at, lastChange(record)), state, ...(reason !== undefined && { reason }) },
      ],
    };
  }
  return properties !== undefined || fields.some((field) => next[field] !== record[field]) ? next : record;
}

/** Beside state, reason and properties. */
const fields = ['sessionid', 'desiredTime', 'customerNumber'] as const;

const lastChange = (record: CallbackRecord): number => record.history.at(-1)?.at ?? record.createdAt;
