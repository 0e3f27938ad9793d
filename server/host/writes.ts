/**
 * What a step writes: the session's record and, in the same commit, what it changes in the callback record. Pure; `host.ts`
 * commits it.
 *
 * 1. A callback record knows its session from the first step, and is COMPLETED after the last.
 * 2. An invoked session may change the record of the one that invoked it; its own beginning and end are not the callback's.
 */
import type { Effect } from '../../engine/effect.js';
import { saveSession } from '../../engine/step/save.js';
import type { Session } from '../../engine/step/session.js';
import type { CallbackUpdate, SessionRecord, Write } from '../store/port.js';
import type { Live } from './live.js';

type Update = Omit<CallbackUpdate, 'at'>;

/** `project`: the change to the callback record that an effect is. */
export const writesOf = (
  live: Live,
  session: Session,
  effects: readonly Effect[],
  project: (effect: Effect) => Update | undefined,
  at: number,
): Write[] => {
  const first = live.version === 1 && isMain(live) ? [{ sessionid: live.origin.sessionid }] : [];
  const last = live.status === 'done' && isMain(live) ? [completed('NOT_AVAILABLE')] : [];
  const updates = [...first, ...effects.flatMap((effect) => project(effect) ?? []), ...last];
  return [
    { kind: 'session', record: recordOf(live, session) },
    ...updates.flatMap((update) => changeOf(live, update, at)),
  ];
};

/** What a session that failed leaves behind; `record` is the last that was saved of it. */
export const failureOf = (live: Live, record: SessionRecord | undefined, at: number): Write[] => [
  ...(record ? [{ kind: 'session', record: { ...record, status: 'error' } } as const] : []),
  ...(isMain(live) ? changeOf(live, completed('FAIL_ERROR'), at) : []),
];

const isMain = ({ origin: { invocation } }: Live): boolean => invocation === undefined;

const completed = (reason: string): Update => ({ state: 'COMPLETED', reason });

const changeOf = ({ origin: { callback } }: Live, update: Update, at: number): Write[] =>
  callback === undefined ? [] : [{ kind: 'callback.update', id: callback, update: { at, ...update } }];

const recordOf = ({ origin, version, status }: Live, session: Session): SessionRecord => {
  const { sessionid, document, startedAt, callback } = origin;
  const configuration = session.configuration.atomic.filter(({ named }) => named).map(({ id }) => id);
  const state = saveSession(session);
  return {
    sessionid,
    uri: document.uri,
    document: document.hash,
    version,
    status,
    startedAt,
    callback,
    configuration,
    state,
  };
};
