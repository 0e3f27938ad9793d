/**
 * What a step writes: the session's record and, in the same commit, what it wants done, what it takes back, and what it changes
 * in the callback record. Pure; `host.ts` commits it.
 *
 * 1. A callback record knows its session from the first step, and is COMPLETED after the last. One whose session fails is submitted
 *    again, or ended, by the callback services.
 * 2. An invoked session may change the record of the one that invoked it; its own beginning and end are not the callback's.
 */
import type { Effect } from '../../engine/effect.js';
import { saveSessionText } from '../../engine/step/save.js';
import type { Session } from '../../engine/step/session.js';
import type { CallbackUpdate, OutboxEntry, SessionRecord, Write } from '../store/port.js';
import type { Origin } from './live.js';
import type { Reply, SessionStatus } from './port.js';

type Update = Omit<CallbackUpdate, 'at'>;

/** A step that has been taken, and the place of its record. */
export interface Step {
  readonly origin: Origin;
  readonly session: Session;
  readonly version: number;
  readonly status: SessionStatus;
  readonly effects: readonly Effect[];
  /** Of the effects that are to be done. */
  readonly entries: ReadonlyMap<Effect, OutboxEntry>;
  readonly at: number;
  /** It ends because its invoker has cancelled it: it has nobody to tell any more. */
  readonly cancelled: boolean;
  /** The document is in the store. */
  readonly documented: boolean;
}

/** What an effect is, or changes, by itself: nothing is left to do for it. */
export interface Projection {
  update(effect: Effect): Update | undefined;
  answer(effect: Effect): { readonly sendid: string; readonly reply: Reply } | undefined;
}

export const writesOf = (step: Step, projection: Projection): Write[] => {
  const { origin, version, status, effects, at } = step;
  const { sessionid } = origin;
  const first = version === 1 && isMain(origin) ? [{ sessionid }] : [];
  const last = status === 'done' && isMain(origin) ? [completed('NOT_AVAILABLE')] : [];
  const updates = [...first, ...effects.flatMap((effect) => projection.update(effect) ?? []), ...last];
  return [
    ...(version === 1 && !step.documented ? [{ kind: 'document', record: documentOf(origin) } as const] : []),
    { kind: 'session', record: recordOf(step) },
    ...inOrder(step),
    ...(status === 'done' ? [{ kind: 'outbox.end', sessionid } as const] : []),
    ...effects.flatMap((effect) => answerOf(projection.answer(effect))),
    ...updates.flatMap((update) => changeOf(origin, update, at)),
  ];
};

/** What a session that failed leaves behind; `record` is the last that was saved of it. */
export const failureOf = (origin: Origin, record: SessionRecord | undefined, at: number): Write[] => [
  ...(record
    ? [
        {
          kind: 'session',
          record: { ...record, version: record.version + 1, status: 'error', endedAt: at },
        } as const,
        { kind: 'outbox.end', sessionid: origin.sessionid } as const,
      ]
    : []),
];

/** The session of a callback itself, not one that it invoked. */
export const isMain = ({ invoker }: Origin): boolean => invoker === undefined;

const completed = (reason: string): Update => ({ state: 'COMPLETED', reason });

const changeOf = ({ callback }: Origin, update: Update, at: number): Write[] =>
  callback === undefined ? [] : [{ kind: 'callback.update', id: callback, update: { at, ...update } }];

const answerOf = (answered: { readonly sendid: string; readonly reply: Reply } | undefined): Write[] =>
  answered ? [{ kind: 'inbox.answer', sendid: answered.sendid, answer: answered.reply }] : [];

/** A `<cancel>` takes back what was sent before it, and not what comes after. */
const inOrder = ({ origin: { sessionid }, effects, entries }: Step): Write[] =>
  effects.flatMap((effect): Write[] => {
    if (effect.type === 'cancel') return [{ kind: 'outbox.unsend', sessionid, sendid: effect.sendid }];
    const entry = entries.get(effect);
    return entry ? [{ kind: 'outbox', entry }] : [];
  });

const documentOf = ({ document: { hash, uri, text, author, resources } }: Origin) => ({
  hash,
  uri,
  text,
  author,
  resources,
});

const recordOf = (step: Step): SessionRecord => {
  const { origin, session, version, status } = step;
  const { sessionid, document, startedAt, callback, invoker, depth } = origin;
  return {
    sessionid,
    uri: document.uri,
    document: document.hash,
    version,
    status,
    startedAt,
    callback,
    invoker: step.cancelled ? undefined : invoker,
    depth,
    configuration: session.configuration.atomic.filter(({ named }) => named).map(({ id }) => id),
    state: saveSessionText(session),
    endedAt: status === 'active' ? undefined : step.at,
  };
};
