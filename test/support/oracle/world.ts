/**
 * The oracle's platform: sessions (`session.ts`) beside each other on virtual time.
 *
 * 1. What a session wants done outside is done when it has come to rest, in the order in which it asked; an invoked session begins
 *    then, and comes to rest before the next is done.
 * 2. Who gets its turn next SCXML leaves open: `Turns` are those of `step-host.ts` and of XState.
 */
import type { Document } from '../../../engine/document.js';
import { parse } from '../../../engine/parse/document.js';
import type { OracleEvent } from './event.js';
import type { Birth, Executing, Invocation, Outside } from './platform.js';
import { Session } from './session.js';

type From = Pick<Executing, 'sessionid'>;

interface Timer {
  readonly due: number;
  readonly from: From;
  readonly target: string | undefined;
  readonly event: OracleEvent;
}

/**
 * One queue: messages are taken one at a time, in the order in which they were sent, and a cancelled session ends at once. Mailboxes:
 * each session has its own and goes on as soon as something is in it, and that it is cancelled is a message like others.
 */
export type Turns = 'one queue' | 'mailboxes';

export interface WorldOptions {
  readonly turns?: Turns;
  readonly trace?: (sessionid: string, entry: string) => void;
  readonly resource?: (src: string) => string | undefined;
}

const childKey = ({ sessionid }: From, invokeid: string): string => `${sessionid} ${invokeid}`;

export class World implements Outside {
  readonly #sessions = new Map<string, Session>();
  readonly #parents = new Map<From, Session>();
  /** SCXML 6.4.3: what they send to the session that invoked them is ignored. */
  readonly #cancelled = new Set<From>();
  /** Session ids, by the id of the invoking session and the invokeid. An id is never used again. */
  readonly #children = new Map<string, string>();
  readonly #documents = new Map<string, Document>();
  readonly #queue: (() => void)[] = [];
  /** What those want done that are not at rest (1). */
  readonly #wanted = new Map<From, (() => void)[]>();
  /** Of those that are not at rest. */
  readonly #mailboxes = new Map<Session, (() => void)[]>();
  #timers: Timer[] = [];
  #now = 0;
  #invoked = 0;

  constructor(private readonly options: WorldOptions = {}) {}

  start(text: string, birth: Birth, parent?: Session): Session {
    const session = new Session(this.#read(text), birth, this);
    this.#sessions.set(birth.sessionid, session);
    if (parent) this.#parents.set(session, parent);
    this.#run(session, () => {
      session.interpret();
    });
    return session;
  }

  #read(text: string): Document {
    const document = this.#documents.get(text) ?? parse(text);
    this.#documents.set(text, document);
    return document;
  }

  deliver(to: string, event: OracleEvent): void {
    const session = this.#sessions.get(to);
    if (!session) return;
    this.#soon(session, () => {
      session.receive(event);
    });
  }

  drain(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift()) next();
  }

  /** (2) */
  #soon(session: Session, act: () => void): void {
    const mailbox = this.#mailboxes.get(session);
    if (this.options.turns !== 'mailboxes')
      this.#queue.push(() => {
        this.#run(session, act);
      });
    else if (mailbox) mailbox.push(act);
    else this.#run(session, act);
  }

  #run(session: Session, act: () => void): void {
    const mailbox = [act];
    this.#mailboxes.set(session, mailbox);
    for (let next = mailbox.shift(); next; next = mailbox.shift()) {
      const wanted: (() => void)[] = [];
      this.#wanted.set(session, wanted);
      next();
      for (const each of wanted) each();
    }
    this.#mailboxes.delete(session);
  }

  #later(from: From, act: () => void): void {
    this.#wanted.get(from)?.push(act);
  }

  advance(ms: number): void {
    const end = this.#now + ms;
    this.drain();
    for (;;) {
      const [first] = this.#timers.filter(({ due }) => due <= end).sort((a, b) => a.due - b.due);
      if (!first) break;
      this.#timers = this.#timers.filter((timer) => timer !== first);
      this.#now = first.due;
      this.#arrive(first);
      this.drain();
    }
    this.#now = end;
  }

  now(): number {
    return this.#now;
  }

  trace({ sessionid }: From, entry: string): void {
    this.options.trace?.(sessionid, entry);
  }

  resource(src: string): string | undefined {
    return this.options.resource?.(src);
  }

  reaches(sessionid: string): boolean {
    return this.#sessions.has(sessionid);
  }

  send(from: From, target: string | undefined, event: OracleEvent, delay: number): void {
    this.#later(from, () => {
      if (delay > 0) this.#timers.push({ due: this.#now + delay, from, target, event });
      else this.#arrive({ from, target, event });
    });
  }

  cancel(from: From, sendid: string): void {
    this.#later(from, () => {
      this.#timers = this.#timers.filter((timer) => timer.from !== from || timer.event.sendid !== sendid);
    });
  }

  invoke(from: From, invocation: Invocation): void {
    this.#later(from, () => {
      this.#invoke(from, invocation);
    });
  }

  #invoke(from: From, { invokeid, src, content, params }: Invocation): void {
    const text = src === undefined ? content : this.resource(src);
    const sessionid = `${from.sessionid}.${invokeid}.${(this.#invoked += 1)}`;
    this.#children.set(childKey(from, invokeid), sessionid);
    try {
      if (text === undefined) throw new Error('nothing to invoke');
      this.start(text, { sessionid, invokeid, params }, this.#sessions.get(from.sessionid));
    } catch {
      this.deliver(from.sessionid, { name: 'error.communication', type: 'platform', invokeid, data: '"why"' });
    }
  }

  cancelInvoke(from: From, invokeid: string): void {
    this.#later(from, () => {
      const child = this.#sessions.get(this.#children.get(childKey(from, invokeid)) ?? '');
      this.#children.delete(childKey(from, invokeid));
      if (!child) return;
      this.#cancelled.add(child);
      const cancel = () => {
        child.cancel();
      };
      if (this.options.turns === 'mailboxes') this.#soon(child, cancel);
      else this.#run(child, cancel);
    });
  }

  forward(from: From, invokeid: string, event: OracleEvent): void {
    this.#later(from, () => {
      this.deliver(this.#children.get(childKey(from, invokeid)) ?? '', event);
    });
  }

  done(from: From): void {
    this.#later(from, () => {
      this.#done(from);
    });
  }

  #done({ sessionid }: From): void {
    const session = this.#sessions.get(sessionid);
    if (!session) return;
    const { birth } = session;
    this.#timers = this.#timers.filter(({ from }) => from !== session);
    const parent = this.#parents.get(session);
    this.#sessions.delete(sessionid);
    if (birth.invokeid === undefined) return;
    const name = `done.invoke.${birth.invokeid}`;
    const event = { name, type: 'platform', invokeid: birth.invokeid, data: session.output } as const;
    if (parent && !this.#cancelled.has(session)) this.deliver(parent.sessionid, event);
  }

  #arrive({ from, target, event }: Omit<Timer, 'due'>): void {
    const receiver = this.#receiver(from, target);
    if (this.#cancelled.has(from) && receiver === this.#parents.get(from)) return;
    if (receiver) this.deliver(receiver.sessionid, this.#addressed(from, receiver, event));
    else
      this.deliver(from.sessionid, {
        name: 'error.communication',
        type: 'platform',
        sendid: event.sendid,
        data: '"why"',
      });
  }

  #receiver(from: From, target: string | undefined): Session | undefined {
    if (target === '#_parent') return this.#parents.get(from);
    if (target === undefined) return this.#sessions.get(from.sessionid);
    const sessionid = target.startsWith('#_scxml_')
      ? target.slice('#_scxml_'.length)
      : this.#children.get(childKey(from, target.slice('#_'.length)));
    return this.#sessions.get(sessionid ?? '');
  }

  #addressed(from: From, receiver: Session, event: OracleEvent): OracleEvent {
    const sender = this.#sessions.get(from.sessionid);
    return this.#parents.get(from) === receiver ? { ...event, invokeid: sender?.birth.invokeid } : event;
  }
}
