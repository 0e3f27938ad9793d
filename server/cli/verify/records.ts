/** What has to hold between records: a table, one kind of record a row. Sessions that go on are the matter of `sessions.ts`. */
import type { CallbackRecord, InboxRecord, OutboxEntry, SessionRecord } from '../../store/port.js';
import type { Contents, Read } from '../../store/sqlite/contents.js';
import { restore, type Finding, type Known } from './finding.js';

/** Why the record is wrong, each with what to do. */
type Judge<T> = (record: T, known: Known) => readonly (readonly [wrong: boolean, what: string, todo: string])[];

export const judgeRecords = (contents: Contents, known: Known): Finding[] => {
  const judged = <T>(
    table: string,
    rows: Iterable<Read<T>>,
    nameOf: (record: T) => string,
    judge: Judge<T>,
  ): Finding[] =>
    Array.from(rows, (row) => {
      if (!('record' in row))
        return [{ where: `${table} ${row.id}`, what: `cannot be read: ${row.unreadable}`, todo: restore }];
      const where = `${table} ${nameOf(row.record)}`;
      return judge(row.record, known).flatMap(([wrong, what, todo]) => (wrong ? [{ where, what, todo }] : []));
    }).flat();
  return [
    ...judged(
      'document',
      contents.documents(),
      ({ hash }) => hash,
      () => [],
    ),
    ...judged('session', contents.sessions(), ({ sessionid }) => sessionid, session),
    ...judged('outbox entry', contents.outbox(), ({ key }) => key, entry),
    ...judged('dead letter', contents.deadLetters(), ({ key }) => key, entry),
    ...judged('callback', contents.callbacks(), ({ id }) => id, callback),
    ...judged('request', contents.inbox(), ({ scope, id }) => `${scope} ${id}`, request),
    ...judged('interaction', contents.interactions(), ({ interactionid }) => interactionid, interaction),
  ];
};

/** What is over may name a session that was over before, and is forgotten. */
const session: Judge<SessionRecord> = ({ status, invoker, callback: id }, { sessions, callbacks }) => [
  [
    status === 'active' && invoker !== undefined && !sessions.has(invoker.sessionid),
    `session ${invoker?.sessionid ?? ''}, which invoked it, is not there`,
    restore,
  ],
  [id !== undefined && !callbacks.has(id), `callback ${id ?? ''}, which it executes, is not there`, restore],
];

const entry: Judge<OutboxEntry> = ({ seq, sessionid, sendid, task }, { sessions, callbacks, lastSeq }) => {
  const starts = task.type === 'callback' ? task.id : undefined;
  const status = sessionid === undefined || begins(task) ? 'active' : sessions.get(sessionid);
  return [
    [seq > lastSeq, `its seq ${seq} is greater than the last that was given, ${lastSeq}`, restore],
    [
      starts !== undefined && !callbacks.has(starts),
      `callback ${starts ?? ''}, which it starts, is not there`,
      restore,
    ],
    [status === undefined, `its session ${sessionid ?? ''} is not there`, restore],
    [
      sendid !== undefined && status !== undefined && status !== 'active',
      `it is a delayed send of session ${sessionid ?? ''}, which is over`,
      'report it: a session that ends takes its delayed sends with it',
    ],
  ];
};

/** Its session is still to come. */
const begins = ({ type }: OutboxEntry['task']): boolean => type === 'callback' || type === 'start';

/** The session of one that is over may be forgotten. */
const lacksSession = ({ state, sessionid }: CallbackRecord, { sessions }: Known): boolean =>
  state !== 'COMPLETED' && sessionid !== undefined && !sessions.has(sessionid);

const callback: Judge<CallbackRecord> = (record, known) => {
  const { id, state, sessionid, history } = record;
  const { starting } = known;
  const waits = sessionid === undefined && (state === 'SCHEDULED' || state === 'QUEUED');
  return [
    [lacksSession(record, known), `its session ${sessionid ?? ''} is not there`, restore],
    [
      waits && !starting.has(id),
      `it is ${state}, and nothing in the outbox starts it`,
      'cancel it over HTTP, and start it again if it is still wanted',
    ],
    [
      state === 'COMPLETED' && starting.has(id),
      'it is COMPLETED, and something in the outbox would start it',
      'start the server: it drops what starts a callback that is over',
    ],
    [
      history.at(-1)?.state !== state,
      `it is ${state}, and its history ends with ${history.at(-1)?.state ?? 'nothing'}`,
      restore,
    ],
  ];
};

/** Ids of sessions (`ids.ts`); any other scope is a name. */
const isSession = /^[0-9A-Z]{32}$/;

const request: Judge<InboxRecord> = ({ scope }, { sessions }) => [
  [isSession.test(scope) && !sessions.has(scope), `its session ${scope} is not there`, restore],
];

const interaction: Judge<{ readonly sessionid: string }> = ({ sessionid }, { sessions }) => [
  [!sessions.has(sessionid), `its session ${sessionid} is not there`, restore],
];
