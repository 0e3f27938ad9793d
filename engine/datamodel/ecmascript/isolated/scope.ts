/**
 * A session's scope on the isolated kernel: it outlives the domain that it runs in. What the session did since its last save
 * is kept as a journal of calls (`journal.ts`); in another domain the save is restored and the journal run again, which by time and chance as
 * parameters gives the same variables.
 *
 * 1. A call that broke the domain is left out of the journal: to the session it is an error and nothing else.
 * 2. The journal holds short calls only, and not too much work together: after a long call the session is saved. If it cannot be,
 *    the call is undone, and an error. What is only too large to be saved now may be smaller when the step is over: until a save,
 *    the session ends with its domain.
 * 3. A session that broke more than MOST_BREAKS domains, or cannot be continued, ends with a LimitError.
 */
import type { Data, ScxmlEvent } from '../../../event.js';
import { LimitError } from '../../../limits.js';
import type { View } from '../../../platform.js';
import { ExpressionError, type Called, type Chunk, type Scope, type SystemVariables } from '../../datamodel.js';
import { requireVariableName } from '../name.js';
import type { Domain } from './domain.js';
import { Journal, type Call } from './journal.js';
import { failureOf, Saved } from './saved.js';
import { GuestSession } from './session.js';
import type { Shared } from './shared.js';

/** Where sessions of one author run. */
export interface Home {
  /** Throws ExpressionError when there is none ready. `again`: the session has broken one in this step. */
  domain(again: boolean): Domain;
  /** A full domain gives way to a fresh one, if there is one; not by a session that would end with it. */
  relieve(domain: Domain, needed: boolean): void;
}

/** Milliseconds after which a call counts as long. */
const LONG = 10;
/** As many calls in the journal as a millisecond's work weighs. */
const CALLS_PER_MS = 10;
const SAVE_AFTER = 1024;
const MOST_CALLS = 16_384;
const MOST_BREAKS = 3;

const none: readonly Called[] = [];

export class IsolatedScope implements Scope {
  #session: GuestSession | undefined;
  readonly #saved: Saved;
  readonly #journal = new Journal();
  /** How much work stands in the journal, in milliseconds. */
  #work = 0;
  /** When the journal is long enough to be replaced by a save. */
  #long = SAVE_AFTER;
  /** The journal was given up: the session ends with its domain. */
  #mortal = false;
  #breaks = 0;
  #brokeInStep = false;
  #hear: ((called: Called) => void) | undefined;

  constructor(
    private readonly home: Home,
    private readonly shared: Shared,
    private readonly system: SystemVariables,
    saved?: Data,
  ) {
    this.#saved = new Saved(saved);
    this.#session = this.#opened();
  }

  begin(now: number): void {
    this.#brokeInStep = false;
    if (this.#session) this.home.relieve(this.#session.domain, this.#mortal);
    this.#journal.begin(now);
    this.#open()?.begin(now);
  }

  setEvent(event: ScxmlEvent | undefined): void {
    if (!this.shared.eventIsRead) return;
    this.#journal.setEvent(event);
    this.#open()?.setEvent(event);
  }

  setView(view: View | undefined): void {
    if (this.shared.roots.length === 0) return;
    this.#journal.setView(view);
    this.#open()?.setView(view);
  }

  attend(hear: (called: Called) => void): void {
    this.#hear = hear;
  }

  entered(id: string): void {
    this.#surely((session) => session.entered(id));
  }

  exited(id: string): void {
    this.#surely((session) => session.exited(id));
  }

  condition(chunk: Chunk): boolean {
    return this.#do((session) => session.condition(chunk));
  }

  value(chunk: Chunk): Data | undefined {
    return this.#do((session) => session.value(chunk));
  }

  run(chunk: Chunk): void {
    this.#do((session) => session.run(chunk));
  }

  assign(location: Chunk, value: Chunk): void {
    this.#do((session) => session.assign(location, value));
  }

  assignData(location: Chunk, value: Data | undefined): void {
    this.#do((session) => session.assignData(location, value));
  }

  declare(id: string): void {
    requireVariableName(id);
    this.#do((session) => session.declare(id));
  }

  define(id: string, value: Chunk): void {
    requireVariableName(id);
    this.#do((session) => session.define(id, value));
  }

  defineData(id: string, value: Data | undefined): void {
    requireVariableName(id);
    this.#do((session) => session.defineData(id, value));
  }

  foreach(array: Chunk, item: string, index: string | undefined, body: () => boolean): void {
    const length = this.#do((session) => session.walk(array));
    try {
      this.declare(item);
      if (index !== undefined) this.declare(index);
      for (let place = 0; place < length; place++) {
        this.#do((session) => session.visit(place, item, index));
        if (!body()) return;
      }
    } finally {
      this.#endWalk();
    }
  }

  variables(): Record<string, unknown> {
    return this.#reading((session) => session.variables());
  }

  save(): string {
    const known = this.#journal.length === 0 ? this.#saved.text : undefined;
    if (known !== undefined) return known;
    const saved = this.#reading((session) => session.save());
    if (!this.#session?.walking) this.#keep(saved);
    return saved;
  }

  /** Nothing may be in its way: a walk that does not end would keep the session from being saved. */
  #endWalk(): void {
    const end: Call = (session) => session.endWalk();
    if (this.#session && !this.#session.domain.closed) this.#do(end);
    else this.#journal.note(end);
  }

  /** For what runs no source and may not fail: where it cannot be done now, it is done when the session opens again. */
  #surely(call: Call): void {
    try {
      this.#do(call);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      this.#journal.note(call);
    }
  }

  /** Undefined where it cannot be had now: then the journal tells it when the session opens again. */
  #open(): GuestSession | undefined {
    try {
      return this.#current();
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return undefined;
    }
  }

  #do<T>(call: (session: GuestSession) => T): T {
    const session = this.#current();
    const { deadline } = session.domain;
    const before = deadline.worked;
    try {
      return this.#told(session, call);
    } finally {
      if (session.domain.closed) this.#broke();
      else this.#done(call, session, deadline.worked - before);
    }
  }

  /** What it called is heard when it is sure to stay. */
  #done(call: Call, session: GuestSession, work: number): void {
    const called = this.shared.host === undefined ? none : this.#reading((own) => own.called());
    this.#note(call, session, work);
    if (this.#hear) for (const each of called) this.#hear(each);
  }

  #reading<T>(read: (session: GuestSession) => T): T {
    const session = this.#current();
    try {
      return this.#told(session, read);
    } finally {
      if (session.domain.closed) this.#broke();
    }
  }

  #told<T>(session: GuestSession, call: (session: GuestSession) => T): T {
    const { domain } = session;
    const { breaches } = domain;
    try {
      return call(session);
    } finally {
      if (domain.breaches > breaches) this.shared.breached?.();
    }
  }

  #current(): GuestSession {
    if (this.#session && !this.#session.domain.closed) return this.#session;
    if (this.#breaks > MOST_BREAKS) throw new LimitError(`the session broke its sandbox ${this.#breaks} times`);
    if (this.#mortal) throw new LimitError('the sandbox of the session is gone, and the session could not be saved');
    this.#session = this.#opened();
    return this.#session;
  }

  #opened(): GuestSession {
    const session = new GuestSession(this.home.domain(this.#brokeInStep), this.shared, this.system);
    try {
      const { data } = this.#saved;
      if (data !== undefined) session.restore(data);
      this.#journal.repeat(session);
      if (this.shared.host !== undefined) session.called();
    } finally {
      if (session.domain.closed) throw new LimitError('the session needs more memory than a sandbox has');
    }
    return session;
  }

  /** 1 */
  #broke(): void {
    this.#session = undefined;
    this.#brokeInStep = true;
    this.#breaks += 1;
  }

  #note(call: Call, session: GuestSession, work: number): void {
    this.#journal.note(call);
    this.#work += work;
    if (session.walking) return;
    if (work > LONG) this.#saveOrUndo(session);
    else if (this.#journal.length + this.#work * CALLS_PER_MS >= this.#long) this.#shorten(session);
  }

  /** 2 */
  #saveOrUndo(session: GuestSession): void {
    const failure = failureOf(() => this.#keep(session.save()));
    if (failure === undefined) return;
    if (failure instanceof LimitError) return this.#giveUp(failure);
    this.#journal.undo();
    if (session.domain.closed) this.#broke();
    else session.end();
    this.#session = undefined;
    throw failure;
  }

  /** A session that cannot be saved goes on without, as long as its domain does. */
  #shorten(session: GuestSession): void {
    const failure = failureOf(() => this.#keep(session.save()));
    if (failure === undefined) return;
    if (!(failure instanceof ExpressionError || failure instanceof LimitError)) throw failure;
    if (session.domain.closed) this.#broke();
    this.#long *= 2;
    if (this.#long > MOST_CALLS) this.#giveUp();
  }

  #giveUp(why?: LimitError): void {
    this.#mortal = true;
    this.#saved.lose(why);
    this.#forget();
  }

  #keep(saved: string): void {
    this.#saved.keep(saved);
    this.#forget();
    this.#long = SAVE_AFTER;
    this.#mortal = false;
  }

  #forget(): void {
    this.#journal.forget();
    this.#work = 0;
  }
}
