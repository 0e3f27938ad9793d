/** A callback record as a row. */
import type { CallbackRecord, CallbackState } from '../port.js';

export type CallbackRow = readonly [
  id: string,
  service: string,
  state: CallbackState,
  reason: string | null,
  customerNumber: string | null,
  desiredTime: number,
  createdAt: number,
  expirationTime: number,
  sessionid: string | null,
  properties: string,
  history: string,
];

export const callbackRow = (record: CallbackRecord): CallbackRow => [
  record.id,
  record.service,
  record.state,
  record.reason ?? null,
  record.customerNumber ?? null,
  record.desiredTime,
  record.createdAt,
  record.expirationTime,
  record.sessionid ?? null,
  JSON.stringify(record.properties),
  JSON.stringify(record.history),
];

export const callbackOf = (row: CallbackRow): CallbackRecord => {
  const [id, service, state, reason, customerNumber, desiredTime, createdAt, expirationTime, sessionid] = row;
  return {
    id,
    service,
    state,
    reason: reason ?? undefined,
    customerNumber: customerNumber ?? undefined,
    desiredTime,
    createdAt,
    expirationTime,
    sessionid: sessionid ?? undefined,
    properties: JSON.parse(row[9]) as CallbackRecord['properties'],
    history: JSON.parse(row[10]) as CallbackRecord['history'],
  };
};
