/**
 * The host of sessions: each is an XState actor; one event to it is one step, one commit, then an answer, then effects.
 * Neighbours: `steps.ts` saves, `effects.ts` performs, `outbox.ts` has what is still to be done, `residents.ts` the sessions in
 * memory, `directory.ts` all that there are, `inbox.ts` what clients may repeat, `replies.ts` waiting HTTP requests.
 *
 * 1. Nothing of a session is only in memory, but the step that is being saved: a process that ends loses nothing else, and the
 *    next one goes on.
 */
import { ExpressionError } from '../../engine/datamodel/datamodel.js';
import type { ScxmlEvent } from '../../engine/event.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { problem } from '../problems.js';
import type { InboxRecord, OutboxEntry, SessionRecord, Store, Write } from '../store/port.js';
import { Actors } from './actors.js';
import { Charts, type Compiled } from './charts.js';
import { Deferred } from './deferred.js';
import { delivery, request, type Delivery } from './delivery.js';
import { Directory } from './directory.js';
import type { DocumentSource } from './documents.js';
import { Performer } from './effects.js';
import type { FailPoint } from './fail-point.js';
import { Inbox } from './inbox.js';
import { Invoking } from './invoking.js';
import type { Module } from './module.js';
import { unobserved, type Observer } from './observer.js';
import { Outbox } from './outbox.js';
import { viewOf } from './platform.js';
import type { IncomingEvent, Reply, Sessions, SessionView, StartRequest } from './port.js';
import type { Processor } from './processor.js';
import { Pruning } from './pruning.js';
import type { Replies } from './replies.js';
import { Residents } from './residents.js';
import { Steps } from './steps.js';

export interface HostOptions {
  readonly documents: DocumentSource;
  readonly store: Store;
  readonly clock: Clock;
  readonly modules: readonly Module[];
  readonly processors?: readonly Processor[];
  /** 32 characters 0-9A-Z, never the same again: session ids and ids of requests. */
  readonly newId: () => string;
  /** Seeds Math.random of a session, and spreads retries. */
  readonly newSeed: () => number;
  readonly replies: Replies;
  /** `_x` of a session: what the platform tells strategies about itself. */
  readonly platform: (sessionid: string) => Readonly<Record<string, string>>;
  readonly log: Log;
  /** Starts the session of a callback whose time has come; ends the entry by what it writes. */
  readonly callback?: (id: string, entry: OutboxEntry) => Promise<void>;
  /** Sessions in memory, beyond which those that rested longest leave. */
  readonly residents?: number;
  /** Milliseconds that sessions are kept which are over; none or 0: for ever. */
  readonly keepMs?: number;
  readonly observer?: Observer;
  readonly compiled?: Compiled;
  /** For tests in which the process ends. */
  readonly passing?: (point: FailPoint) => void;
}

const RESIDENTS = 5000;

export class Host implements Sessions {
  readonly directory = new Directory();
  readonly residents: Residents;
  readonly outbox: Outbox;
  readonly inbox: Inbox;
  readonly #actors: Actors;
  readonly #charts: Charts;
  readonly #deferred: Deferred;
  readonly #pruning: Pruning;
  readonly #steps: Steps;

  constructor(private readonly options: HostOptions) {
    const { store, clock, log, modules, processors = [], newId, newSeed, replies, documents, platform } = options;
    const { directory } = this;
    const { observer = unobserved, passing = () => undefined } = options;
    const timed = (step: () => void): void => {
      const started = clock.elapsed();
      step();
      observer.stepped(clock.elapsed() - started);
    };
    const residents = new Residents({
      most: options.residents ?? RESIDENTS,
      clock,
      load: (live) => void actors.load(live),
      unheard: (...deliveries) => steps.unheard(...deliveries),
      isActive: (sessionid) => directory.has(sessionid),
      timed,
    });
    const perform: Performer['perform'] = (entry, again, settled) => performer.perform(entry, again, settled);
    const outbox = new Outbox({ store, clock, log, chance: () => newSeed() / 2 ** 32, perform, passing, observer });
    const performer: Performer = new Performer({
      modules,
      processors,
      log,
      directory,
      outbox,
      tell: (sessionid, what) => residents.take(sessionid, what),
      invoke: (entry, sessionid) => void invoking.invoke(entry, entry.task, sessionid),
      invoker: async (sessionid) => (await store.session(sessionid))?.invoker,
      start: (entry, task, settled) => deferred.due(entry, task, settled),
      callback: options.callback ?? (() => Promise.reject(new Error('there are no callback services here'))),
    });
    const steps = new Steps({ store, clock, log, directory, residents, outbox, performer, replies, passing });
    const step = {
      perform: (...step: Parameters<Steps['stepped']>) => steps.stepped(...step),
      reaches: (sessionid: string) => directory.has(sessionid),
      view: viewOf(modules, log),
    };
    const charts = new Charts(modules, processors, step, documents, store, options.compiled);
    const shared = { store, clock, charts, directory, residents, outbox };
    const actors = new Actors({ ...shared, steps, processors, newSeed, platform, passing, timed });
    const invoking = new Invoking({ ...shared, actors, newId });
    const deferred: Deferred = new Deferred({ ...shared, documents, log, actors });
    this.residents = residents;
    this.outbox = outbox;
    this.#actors = actors;
    this.#charts = charts;
    this.#deferred = deferred;
    this.#steps = steps;
    this.inbox = new Inbox({ store, clock });
    this.#pruning = new Pruning({ store, clock, log, keepMs: options.keepMs ?? 0 });
  }

  /** Goes on with what an earlier process has left in the store: before anything is asked of this one. */
  async open(): Promise<void> {
    const { directory } = this;
    const found = await this.options.store.activeSessions();
    const sessions = [...found].sort((a, b) => (a.invoker?.seq ?? 0) - (b.invoker?.seq ?? 0));
    for (const { sessionid, invoker } of sessions) directory.add(sessionid, invoker && directory.invoking(invoker));
    for (const { sessionid, invoker } of sessions)
      if (invoker && !directory.has(invoker.sessionid)) this.residents.take(sessionid, delivery('cancel'));
    await this.outbox.start();
    for (const { opened } of this.options.modules) await opened?.();
    this.#pruning.start();
  }

  async start(
    { src, params, starter, idealtime, callback, interaction, writes = [] }: StartRequest,
    id?: string,
    onRepeat?: () => void,
  ): Promise<string> {
    const begin = async (sessionid: string, noted: readonly Write[]): Promise<string> => {
      if (idealtime !== undefined && idealtime > this.options.clock.now()) {
        await this.#deferred.book(sessionid, { type: 'start', src, params, starter }, idealtime, [...noted, ...writes]);
        return sessionid;
      }
      const document = await this.options.documents.load(src);
      const { delivery: first, saved } = request('start', [...noted, ...writes, ...ownedBy(sessionid, interaction)]);
      const origin = { sessionid, document, callback, invoker: undefined, depth: 0 };
      this.#actors.begin({ ...origin, starter, input: { params } }, first);
      await saved;
      return sessionid;
    };
    const sessionid = this.options.newId();
    if (id === undefined) return begin(sessionid, []);
    return this.inbox.once(
      { scope: 'start', id, content: { src, params, idealtime }, onRepeat },
      (note) => begin(sessionid, [note({ sendid: undefined, answer: sessionid })]),
      ({ answer }) => answer as string,
    );
  }

  async deliver(sessionid: string, { name, data }: IncomingEvent, id?: string, onRepeat?: () => void): Promise<void> {
    await this.receive(sessionid, { name, type: 'external', data }, id, onRepeat);
  }

  /** An event with all its fields, from an I/O processor. */
  async receive(sessionid: string, event: ScxmlEvent, id?: string, onRepeat?: () => void): Promise<void> {
    if (id === undefined) return this.#taken(sessionid, event, []);
    await this.inbox.once(
      { scope: sessionid, id, content: event, onRepeat },
      (note) => this.#taken(sessionid, event, [note({ sendid: undefined, answer: null })]),
      () => undefined,
    );
  }

  async request(
    sessionid: string,
    event: IncomingEvent,
    timeoutMs: number,
    id?: string,
    onRepeat?: () => void,
  ): Promise<Reply> {
    const { name, data } = event;
    const sendid = this.options.newId();
    const ask = async (writes: readonly Write[]): Promise<Reply> => {
      const reply = this.#wait(sendid, sessionid, name, timeoutMs);
      const taken = this.#taken(sessionid, { name, type: 'external', sendid, data }, writes);
      taken.catch((error: unknown) => this.options.replies.fail(sendid, error as Error));
      const [answer] = await Promise.all([reply, taken]);
      return answer;
    };
    if (id === undefined) return ask([]);
    return this.inbox.once(
      { scope: sessionid, id, content: event, onRepeat },
      (note) => ask([note({ sendid, answer: undefined })]),
      (record) => {
        if (record.answer !== undefined) return record.answer as unknown as Reply;
        return this.#waitAgain(record, name, timeoutMs);
      },
    );
  }

  /** For the answer to a request that came before: it may be given while its record is read, or its session may be over. */
  async #waitAgain({ scope, id, sendid = '' }: InboxRecord, name: string, timeoutMs: number): Promise<Reply> {
    const { replies, store } = this.options;
    const reply = this.#wait(sendid, scope, name, timeoutMs);
    reply.catch(() => undefined);
    const record = await store.inbox(scope, id);
    if (record?.answer !== undefined) replies.answer(sendid, scope, record.answer as unknown as Reply);
    else if (!this.directory.has(scope)) replies.fail(sendid, problem('SESSION_OVER', scope));
    return reply;
  }

  async query(sessionid: string): Promise<SessionView> {
    const record = await this.options.store.session(sessionid);
    if (!record) return this.#scheduled(sessionid);
    const { uri, status, configuration, version, startedAt } = record;
    return { sessionid, uri, status, configuration, data: await this.#variables(record), version, startedAt };
  }

  async terminate(sessionid: string): Promise<void> {
    if (!this.directory.has(sessionid) && (await this.#deferred.cancel(sessionid))) return;
    await this.#taken(sessionid, 'cancel', []);
  }

  /** Something that the world says to a session; `writes` are written with the step that takes it. False: it is over. */
  tell(sessionid: string, event: ScxmlEvent, writes: readonly Write[] = []): boolean {
    return this.residents.take(sessionid, delivery(event, writes));
  }

  /**
   * The process is about to end: nothing more is begun, nobody waits, and effects under way have so many milliseconds. Resolves
   * when all that was taken is saved; nothing more is taken then.
   */
  async stop(grace = 0): Promise<void> {
    this.outbox.stop();
    this.residents.stop();
    this.#steps.stop();
    this.#pruning.stop();
    this.options.replies.abandonAll(problem('NOT_READY'));
    await this.#saved();
    await this.outbox.rest(grace);
    await this.#saved();
    this.residents.close(problem('NOT_READY'));
    this.outbox.close();
  }

  async #saved(): Promise<void> {
    await Promise.allSettled([...this.residents.all()].map(({ saved }) => saved));
  }

  #wait(sendid: string, sessionid: string, name: string, timeoutMs: number): Promise<Reply> {
    return this.options.replies.wait(sendid, sessionid, timeoutMs, () => problem('REQUEST_TIMEOUT', name, timeoutMs));
  }

  async #taken(sessionid: string, what: Delivery['what'], writes: readonly Write[]): Promise<void> {
    const { delivery: asked, saved } = request(what, writes);
    if (!this.residents.take(sessionid, asked)) throw await this.#absent(sessionid);
    await saved;
  }

  /** The variables as this record has them: those in memory may be a step ahead. */
  async #variables(record: SessionRecord): Promise<Readonly<Record<string, unknown>>> {
    const live = this.residents.get(record.sessionid);
    const isCurrent = live?.version === record.version && live.status !== 'error';
    const session = isCurrent ? live.actor?.getSnapshot().session : undefined;
    try {
      return session ? session.scope.variables() : await this.#charts.variables(record);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      throw problem('SESSION_NOT_SHOWN', record.sessionid, error.message);
    }
  }

  async #scheduled(sessionid: string): Promise<SessionView> {
    const view = await this.#deferred.view(sessionid);
    if (view) return view;
    throw problem('SESSION_NOT_FOUND', sessionid);
  }

  async #absent(sessionid: string): Promise<Error> {
    const known = this.residents.get(sessionid) ?? (await this.options.store.session(sessionid));
    if (known) return problem('SESSION_OVER', sessionid);
    const waiting = await this.#deferred.view(sessionid);
    if (waiting) return problem('SESSION_SCHEDULED', sessionid, new Date(waiting.startedAt).toISOString());
    return problem('SESSION_NOT_FOUND', sessionid);
  }
}

const ownedBy = (sessionid: string, interactionid: string | undefined): readonly Write[] =>
  interactionid === undefined ? [] : [{ kind: 'interaction', interactionid, sessionid }];
