/** A session as a row: strings and numbers, in the order of the table's columns. */
import type { SessionStatus } from '../../host/port.js';
import type { Invoker, SessionRecord } from '../port.js';

export type SessionRow = readonly [
  sessionid: string,
  version: number,
  status: SessionStatus,
  uri: string,
  document: string,
  startedAt: number,
  callback: string | null,
  ...invoker: InvokerColumns,
  depth: number,
  configuration: string,
  state: string,
  endedAt: number | null,
];

export type InvokerColumns = readonly [sessionid: string | null, invokeid: string | null, seq: number | null];

export const sessionRow = (record: SessionRecord): SessionRow => {
  const { sessionid, version, status, uri, document, startedAt, callback, invoker, depth } = record;
  return [
    sessionid,
    version,
    status,
    uri,
    document,
    startedAt,
    callback ?? null,
    invoker?.sessionid ?? null,
    invoker?.invokeid ?? null,
    invoker?.seq ?? null,
    depth,
    JSON.stringify(record.configuration),
    record.state,
    record.endedAt ?? null,
  ];
};

export const sessionOf = (row: SessionRow): SessionRecord => {
  const [sessionid, version, status, uri, document, startedAt, callback, parent, invokeid, seq, depth] = row;
  return {
    sessionid,
    version,
    status,
    uri,
    document,
    startedAt,
    callback: callback ?? undefined,
    invoker: invokerOf([parent, invokeid, seq]),
    depth,
    configuration: JSON.parse(row[11]) as string[],
    state: row[12],
    endedAt: row[13] ?? undefined,
  };
};

export const invokerOf = ([sessionid, invokeid, seq]: InvokerColumns): Invoker | undefined =>
  sessionid === null || invokeid === null || seq === null ? undefined : { sessionid, invokeid, seq };
