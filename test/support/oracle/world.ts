/**
 * The oracle's platform: sessions (`session.ts`) beside each other on virtual time. Messages are taken one at a time, in the order
 * in which they were sent; an invoked session runs to rest before its parent goes on. SCXML leaves both open: this is the order of
 * `step-host.ts`.
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

export interface WorldOptions {
  readonly trace?: (sessionid: string, entry: string) => void;
  readonly resource?: (src: string) => string | undefined;
}

const childKey = ({ sessionid }: From, invokeid: string): string => `${sessionid} ${invokeid}`;

export class World implements Outside {
  readonly #sessions = new Map<string, Session>();
  readonly #parents = new Map<From, Session>();
  /** Session ids, by the id of the invoking session and the invokeid. An id is never used again. */
  readonly #children = new Map<string, string>();
  readonly #documents = new Map<string, Document>();
  readonly #queue: { readonly to: string; readonly event: OracleEvent }[] = [];
  #timers: Timer[] = [];
  #now = 0;
  #invoked = 0;

  constructor(private readonly options: WorldOptions = {}) {}

  start(text: string, birth: Birth, parent?: From): Session {
    const session = new Session(this.#read(text), birth, this);
    this.#sessions.set(birth.sessionid, session);
    const above = this.#sessions.get(parent?.sessionid ?? '');
    if (above) this.#parents.set(session, above);
    session.interpret();
    return session;
  }

  #read(text: string): Document {
    const document = this.#documents.get(text) ?? parse(text);
    this.#documents.set(text, document);
    return document;
  }

  deliver(to: string, event: OracleEvent): void {
    this.#queue.push({ to, event });
  }

  drain(): void {
    for (let next = this.#queue.shift(); next; next = this.#queue.shift())
      this.#sessions.get(next.to)?.receive(next.event);
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
    if (delay > 0) {
      this.#timers.push({ due: this.#now + delay, from, target, event });
      return;
    }
    this.#arrive({ from, target, event });
  }

  cancel(from: From, sendid: string): void {
    this.#timers = this.#timers.filter((timer) => timer.from !== from || timer.event.sendid !== sendid);
  }

  invoke(from: From, { invokeid, src, content, params }: Invocation): void {
    const text = src === undefined ? content : this.resource(src);
    const sessionid = `${from.sessionid}.${invokeid}.${(this.#invoked += 1)}`;
    this.#children.set(childKey(from, invokeid), sessionid);
    try {
      if (text === undefined) throw new Error('nothing to invoke');
      this.start(text, { sessionid, invokeid, params }, from);
    } catch {
      this.deliver(from.sessionid, { name: 'error.communication', type: 'platform', invokeid, data: '"why"' });
    }
  }

  /** SCXML 6.4.3: from now on nothing that it sends arrives. */
  cancelInvoke(from: From, invokeid: string): void {
    const child = this.#sessions.get(this.#children.get(childKey(from, invokeid)) ?? '');
    this.#children.delete(childKey(from, invokeid));
    if (!child) return;
    this.#parents.delete(child);
    child.cancel();
  }

  forward(from: From, invokeid: string, event: OracleEvent): void {
    this.deliver(this.#children.get(childKey(from, invokeid)) ?? '', event);
  }

  done({ sessionid }: From): void {
    const session = this.#sessions.get(sessionid);
    if (!session) return;
    const { birth } = session;
    this.#timers = this.#timers.filter(({ from }) => from !== session);
    const parent = this.#parents.get(session);
    if (birth.invokeid === undefined) return;
    this.#sessions.delete(sessionid);
    const name = `done.invoke.${birth.invokeid}`;
    const event = { name, type: 'platform', invokeid: birth.invokeid, data: session.output } as const;
    if (parent) this.deliver(parent.sessionid, event);
  }

  #arrive({ from, target, event }: Omit<Timer, 'due'>): void {
    const receiver = this.#receiver(from, target);
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
