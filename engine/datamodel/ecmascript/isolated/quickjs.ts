/**
 * One instance of QuickJS in WebAssembly, by the raw calls of its build: they cost a tenth of what handle objects cost. This is the
 * only file that knows them. They are the package's own and not promised, so its version is pinned and `quickjs.test.ts`
 * holds them to what is expected here.
 *
 * 1. The memory has a hard maximum: what QuickJS itself counts misses strings and arrays.
 * 2. A handle is the address of a value; whoever gets one frees it. Only addresses, numbers and text cross.
 * 3. Whatever WebAssembly throws (a trap, the host's stack used up) leaves the instance broken, and it is not called again.
 */
import published from '@jitl/quickjs-wasmfile-release-sync';
import type { KernelLimits } from '../../../limits.js';
import { within } from './watchdog.js';

declare const handle: unique symbol;
/** A guest value, by its address. */
export type Handle = number & { readonly [handle]: true };

/** What the guest threw. */
export class Thrown extends Error {
  override readonly name = 'Thrown';
  constructor(readonly value: Handle) {
    super('a guest value was thrown');
  }
}

/** Asked now and then while guest code runs: true ends it, and no source can catch that. `done`: calls, jumps and the like. */
export type Interrupt = (done: number) => boolean;

/** The instance cannot be used any more. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

/** Of the package's raw calls those that are used. `number` is an address unless it says otherwise. */
interface RawCalls {
  QTS_NewRuntime(): number;
  QTS_RuntimeSetMemoryLimit(runtime: number, bytes: number): void;
  QTS_RuntimeSetMaxStackSize(runtime: number, bytes: number): void;
  QTS_RuntimeEnableInterruptHandler(runtime: number): void;
  QTS_NewContext(runtime: number, intrinsics: number): number;
  QTS_GetUndefined(): number;
  QTS_Eval(context: number, text: number, bytes: number, file: string, detectModule: 0, flags: 0): Handle;
  QTS_Call(context: number, callee: Handle, self: number, count: number, argv: number): Handle;
  /** The error that the value stands for; 0 when there is no memory for it. */
  QTS_ResolveException(context: number, value: Handle): Handle | 0;
  QTS_GetProp(context: number, object: Handle, name: Handle): Handle;
  QTS_NewFloat64(context: number, value: number): Handle;
  QTS_GetFloat64(context: number, value: Handle): number;
  QTS_NewString(context: number, text: number): Handle;
  QTS_GetString(context: number, value: Handle): number;
  QTS_FreeCString(context: number, text: number): void;
  QTS_FreeValuePointer(context: number, value: Handle): void;
}

interface Build {
  callbacks: { readonly shouldInterrupt: () => 0 | 1 };
  _malloc(bytes: number): number;
  _free(at: number): void;
  lengthBytesUTF8(text: string): number;
  stringToUTF8(text: string, at: number, bytes: number): void;
  UTF8ToString(at: number): string;
}

/** The package as Node loads it; its types are those of its CommonJS form. */
const variant = published as unknown as {
  importFFI(): Promise<new (build: Build) => RawCalls>;
  importModuleLoader(): Promise<(options: { readonly wasmMemory: Memory }) => Promise<Build>>;
};

interface Memory {
  readonly buffer: ArrayBuffer;
}
/** Of Node's global, which its types leave out. Sizes in pages. */
declare const WebAssembly: {
  readonly Memory: new (pages: { readonly initial: number; readonly maximum: number }) => Memory;
};

const MIB = 1 << 20;
const PAGE = 65_536;
/** What the build starts with. */
const INITIAL_MIB = 16;
/** Of the memory, for QuickJS's own use when a guest has filled the rest. */
const RESERVE_MIB = 4;
/** QuickJS asks whether to go on after this many calls and jumps back; its own 10,000 may be as many costly natives. */
const INTERRUPT_AFTER = 100;
/** Where in a context QuickJS counts down to the next question, and what it counts from. */
const COUNTER = 232;
const COUNTED_FROM = 10_000;
/** Bits of `JS_AddIntrinsic...`: all that ES2023 has but typed arrays, shared memory and Atomics. */
const INTRINSICS = 0xfff & ~(1 << 9);
const MOST_ARGUMENTS = 4;
/** What the second word of a value says it is (JS_TAG_INT and so on); the first word is the integer, or 1 or 0. */
const INTEGER = 0;
const BOOLEAN = 1;
const NULL = 2;
const UNDEFINED = 3;
const EXCEPTION = 6;
/** The watchdog counts the machine's time, whoever uses it up: it waits for so many times what an evaluation may take. */
const PATIENCE = 3;

export class QuickJs {
  /** 3 */
  broken = false;
  /** Calls may contain natives that take long: each is under the watchdog. */
  watched = false;
  readonly #context: number;
  readonly #undefined: number;
  readonly #argv: number;
  /** The memory, four bytes each; growing detaches it. */
  #words = new Int32Array(0);
  #used = 0;

  private constructor(
    private readonly raw: RawCalls,
    private readonly build: Build,
    private readonly memory: Memory,
    private readonly limits: KernelLimits,
    interrupt: Interrupt,
  ) {
    const runtime = raw.QTS_NewRuntime();
    raw.QTS_RuntimeSetMemoryLimit(runtime, (limits.memory - RESERVE_MIB) * MIB);
    raw.QTS_RuntimeSetMaxStackSize(runtime, limits.stack * 1024);
    raw.QTS_RuntimeEnableInterruptHandler(runtime);
    this.#context = raw.QTS_NewContext(runtime, INTRINSICS);
    this.#undefined = raw.QTS_GetUndefined();
    this.#argv = build._malloc(MOST_ARGUMENTS * 4);
    build.callbacks = { shouldInterrupt: () => (interrupt(this.#hasten()) ? 1 : 0) };
  }

  static async open(limits: KernelLimits, interrupt: Interrupt): Promise<QuickJs> {
    if (limits.memory <= INITIAL_MIB + RESERVE_MIB) {
      throw new RangeError(`the memory of an isolated kernel is ${limits.memory} MiB: it needs more than 20`);
    }
    const wasmMemory = new WebAssembly.Memory({
      initial: (INITIAL_MIB * MIB) / PAGE,
      maximum: (limits.memory * MIB) / PAGE,
    });
    const [Raw, load] = await Promise.all([variant.importFFI(), variant.importModuleLoader()]);
    const build = await load({ wasmMemory });
    return new QuickJs(new Raw(build), build, wasmMemory, limits, interrupt);
  }

  /** How much of the memory beyond the first has been in use, from 0 to 1. It is never given back. */
  get used(): number {
    this.#view();
    return this.#used;
  }

  /** Throws Thrown. */
  evaluate(text: string, file: string): Handle {
    return this.#guarded(() =>
      this.#withText(text, (at, bytes) => this.#checked(this.raw.QTS_Eval(this.#context, at, bytes, file, 0, 0))),
    );
  }

  /** Throws Thrown. */
  call(callee: Handle, ...args: readonly Handle[]): Handle {
    if (this.broken) throw new Broken('this instance is broken');
    const words = this.#view();
    const count = args.length;
    // Word by word: copying an array into a typed one costs as much as the whole call.
    for (let i = 0; i < count; i++) words[this.#argv / 4 + i] = args[i] ?? 0;
    try {
      return this.watched
        ? this.#checked(within(this.limits.evaluation * PATIENCE, () => this.#call(callee, count)))
        : this.#checked(this.#call(callee, count));
    } catch (error) {
      throw this.#judged(error);
    }
  }

  property(object: Handle, name: string): Handle {
    const key = this.text(name);
    const value = this.#guarded(() => this.#checked(this.raw.QTS_GetProp(this.#context, object, key)));
    this.free(key);
    return value;
  }

  number(value: number): Handle {
    return this.#guarded(() => this.#checked(this.raw.QTS_NewFloat64(this.#context, value)));
  }

  /** Ends at a NUL; JSON has none. */
  text(value: string): Handle {
    return this.#guarded(() => this.#withText(value, (at) => this.#checked(this.raw.QTS_NewString(this.#context, at))));
  }

  /** NaN for what is no number; of primitives only, for of objects it would run their methods. */
  readNumber(value: Handle): number {
    const words = this.#view();
    if (words[value / 4 + 1] === INTEGER) return words[value / 4] ?? 0;
    return this.#guarded(() => this.raw.QTS_GetFloat64(this.#context, value));
  }

  /** Whether the value counts as true; undefined where only the guest can say. */
  readTruth(value: Handle): boolean | undefined {
    const words = this.#view();
    const kind = words[value / 4 + 1];
    if (kind === BOOLEAN || kind === INTEGER) return words[value / 4] !== 0;
    return kind === UNDEFINED || kind === NULL ? false : undefined;
  }

  /** Of strings only, see `readNumber`. */
  readText(value: Handle): string {
    return this.#guarded(() => {
      const at = this.raw.QTS_GetString(this.#context, value);
      if (at === 0) throw new Broken('there is no memory left to read a text');
      const text = this.build.UTF8ToString(at);
      this.raw.QTS_FreeCString(this.#context, at);
      return text;
    });
  }

  free(value: Handle): void {
    if (this.broken) return;
    try {
      this.raw.QTS_FreeValuePointer(this.#context, value);
    } catch (error) {
      throw this.#judged(error);
    }
  }

  #call(callee: Handle, count: number): Handle {
    return this.raw.QTS_Call(this.#context, callee, this.#undefined, count, this.#argv);
  }

  /** How much has been done since the last question. Regular expressions count on their own and leave the counter alone. */
  #hasten(): number {
    const words = this.#view();
    const counter = (this.#context + COUNTER) / 4;
    const byRegexp = words[counter] !== COUNTED_FROM;
    words[counter] = INTERRUPT_AFTER;
    return byRegexp ? COUNTED_FROM : INTERRUPT_AFTER;
  }

  #view(): Int32Array {
    if (this.#words.length === 0) this.#grown();
    return this.#words;
  }

  #grown(): void {
    const { buffer } = this.memory;
    this.#words = new Int32Array(buffer);
    this.#used = (buffer.byteLength / MIB - INITIAL_MIB) / (this.limits.memory - INITIAL_MIB);
  }

  #withText<T>(text: string, use: (at: number, bytes: number) => T): T {
    const bytes = this.build.lengthBytesUTF8(text);
    const at = this.build._malloc(bytes + 1);
    if (at === 0) throw new Broken('there is no memory left for a text');
    this.build.stringToUTF8(text, at, bytes + 1);
    const result = use(at, bytes);
    this.build._free(at);
    return result;
  }

  #checked(value: Handle): Handle {
    // An address of 0 is an allocation that failed.
    if (value === 0) throw new Broken('there is no memory left for a value');
    if (this.#view()[value / 4 + 1] !== EXCEPTION) return value;
    const error = this.raw.QTS_ResolveException(this.#context, value);
    this.raw.QTS_FreeValuePointer(this.#context, value);
    throw error === 0 ? new Broken('there is no memory left for an error') : new Thrown(error);
  }

  #guarded<T>(work: () => T): T {
    if (this.broken) throw new Broken('this instance is broken');
    try {
      return work();
    } catch (error) {
      throw this.#judged(error);
    }
  }

  /** 3 */
  #judged(error: unknown): unknown {
    if (error instanceof Thrown) return error;
    this.broken = true;
    return error instanceof Broken ? error : new Broken(String(error));
  }
}
