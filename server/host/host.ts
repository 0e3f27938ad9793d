/**
 * The host of sessions: each is an XState actor; one event to it is one step, one commit, then an answer, then effects.
 * Neighbours: `live.ts` is one session, `effects.ts` performs what a step wanted, `replies.ts` holds waiting HTTP requests.
 *
 * 1. Write, then act: nobody is answered and no effect is performed before the step that wanted it is saved.
 * 2. Effects of a session are performed in order: of a step, and step after step.
 * 3. A session whose step cannot be saved is stopped: what is in the store is the truth.
 */
import { createActor } from 'xstate';
import { cancelEvent, envelope } from '../../engine/actor/event.js';
import type { ScxmlLogic } from '../../engine/actor/logic.js';
import type { SessionInput } from '../../engine/chart.js';
import type { Effect } from '../../engine/effect.js';
import type { ScxmlEvent } from '../../engine/event.js';
import { saveSession } from '../../engine/step/save.js';
import type { Session } from '../../engine/step/session.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { problem } from '../problems.js';
import type { SessionRecord, Store, Write } from '../store/port.js';
import { Charts } from './charts.js';
import type { DocumentSource, LoadedDocument } from './documents.js';
import { Performer } from './effects.js';
import { Live, type Invoker, type Origin } from './live.js';
import type { Module } from './module.js';
import type { IncomingEvent, Reply, Sessions, SessionView, StartRequest } from './port.js';
import type { Processor } from './processor.js';
import type { Replies } from './replies.js';

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
    this.#charts = new Charts(modules, processors, (effects, session) => {
      this.#stepped(effects, session);
    });
    this.#performer = new Performer({
      modules,
      processors,
      log,
      live: (sessionid) => this.#sessions.get(sessionid),
      tell: (sessionid, event) => this.#tell(sessionid, event),
      invoke: (effect, invoker) => {
        void this.#invoke(effect, invoker);
      },
      cancel: (sessionid) => {
        this.#sessions.get(sessionid)?.actor?.send(cancelEvent);
      },
      ended: (live) => {
        this.#ended(live);
      },
    });
  }

  async start({ src, params, callback }: StartRequest): Promise<string> {
    const document = await this.options.documents.load(src);
    const live = this.#begin(document, { params }, { callback, invoker: undefined, depth: 0 });
    await live.saved;
    return live.origin.sessionid;
  }

  async deliver(sessionid: string, { name, data }: IncomingEvent): Promise<void> {
    await this.receive(sessionid, { name, type: 'external', data });
  }

  /** An event with all its fields, from an I/O processor. */
  async receive(sessionid: string, event: ScxmlEvent): Promise<void> {
    const live = await this.#live(sessionid);
    this.#tell(sessionid, event);
    await live.saved;
  }

  async request(sessionid: string, { name, data }: IncomingEvent, timeoutMs: number): Promise<Reply> {
    const live = await this.#live(sessionid);
    const sendid = this.options.newId();
    const reply = this.options.replies.wait(sendid, sessionid, timeoutMs, () =>
      problem('REQUEST_TIMEOUT', name, timeoutMs),
    );
    this.#tell(sessionid, { name, type: 'external', sendid, data });
    const [answer] = await Promise.all([reply, live.saved]);
    return answer;
  }

  async query(sessionid: string): Promise<SessionView> {
    const session = this.#sessions.get(sessionid)?.actor?.getSnapshot().session;
    const record = await this.options.store.session(sessionid);
    if (!record) throw problem('SESSION_NOT_FOUND', sessionid);
    return {
      sessionid,
      uri: record.uri,
      status: record.status,
      configuration: record.configuration,
      data: session ? session.scope.variables() : this.#charts.variables(record),
      version: record.version,
      startedAt: record.startedAt,
    };
  }

  async terminate(sessionid: string): Promise<void> {
    const live = await this.#live(sessionid);
    live.actor?.send(cancelEvent);
    await live.saved;
  }

  #begin(
    document: LoadedDocument,
    input: Pick<SessionInput, 'params' | 'invokeid'>,
    origin: Pick<Origin, 'callback' | 'invoker' | 'depth'>,
  ): Live {
    const { newId, newSeed, clock, platform, processors = [] } = this.options;
    const sessionid = newId();
    const logic = this.#charts.logic(document);
    const { uri, hash } = document;
    const live = new Live({ ...origin, sessionid, uri, document: hash, startedAt: clock.now() }, clock);
    this.#sessions.set(sessionid, live);
    live.actor = createActor<ScxmlLogic>(logic, {
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
        this.#failed(live, error);
      },
    });
    live.actor.start();
    return live;
  }

  /** One step has been taken: save it, then perform its effects. */
  #stepped(effects: readonly Effect[], session: Session): void {
    const live = this.#sessions.get(session.input.sessionid);
    if (!live) return;
    live.version += 1;
    if (!session.running) live.status = 'done';
    const { version } = live;
    const record = this.#record(live, session);
    live.saved = this.options.store.commit([{ kind: 'session', record }, ...this.#projections(live, effects)]);
    live.saved.then(
      () => {
        this.#performer.perform(live, version, effects);
      },
      (error: unknown) => {
        this.options.log.error(
          { sessionid: live.origin.sessionid, error },
          'a step could not be saved: session stopped',
        );
        this.#forget(live);
      },
    );
  }

  #record({ origin, version, status }: Live, session: Session): SessionRecord {
    const { sessionid, uri, document, startedAt, callback } = origin;
    const configuration = session.configuration.atomic.filter(({ named }) => named).map(({ id }) => id);
    const state = saveSession(session);
    return { sessionid, uri, document, version, status, startedAt, callback, configuration, state };
  }

  /** What the step changes in the callback record. It knows its session from the first step; one that ends leaves none open. */
  #projections({ origin, version }: Live, effects: readonly Effect[]): Write[] {
    const { callback, sessionid, invoker } = origin;
    if (callback === undefined || invoker) return [];
    const at = this.options.clock.now();
    const first = version === 1 ? [{ sessionid }] : [];
    const updates = effects.flatMap((effect) => this.#performer.project(effect) ?? []);
    const done = effects.some(({ type }) => type === 'done');
    const last = done ? [{ state: 'COMPLETED' as const, reason: 'NOT_AVAILABLE' }] : [];
    return [...first, ...updates, ...last].map((update) => ({
      kind: 'callback.update',
      id: callback,
      update: { at, ...update },
    }));
  }

  /** To a live session; false when there is none. */
  #tell(sessionid: string, event: ScxmlEvent): boolean {
    const actor = this.#sessions.get(sessionid)?.actor;
    actor?.send(envelope(event));
    return actor !== undefined;
  }

  async #invoke({ invokeid, src, content, params }: Extract<Effect, { type: 'invoke' }>, invoker: Live): Promise<void> {
    const { sessionid, depth } = invoker.origin;
    try {
      const document = await this.#charts.invoked(src, content, invoker.origin, this.options.documents);
      if (invoker.children.get(invokeid) !== '') return; // cancelled meanwhile
      const parent: Invoker = { sessionid, invokeid };
      const child = this.#begin(
        document,
        { params, invokeid },
        { callback: invoker.origin.callback, invoker: parent, depth: depth + 1 },
      );
      invoker.children.set(invokeid, child.origin.sessionid);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.#tell(sessionid, { name: 'error.communication', type: 'platform', invokeid, data: { reason } });
    }
  }

  /** The session broke a limit: its record says so, and whoever waits for it is told. */
  #failed(live: Live, error: unknown): void {
    const { sessionid, callback } = live.origin;
    const reason = error instanceof Error ? error.message : String(error);
    this.options.log.error({ sessionid, reason }, 'session failed');
    live.status = 'error';
    const at = this.options.clock.now();
    const failed = { at, state: 'COMPLETED', reason: 'FAIL_ERROR' } as const;
    const previous = live.saved;
    live.saved = (async () => {
      await previous;
      const record = await this.options.store.session(sessionid);
      const writes: Write[] = record ? [{ kind: 'session', record: { ...record, status: 'error' } }] : [];
      if (callback !== undefined) writes.push({ kind: 'callback.update', id: callback, update: failed });
      await this.options.store.commit(writes);
      throw problem('SESSION_FAILED', sessionid, reason);
    })();
    live.saved.catch(() => undefined);
    this.#ended(live);
  }

  #ended(live: Live): void {
    const { sessionid, invoker } = live.origin;
    for (const child of live.children.values()) this.#sessions.get(child)?.actor?.send(cancelEvent);
    for (const module of this.options.modules) module.ended?.(sessionid);
    this.#forget(live);
    if (!invoker) return;
    const { sessionid: parent, invokeid } = invoker;
    const output = live.actor?.getSnapshot().session.output;
    const name = live.status === 'error' ? 'error.communication' : `done.invoke.${invokeid}`;
    this.#tell(parent, { name, type: 'platform', invokeid, data: output });
  }

  #forget(live: Live): void {
    const { sessionid } = live.origin;
    live.dispose();
    this.#sessions.delete(sessionid);
    this.options.replies.abandon(sessionid, () => problem('SESSION_OVER', sessionid));
  }

  async #live(sessionid: string): Promise<Live> {
    const live = this.#sessions.get(sessionid);
    if (live) return live;
    throw (await this.options.store.session(sessionid))
      ? problem('SESSION_OVER', sessionid)
      : problem('SESSION_NOT_FOUND', sessionid);
  }
}
