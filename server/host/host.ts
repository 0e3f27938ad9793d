/**
 * The host of sessions: each is an XState actor; one event to it is one step, one commit, then an answer, then effects.
 * Neighbours: `live.ts` is one session, `invocation.ts` the link between two, `writes.ts` what a step writes, `effects.ts`
 * performs what it wanted, `replies.ts` holds waiting HTTP requests.
 *
 * 1. Write, then act: nobody is answered and no effect is performed before the step that wanted it, and every step of the
 *    session before that one, is saved.
 * 2. Effects of a session are performed in order: of a step, and step after step.
 * 3. A session whose step cannot be saved, or breaks a limit, is over: what is in the store is the truth. Whoever waits is told.
 * 4. A session takes no events from the step that ends it; it is forgotten when that step's effects have been performed.
 */
import { createActor } from 'xstate';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { SessionInput } from '../../engine/chart.js';
import type { Effect, InvokeEffect } from '../../engine/effect.js';
import type { ScxmlEvent } from '../../engine/event.js';
import type { Session } from '../../engine/step/session.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf, problem, type Problem } from '../problems.js';
import type { SessionRecord, Store } from '../store/port.js';
import { Charts } from './charts.js';
import type { DocumentSource, LoadedDocument } from './documents.js';
import { Performer } from './effects.js';
import type { Invocation } from './invocation.js';
import { Live, type Origin } from './live.js';
import type { Module } from './module.js';
import type { IncomingEvent, Reply, Sessions, SessionView, StartRequest } from './port.js';
import type { Processor } from './processor.js';
import type { Replies } from './replies.js';
import { failureOf, writesOf } from './writes.js';

export interface HostOptions {
  readonly documents: DocumentSource;
  readonly store: Store;
  readonly clock: Clock;
  readonly modules: readonly Module[];
  readonly processors?: readonly Processor[];
  /** 32 characters 0-9A-Z, never the same again: session ids and ids of requests. */
  readonly newId: () => string;
  /** Seeds Math.random of a session. */
  readonly newSeed: () => number;
  readonly replies: Replies;
  /** `_x` of a session: what the platform tells strategies about itself. */
  readonly platform: (sessionid: string) => Readonly<Record<string, string>>;
  readonly log: Log;
}

export class Host implements Sessions {
  readonly #sessions = new Map<string, Live>();
  readonly #charts: Charts;
  readonly #performer: Performer;

  constructor(private readonly options: HostOptions) {
    const { modules, processors = [], log } = options;
    this.#charts = new Charts(modules, processors, {
      perform: (effects, session) => {
        this.#stepped(effects, session);
      },
      reaches: (sessionid) => this.#sessions.get(sessionid)?.status === 'active',
    });
    this.#performer = new Performer({
      modules,
      processors,
      log,
      tell: (sessionid, event) => this.#sessions.get(sessionid)?.tell(event) ?? false,
      invoke: (effect, invocation, { origin }) => {
        void this.#invoke(effect, invocation, origin);
      },
      ended: (live, data) => {
        this.#ended(live, problem('SESSION_OVER', live.origin.sessionid));
        const { invocation } = live.origin;
        invocation?.over({ name: `done.invoke.${invocation.invokeid}`, data });
      },
    });
  }

  async start({ src, params, callback }: StartRequest): Promise<string> {
    const document = await this.options.documents.load(src);
    const live = this.#begin(document, { params }, { callback, invocation: undefined, depth: 0 });
    await live.saved;
    return live.origin.sessionid;
  }

  async deliver(sessionid: string, { name, data }: IncomingEvent): Promise<void> {
    await this.receive(sessionid, { name, type: 'external', data });
  }

  /** An event with all its fields, from an I/O processor. */
  async receive(sessionid: string, event: ScxmlEvent): Promise<void> {
    const live = await this.#live(sessionid);
    if (!live.tell(event)) throw problem('SESSION_OVER', sessionid);
    await live.saved;
  }

  async request(sessionid: string, { name, data }: IncomingEvent, timeoutMs: number): Promise<Reply> {
    const live = await this.#live(sessionid);
    const { replies, newId } = this.options;
    const sendid = newId();
    const reply = replies.wait(sendid, sessionid, timeoutMs, () => problem('REQUEST_TIMEOUT', name, timeoutMs));
    if (!live.tell({ name, type: 'external', sendid, data })) replies.fail(sendid, problem('SESSION_OVER', sessionid));
    const [answer] = await Promise.all([reply, live.saved]);
    return answer;
  }

  async query(sessionid: string): Promise<SessionView> {
    const record = await this.options.store.session(sessionid);
    if (!record) throw problem('SESSION_NOT_FOUND', sessionid);
    const { uri, status, configuration, version, startedAt } = record;
    return { sessionid, uri, status, configuration, data: this.#variables(record), version, startedAt };
  }

  async terminate(sessionid: string): Promise<void> {
    const live = await this.#live(sessionid);
    if (!live.cancel()) throw problem('SESSION_OVER', sessionid);
    await live.saved;
  }

  /** The process is about to end: sessions stay as they are saved, no delayed send of theirs fires, nobody waits for them. */
  stop(): void {
    for (const [sessionid, live] of this.#sessions) {
      live.dispose();
      this.options.replies.abandon(sessionid, problem('NOT_READY'));
    }
  }

  #begin(
    document: LoadedDocument,
    input: Pick<SessionInput, 'params' | 'invokeid'>,
    origin: Pick<Origin, 'callback' | 'invocation' | 'depth'>,
  ): Live {
    const { newId, newSeed, clock, platform, processors = [] } = this.options;
    const sessionid = newId();
    const live = new Live({ ...origin, sessionid, document, startedAt: clock.now() }, clock);
    live.actor = createActor<ScxmlLogic>(this.#charts.logic(document), {
      clock,
      input: {
        ...input,
        sessionid,
        seed: newSeed(),
        x: platform(sessionid),
        ioprocessors: Object.fromEntries(processors.flatMap((processor) => processor.entries(sessionid))),
      },
    });
    live.actor.subscribe({
      error: (error) => {
        const reason = messageOf(error);
        this.#fail(live, problem('SESSION_FAILED', sessionid, reason), reason);
      },
    });
    this.#sessions.set(sessionid, live);
    live.actor.start();
    return live;
  }

  /** One step has been taken: save it, then perform its effects. */
  #stepped(effects: readonly Effect[], session: Session): void {
    const live = this.#sessions.get(session.input.sessionid);
    if (live?.status !== 'active') return;
    live.version += 1;
    if (!session.running) live.status = 'done';
    for (const effect of effects) if (effect.type === 'uninvoke') live.children.get(effect.invokeid)?.cut();
    const { version } = live;
    const { store, clock } = this.options;
    const project = this.#performer.project.bind(this.#performer);
    const committed = store.commit(writesOf(live, session, effects, project, clock.now())).catch((err: unknown) => {
      const failure = problem('SESSION_NOT_SAVED', session.input.sessionid);
      this.#fail(live, failure, err);
      throw failure;
    });
    live.saved = Promise.all([live.saved, committed]);
    live.saved.then(
      () => {
        this.#performer.perform(live, version, effects);
      },
      () => undefined,
    );
  }

  async #invoke(
    { invokeid, src, content, params }: InvokeEffect,
    invocation: Invocation,
    origin: Origin,
  ): Promise<void> {
    try {
      const document = await this.#charts.invoked(src, content, origin, this.options.documents);
      if (invocation.cancelled) return;
      const { callback, depth } = origin;
      invocation.started(this.#begin(document, { params, invokeid }, { callback, invocation, depth: depth + 1 }));
    } catch (error) {
      invocation.over({ name: 'error.communication', data: { reason: messageOf(error) } });
    }
  }

  /** The session cannot go on: its record says so if it can, then it is over. */
  #fail(live: Live, failure: Problem, err: unknown): void {
    if (live.status === 'error') return;
    live.status = 'error';
    const { sessionid, invocation } = live.origin;
    this.options.log.error({ sessionid, err }, failure.message);
    const stepsSaved = live.saved;
    const over = async (): Promise<never> => {
      await stepsSaved.catch(() => undefined);
      await this.#saveFailure(live);
      this.#ended(live, failure);
      invocation?.over({ name: 'error.communication', data: { reason: failure.message } });
      throw failure;
    };
    live.saved = over();
    live.saved.catch(() => undefined);
  }

  async #saveFailure(live: Live): Promise<void> {
    const { store, clock, log } = this.options;
    const { sessionid } = live.origin;
    try {
      await store.commit(failureOf(live, await store.session(sessionid), clock.now()));
    } catch (err) {
      log.error({ sessionid, err }, 'the store does not say that this session has failed');
    }
  }

  #ended(live: Live, why: Problem): void {
    const { sessionid } = live.origin;
    live.dispose();
    this.#sessions.delete(sessionid);
    this.options.replies.abandon(sessionid, why);
    for (const child of live.children.values()) child.cancel();
    live.children.clear();
    this.#performer.release(sessionid);
  }

  /** The variables as this record has them: those in memory may be a step ahead (1). */
  #variables(record: SessionRecord): Readonly<Record<string, unknown>> {
    const live = this.#sessions.get(record.sessionid);
    const isCurrent = live?.version === record.version && live.status !== 'error';
    const session = isCurrent ? live.actor?.getSnapshot().session : undefined;
    return session ? session.scope.variables() : this.#charts.variables(record);
  }

  async #live(sessionid: string): Promise<Live> {
    const live = this.#sessions.get(sessionid);
    if (live) return live;
    throw (await this.options.store.session(sessionid))
      ? problem('SESSION_OVER', sessionid)
      : problem('SESSION_NOT_FOUND', sessionid);
  }
}
