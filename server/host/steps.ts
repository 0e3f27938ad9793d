/**
 * Saves the steps of sessions, and performs what they wanted when they are saved. `host.ts` has the sessions; `writes.ts` says what
 * a step writes.
 *
 * 1. Write, then act: nobody is answered and no effect is performed before the step that wanted it, and every step of the
 *    session before that one, is saved.
 * 2. Effects of a session are performed in order: of a step, and step after step.
 * 3. When the store cannot write, the session is dropped from memory: its record is the truth. Clients are told; what the
 *    server itself had for the session is kept, and taken when the store can write again.
 * 4. A step that breaks a limit, or that the store refuses, ends its session. Whoever waits is told, and a repeat is not taken
 *    for done. Its callback is handed to the callback services in the same commit.
 * 5. A session takes no events from the step that ends it.
 */
import type { Effect } from '../../engine/effect.js';
import type { Session } from '../../engine/step/session.js';
import type { Clock } from '../clock.js';
import type { Log } from '../log.js';
import { messageOf, problem, type Problem } from '../problems.js';
import { StoreUnavailable, type OutboxEntry, type Store, type Write } from '../store/port.js';
import { delivery, type Delivery } from './delivery.js';
import type { Directory } from './directory.js';
import { endOf, failedOf } from './endings.js';
import type { Performer } from './effects.js';
import type { FailPoint } from './fail-point.js';
import type { Live, Origin } from './live.js';
import { startAgain } from './lost.js';
import type { Outbox } from './outbox.js';
import type { Replies } from './replies.js';
import type { Residents } from './residents.js';
import type { Waiting } from './timers.js';
import { failureOf, writesOf, type Step } from './writes.js';

export interface StepsOptions {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly directory: Directory;
  readonly residents: Residents;
  readonly outbox: Outbox;
  readonly performer: Performer;
  readonly replies: Replies;
  readonly passing: (point: FailPoint) => void;
}

/** A step on its way to the store, and what is done when it is there. */
interface Unsaved {
  readonly step: Step;
  readonly live: Live;
  readonly taken: Delivery | undefined;
  readonly writes: readonly Write[];
  /** Entries by their effect; those that wait for their time are known to the timers. */
  readonly wanted: ReadonlyMap<Effect, OutboxEntry | Waiting>;
}

/** Milliseconds until the outbox is read again after the store could not write. */
const RETRY = 1000;
const MOST_DOCUMENTS = 10_000;

export class Steps {
  #again: unknown;
  /** Hashes of documents that are in the store for sure. */
  readonly #documented = new Set<string>();

  constructor(private readonly options: StepsOptions) {}

  /** One step has been taken. */
  stepped(effects: readonly Effect[], session: Session): void {
    const { residents, passing } = this.options;
    const live = residents.get(session.input.sessionid);
    const taken = live?.next();
    if (live?.status !== 'active' || !live.origin) {
      if (taken) this.unheard(session.input.sessionid, [taken]);
      return;
    }
    passing('after step');
    live.version += 1;
    if (!session.running) this.#close(live, 'done');
    try {
      this.#save(this.#unsaved(live, live.origin, effects, session, taken));
    } catch (err) {
      this.fail(live, problem('SESSION_FAILED', live.sessionid, messageOf(err)), err, taken);
    }
  }

  /** The session cannot go on: its record says so, then it is over. */
  fail(live: Live, failure: Problem, err: unknown, taken = live.next()): void {
    const { log } = this.options;
    taken?.settle?.(failure);
    if (live.status === 'error') {
      // A step behind the one that failed is not saved either, and what came with it is done with.
      void this.options.outbox.write(taken ? leftOf(taken) : []);
      return;
    }
    this.#close(live, 'error');
    log.error({ sessionid: live.sessionid, err }, failure.message);
    const before = live.saved;
    const untaken = live.untaken();
    live.saved = this.#failed(live, before, [...(taken ? [taken] : []), ...untaken].flatMap(leftOf));
    for (const { settle } of untaken) settle?.(failure);
  }

  /** They came for a session that is over: nobody takes them, but where they came from is done with them. */
  unheard(sessionid: string, deliveries: readonly Delivery[]): void {
    void this.options.outbox.write(deliveries.flatMap(leftOf));
    for (const { settle } of deliveries) settle?.(problem('SESSION_OVER', sessionid));
  }

  /** The store could not be read or written: the session leaves memory, and what it was to take is kept or refused. */
  drop(live: Live, err: StoreUnavailable): void {
    if (live.dropped) return;
    const { directory, residents, log, clock, outbox } = this.options;
    live.dropped = true;
    residents.remove(live);
    if (live.savedVersion > 0) directory.add(live.sessionid);
    else directory.remove(live.sessionid);
    log.error({ sessionid: live.sessionid, err }, 'the store cannot write: the session is as it was saved last');
    for (const each of live.untaken()) this.#refuse(live, each, err);
    this.#again ??= clock.setTimeout(() => {
      this.#again = undefined;
      void outbox.again();
    }, RETRY);
  }

  stop(): void {
    this.options.clock.clearTimeout(this.#again);
  }

  #unsaved(
    live: Live,
    origin: Origin,
    effects: readonly Effect[],
    session: Session,
    taken: Delivery | undefined,
  ): Unsaved {
    const { version, status } = live;
    const { clock } = this.options;
    const wanted = this.#wanted(origin, version, effects, session);
    const entries = new Map([...wanted].map(([effect, each]) => [effect, 'entry' in each ? each.entry : each]));
    const cancelled = status === 'done' && this.options.directory.invocationOf(origin.sessionid)?.cancelled === true;
    const documented = this.#documented.has(origin.document.hash);
    const step = { origin, session, version, status, effects, entries, cancelled, documented, at: clock.now() };
    try {
      // That a request came is written before what the step answers to it.
      const writes = [...(taken?.writes ?? []), ...writesOf(step, this.options.performer)];
      return { step, live, taken, writes, wanted };
    } catch (err) {
      this.#forget(wanted);
      throw err;
    }
  }

  /** What memory knows from the step on: sends that are taken back, invocations that have ended. */
  #wanted(origin: Origin, version: number, effects: readonly Effect[], session: Session) {
    const { sessionid } = origin;
    const { outbox, directory, performer } = this.options;
    const wanted = new Map<Effect, OutboxEntry | Waiting>();
    for (const [index, effect] of effects.entries()) {
      if (effect.type === 'cancel') outbox.unsend(sessionid, effect.sendid);
      if (effect.type === 'uninvoke') directory.cut(directory.invoked(sessionid, effect.invokeid));
      if (effect.type === 'done') outbox.unsend(sessionid);
      const task = effect.type === 'done' ? endOf(effect, origin, session) : effect;
      if (!task || !performer.lasts(task)) continue;
      const delay = effect.type === 'send' ? effect.delay : 0;
      const entry = outbox.entry(`${sessionid}/${version}/${index}`, sessionid, task, delay);
      wanted.set(effect, delay > 0 ? outbox.expect(entry) : entry);
    }
    return wanted;
  }

  #save(unsaved: Unsaved): void {
    const { live, writes } = unsaved;
    const committed = this.options.store.commit(writes);
    committed.catch(() => undefined);
    live.saved = live.saved.then(() => committed);
    live.saved.then(
      () => this.#saved(unsaved),
      (err: unknown) => this.#notSaved(unsaved, err),
    );
  }

  /** 1 */
  #saved({ step: { origin, version, effects, status }, live, taken, writes, wanted }: Unsaved): void {
    const { outbox, passing } = this.options;
    passing('after commit');
    live.savedVersion = version;
    if (version === 1) this.#remember(origin.document.hash);
    outbox.saved(writes);
    taken?.settle?.();
    for (const [index, effect] of effects.entries()) {
      const entry = wanted.get(effect);
      if (!entry) this.#pass(live, effect, `${live.sessionid}/${version}/${index}`);
      else if ('entry' in entry) outbox.arm(entry);
      else outbox.perform(entry);
    }
    if (live.resting) this.options.residents.makeRoom();
    if (status !== 'done') return;
    this.unheard(live.sessionid, live.untaken());
    this.#ended(live, problem('SESSION_OVER', live.sessionid));
  }

  #remember(hash: string): void {
    if (this.#documented.size >= MOST_DOCUMENTS) this.#documented.clear();
    this.#documented.add(hash);
  }

  #pass({ sessionid, origin }: Live, effect: Effect, key: string): void {
    this.options.performer.pass(effect, sessionid, origin?.document.uri ?? '', key, this.options.clock.now());
  }

  #notSaved({ live, taken, wanted }: Unsaved, err: unknown): void {
    this.#forget(wanted);
    if (!(err instanceof StoreUnavailable)) {
      this.fail(live, problem('SESSION_NOT_SAVED', live.sessionid), err, taken);
      return;
    }
    if (taken) this.#refuse(live, taken, err);
    this.drop(live, err);
  }

  /** 3 */
  #refuse({ sessionid, savedVersion }: Live, { client, settle, ...rest }: Delivery, err: StoreUnavailable): void {
    if (client || savedVersion === 0) settle?.(problem('STORE_UNAVAILABLE', err.message));
    else this.options.residents.keep(sessionid, { client, settle, ...rest });
  }

  #forget(wanted: Unsaved['wanted']): void {
    for (const each of wanted.values()) if ('entry' in each) this.options.outbox.drop(each);
  }

  /** 5 */
  #close(live: Live, status: 'done' | 'error'): void {
    live.status = status;
    this.options.directory.remove(live.sessionid);
  }

  async #failed(live: Live, before: Promise<void>, more: readonly Write[]): Promise<void> {
    const { store, clock, outbox, directory } = this.options;
    const { sessionid, origin } = live;
    await before.catch(() => undefined);
    const record = await store.session(sessionid).catch(() => undefined);
    const told = origin && failedOf(origin, record);
    const notice = told && outbox.entry(`${sessionid}/${live.version}/failed`, sessionid, told);
    // Of a session that never began, who started it is told.
    const again = origin && record && (await startAgain(origin, this.options));
    const entries = [notice, again].filter((entry) => entry !== undefined);
    outbox.unsend(sessionid);
    const debt = await outbox.write([
      ...(origin ? failureOf(origin, record, clock.now()) : []),
      ...entries.map((entry) => ({ kind: 'outbox', entry }) as const),
      ...more,
    ]);
    this.#ended(live, problem('SESSION_FAILED', sessionid, 'see the log of the server'));
    const perform = (): void => {
      for (const entry of entries) outbox.perform(entry);
    };
    // Calls are let go in any case.
    if (debt) void debt.paid.then(perform);
    else perform();
    const invocation = directory.invocationOf(sessionid);
    if (invocation) directory.over(invocation);
  }

  #ended(live: Live, why: Problem): void {
    const { residents, replies, directory, performer } = this.options;
    const { sessionid } = live;
    residents.remove(live);
    replies.abandon(sessionid, why);
    for (const invocation of directory.childrenOf(sessionid)) {
      directory.cut(invocation);
      if (invocation.child !== undefined) residents.take(invocation.child, delivery('cancel'));
    }
    performer.release(sessionid);
  }
}

/**
 * What is written of a delivery that no step takes. A request that was not taken has not come: its client may repeat it. Nor has a
 * start that was asked for: who asked is told, and says what becomes of it.
 */
const leftOf = ({ what, client, writes }: Delivery): Write[] =>
  what === 'start' && client ? [] : writes.filter(({ kind }) => kind !== 'inbox');
