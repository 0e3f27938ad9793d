/**
 * An isolation domain: one instance of QuickJS with the guest's kernel in it, for all sessions of one author's documents.
 * `pool.ts` opens and replaces domains, `session.ts` runs sources in them.
 *
 * 1. A domain in which memory ran out, or WebAssembly trapped, is closed: QuickJS is not sound after that.
 * 2. A program is compiled when the first session of it opens here, once.
 * 3. Values of what the host has forgotten are freed after it.
 */
import type { KernelLimits } from '../../../limits.js';
import { ExpressionError } from '../../datamodel.js';
import { calls } from '../kernel/calls.js';
import { isolatedKernelText } from '../kernel/kernel.js';
import { loadable, type ProgramSources } from '../program.js';
import { Deadline, type Budget, type Elapsed } from './deadline.js';
import { Broken, QuickJs, Thrown, type Handle } from './quickjs.js';

type Call = (typeof calls)[number];

/** A program in a domain: its sources, and why a source is refused. */
export interface Loaded {
  readonly table: Handle;
  readonly sources: readonly (Handle | string)[];
}

export interface DomainOptions {
  readonly limits: KernelLimits;
  readonly elapsed?: Elapsed | undefined;
  /** Told when one breaks. */
  readonly broke?: () => void;
}

/** What the guest's `tell` answers when it fails. */
const UNSHOWN = 'an error that cannot be shown';
/** Names are written to the guest once, up to this many. */
const MOST_NAMES = 1000;
/** What saving a session may take, in steps. */
const MOST_STEPS = 4;

export class Domain {
  closed = false;
  /** How often a source ran too long, used up the memory or broke the sandbox. */
  breaches = 0;
  /** The session whose time, fuel and chance are in the guest's meter. */
  holder: object | undefined;
  /** When it was last used, in the pool's own count. */
  used = 0;
  readonly #programs = new WeakMap<object, Loaded>();
  readonly #names = new Map<string, Handle>();
  #time: { readonly now: number; readonly handle: Handle } | undefined;
  /** 3 */
  readonly #forgotten = new FinalizationRegistry<readonly Handle[]>((handles) => {
    if (!this.closed) for (const each of handles) this.guest.free(each);
  });

  private constructor(
    readonly guest: QuickJs,
    readonly deadline: Deadline,
    private readonly kernel: Readonly<Record<Call, Handle>>,
    private readonly limits: KernelLimits,
    private readonly broke: () => void = () => undefined,
  ) {}

  static async open({ limits, elapsed, broke }: DomainOptions): Promise<Domain> {
    const deadline = new Deadline(limits, elapsed);
    let ready = false;
    const guest = await QuickJs.open(limits, (done) => ready && deadline.check(done));
    const kernel = guest.evaluate(isolatedKernelText, 'kernel');
    const entries = calls.map((name) => [name, guest.property(kernel, name)] as const);
    ready = true;
    return new Domain(guest, deadline, Object.fromEntries(entries) as Record<Call, Handle>, limits, broke);
  }

  get isFull(): boolean {
    return this.guest.used > this.limits.full;
  }

  #fail(): void {
    this.breaches += 1;
    this.broke();
    this.close();
  }

  close(): void {
    this.closed = true;
  }

  /** Throws ExpressionError for whatever goes wrong in the guest. The result is the caller's, to free. */
  call(call: Call, budget: Budget, ...args: readonly Handle[]): Handle {
    return this.apply(this.kernel[call], budget, ...args);
  }

  /** As `call`, for a function that the guest has given out. */
  apply(callee: Handle, budget: Budget, ...args: readonly Handle[]): Handle {
    this.deadline.start(budget);
    return this.#called(callee, args);
  }

  /**
   * As `call`, for the kernel's work on all data of a session. What bounds it is how large they may be; the deadline is for what
   * getters do on the way, and takes nothing from a step.
   */
  whole(call: Call, ...args: readonly Handle[]): Handle {
    const most = MOST_STEPS * this.limits.step;
    this.deadline.start({ spent: this.limits.step - most }, most);
    return this.#called(this.kernel[call], args);
  }

  #called(callee: Handle, args: readonly Handle[]): Handle {
    try {
      return this.guest.call(callee, ...args);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  run(call: Call, budget: Budget, ...args: readonly Handle[]): void {
    this.guest.free(this.call(call, budget, ...args));
  }

  /** 2 */
  load(program: ProgramSources): Loaded {
    const known = this.#programs.get(program);
    if (known) return known;
    const budget = { spent: 0 };
    const { made: table, refused } = loadable(program, (text) => this.#compiled(text, budget));
    const handles = program.sources.map(({ refused: reason }, chunk) => {
      const why = reason ?? refused.get(chunk);
      return why ?? this.#with(chunk, (number) => this.call('source', budget, table, number));
    });
    const loaded = { table, sources: handles };
    this.#programs.set(program, loaded);
    this.forget(program, [table, ...handles.filter((each) => typeof each === 'number')]);
    return loaded;
  }

  /** Frees the handles when the owner is no more. */
  forget(owner: object, handles: readonly Handle[]): void {
    this.#forgotten.register(owner, handles, owner);
  }

  /** The owner frees its handles itself. */
  remember(owner: object): void {
    this.#forgotten.unregister(owner);
  }

  /** A text that comes again and again: the id of a state or variable. */
  name(name: string): Handle {
    const known = this.#names.get(name);
    if (known !== undefined) return known;
    if (this.#names.size >= MOST_NAMES) {
      for (const each of this.#names.values()) this.guest.free(each);
      this.#names.clear();
    }
    const made = this.text(name);
    this.#names.set(name, made);
    return made;
  }

  /** As `name`: many steps begin in one millisecond. */
  time(now: number): Handle {
    const known = this.#time;
    if (known?.now === now) return known.handle;
    const handle = this.number(now);
    if (known) this.guest.free(known.handle);
    this.#time = { now, handle };
    return handle;
  }

  text(text: string): Handle {
    try {
      return this.guest.text(text);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  number(number: number): Handle {
    try {
      return this.guest.number(number);
    } catch (error) {
      throw this.#failure(error);
    }
  }

  /** A text that the guest answered; frees it. */
  taken(value: Handle): string {
    try {
      return this.guest.readText(value);
    } catch (error) {
      throw this.#failure(error);
    } finally {
      this.guest.free(value);
    }
  }

  #compiled(text: string, budget: Budget): Handle {
    this.deadline.start(budget);
    let make: Handle;
    try {
      make = this.guest.evaluate(text, 'document');
    } catch (error) {
      const failure = this.#failure(error);
      throw failure.message.startsWith('SyntaxError') ? new SyntaxError(failure.message) : failure;
    }
    const table = this.call('load', budget, make);
    this.guest.free(make);
    return table;
  }

  #with<T>(value: number, use: (handle: Handle) => T): T {
    const handle = this.number(value);
    const result = use(handle);
    this.guest.free(handle);
    return result;
  }

  /** 1 */
  #failure(error: unknown): ExpressionError {
    if (!(error instanceof Thrown)) return this.#broken(error);
    if (this.deadline.passed) {
      this.breaches += 1;
      this.guest.free(error.value);
      return new ExpressionError(this.deadline.message);
    }
    const message = this.#told(error.value);
    if (!this.#isShortage(message)) return new ExpressionError(message ?? UNSHOWN);
    this.#fail();
    return new ExpressionError(`the source needs more memory than it may have: ${this.limits.memory} MiB`);
  }

  /** Without memory an error may not be told, or look like one that has nothing to tell. */
  #isShortage(message: string | undefined): boolean {
    if (message === UNSHOWN) return this.guest.used > 0.5;
    return message === undefined || message.startsWith('InternalError: out of memory');
  }

  #broken(error: unknown): ExpressionError {
    if (!(error instanceof Broken)) throw error;
    this.#fail();
    return new ExpressionError(`the source broke its sandbox: ${error.message}`);
  }

  /**
   * Telling runs guest code: it has a deadline of its own. It catches what that code throws, so what it throws itself means that
   * there is no memory left to tell anything: undefined.
   */
  #told(thrown: Handle): string | undefined {
    this.deadline.start({ spent: 0 });
    try {
      const text = this.guest.call(this.kernel.tell, thrown);
      this.guest.free(thrown);
      return this.taken(text);
    } catch (error) {
      if (error instanceof Thrown) return this.deadline.passed ? UNSHOWN : undefined;
      throw error instanceof ExpressionError ? error : this.#broken(error);
    }
  }
}
