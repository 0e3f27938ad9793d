/**
 * Dead letters for an operator: what sessions wanted done, was tried as often as it may be, and not taken. `routes.ts` puts this
 * behind HTTP; `../host/outbox.ts` tries one anew.
 *
 * 1. What a message says is not shown: no data, no query of a URL, no password in it. Numbers are masked, as in the log.
 * 2. One at a time: of two requests for the same dead letter the second finds it gone.
 */
import type { Outbox } from '../host/outbox.js';
import { mask } from '../log.js';
import { problem } from '../problems.js';
import type { DeadLetter, Store, Task } from '../store/port.js';
import { turns } from '../turns.js';

/** What was to be done, without what it says. */
interface TaskView {
  readonly kind: Task['type'];
  readonly target?: string | undefined;
  /** Of a message. */
  readonly event?: string;
}

interface DeadLetterView {
  readonly seq: number;
  readonly key: string;
  readonly session: string | undefined;
  readonly task: TaskView;
  readonly attempts: number;
  readonly reason: string;
  /** ISO 8601 */
  readonly since: string;
}

/** Both methods that take a `seq` reject with DEAD_LETTER_NOT_FOUND when there is none. */
export interface DeadLetters {
  /** Oldest first. */
  list(limit: number): Promise<readonly DeadLetterView[]>;
  /** Tries it anew, once it is saved that it is no dead letter any more. */
  redrive(seq: number): Promise<void>;
  /** Forgets it. */
  discard(seq: number): Promise<void>;
}

const EVERY = 1_000_000;

export function deadLetters(store: Store, outbox: Pick<Outbox, 'revive' | 'end'>): DeadLetters {
  const inTurn = turns();
  const found = async (seq: number): Promise<DeadLetter> => {
    const letter = (await store.deadLetters(EVERY)).find((each) => each.seq === seq);
    if (!letter) throw problem('DEAD_LETTER_NOT_FOUND', String(seq));
    return letter;
  };
  return {
    list: async (limit) => (await store.deadLetters(limit)).map(viewOf),
    redrive: (seq) => inTurn(String(seq), async () => outbox.revive(await found(seq))),
    discard: (seq) => inTurn(String(seq), async () => store.commit([outbox.end(await found(seq))])),
  };
}

const viewOf = ({ seq, key, sessionid, task, attempts, reason, since }: DeadLetter): DeadLetterView => ({
  seq,
  key,
  session: sessionid,
  task: taskOf(task),
  attempts,
  reason: mask(reason),
  since: new Date(since).toISOString(),
});

const taskOf = (task: Task): TaskView => {
  const target = (targets[task.type] as (task: Task) => string | undefined)(task);
  const event = 'event' in task ? { event: mask(task.event.name) } : {};
  return { kind: task.type, target: target === undefined ? undefined : mask(bare(target)), ...event };
};

/** To whom or what each kind of task goes. */
const targets: { readonly [K in Task['type']]: (task: Extract<Task, { type: K }>) => string | undefined } = {
  log: () => undefined,
  cancel: ({ sendid }) => sendid,
  send: ({ target }) => target,
  invoke: ({ src, invokeid }) => src ?? invokeid,
  uninvoke: ({ invokeid }) => invokeid,
  forward: ({ invokeid }) => invokeid,
  module: ({ namespace, name }) => `${namespace} ${name}`,
  done: () => undefined,
  callback: ({ id }) => id,
  start: ({ src }) => src,
};

/** Of a URL, where it leads; anything else as it is. */
const bare = (target: string): string => {
  if (!/^https?:/i.test(target)) return target;
  if (!URL.canParse(target)) return target.replace(/[?#].*$/s, '');
  const { origin, pathname } = new URL(target);
  return origin + pathname;
};
