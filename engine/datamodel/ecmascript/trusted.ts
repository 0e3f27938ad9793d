/**
 * A session's scope on the trusted kernel: a chunk is a function of the realm, called directly. `index.ts` opens scopes,
 * `kernel/` is the guest's half.
 *
 * 1. The host reads guest values by `typeof` and by truth alone; everything else leaves the guest as one JSON string.
 * 2. Sessions share the realm's meter: a scope takes it over before it runs anything.
 * 3. `_event` and the roots of `_genesys` are made in the guest when the first source that may read them is run. They are not saved: each step sets them.
 */
import { ExpressionError } from '../datamodel.js';
import type { Called, Chunk, Scope, SystemVariables } from '../datamodel.js';
import type { Data, ScxmlEvent } from '../../event.js';
import { stateTooLarge } from '../../limits.js';
import type { View } from '../../platform.js';
import type { Position } from '../../position.js';
import { fromData, toData } from '../data.js';
import type { Guest, GuestFunction, Kernel, ProgramTable } from './kernel/kernel.js';
import { requireVariableName } from './name.js';
import type { Moments } from './program.js';
import { calledIn, everyRoot, viewJson, NO_ROOTS, type Roots, type Shown } from './view.js';
import { guestJson, type ParseXml } from './xml.js';

/** The fuel of a save. */
const FUEL = 1_000_000;

/** What the sessions of a document share. */
export interface Shared extends Moments {
  readonly kernel: Kernel;
  readonly table: ProgramTable;
  readonly functions: readonly GuestFunction[];
  /** Of each source, if any of them names something of the platform. */
  readonly places: readonly Position[] | undefined;
  /** Of `_genesys`. */
  readonly roots: readonly string[];
  readonly parseXml: ParseXml;
  readonly fuel: number;
  readonly state: number;
}

const failure = (kernel: Kernel, thrown: unknown): ExpressionError =>
  thrown instanceof ExpressionError ? thrown : new ExpressionError(kernel.tell(thrown));

/** The scope whose time, fuel and chance are in the meter. */
const meter: { holder: TrustedScope | undefined } = { holder: undefined };

export class TrustedScope implements Scope {
  readonly #shared: Shared;
  readonly #kernel: Kernel;
  readonly #functions: readonly GuestFunction[];
  readonly #scope: Guest;
  #event: ScxmlEvent | undefined;
  #eventIsBound = true;
  #view: View | undefined;
  /** What of it the guest does not have. */
  #unbound: Roots;
  /** What it has. */
  readonly #shown: Shown = {};
  #hear: ((called: Called) => void) | undefined;
  #fuel: number;
  #every = Infinity;
  #now = 0;
  #random: number;
  /** What was saved, while nothing has been done since that could change it. */
  #saved: string | undefined;

  constructor(shared: Shared, { sessionid, name, ioprocessors, x, seed }: SystemVariables) {
    this.#shared = shared;
    this.#kernel = shared.kernel;
    this.#functions = shared.functions;
    this.#fuel = shared.fuel;
    this.#random = seed | 0;
    this.#unbound = everyRoot(shared.roots);
    const { table, kernel, parseXml } = shared;
    const io = JSON.stringify(toData(ioprocessors));
    this.#scope = this.#within(() => kernel.open(table, sessionid, name, io, guestJson(x, parseXml)));
  }

  begin(now: number): void {
    this.#now = now;
    this.#fuel = this.#shared.fuel;
    if (meter.holder === this) this.#fill();
  }

  setEvent(event: ScxmlEvent | undefined): void {
    this.#event = event;
    this.#eventIsBound = false;
  }

  setView(view: View | undefined): void {
    this.#view = view;
    this.#unbound = everyRoot(this.#shared.roots);
  }

  attend(hear: (called: Called) => void): void {
    this.#hear = hear;
  }

  entered(id: string): void {
    this.#saved = undefined;
    this.#kernel.enter(this.#scope, id);
  }

  exited(id: string): void {
    this.#saved = undefined;
    this.#kernel.exit(this.#scope, id);
  }

  condition(chunk: Chunk): boolean {
    return Boolean(this.#evaluate(chunk));
  }

  value(chunk: Chunk): Data | undefined {
    const value = this.#evaluate(chunk);
    const inside = typeof value === 'function' || typeof value === 'symbol' || (typeof value === 'object' && value);
    if (!inside) return toData(value);
    try {
      return this.#json(() => this.#kernel.encode(value));
    } finally {
      if (this.#shared.places) this.#tell(this.#shared.places[chunk]);
    }
  }

  run(chunk: Chunk): void {
    this.#evaluate(chunk);
  }

  assign(location: Chunk, value: Chunk): void {
    this.#evaluate(location, this.#source(value));
  }

  assignData(location: Chunk, value: Data | undefined): void {
    this.#evaluate(location, this.#kernel.always(this.#guestValue(value)));
  }

  declare(id: string): void {
    requireVariableName(id);
    this.#saved = undefined;
    this.#kernel.declare(this.#scope, id);
  }

  define(id: string, value: Chunk): void {
    requireVariableName(id);
    this.#kernel.define(this.#scope, id, this.#evaluate(value));
  }

  defineData(id: string, value: Data | undefined): void {
    requireVariableName(id);
    this.#saved = undefined;
    this.#kernel.define(this.#scope, id, this.#guestValue(value));
  }

  foreach(array: Chunk, item: string, index: string | undefined, body: () => boolean): void {
    const kernel = this.#kernel;
    const value = this.#evaluate(array);
    const copy = this.#within(() => kernel.copy(value));
    this.declare(item);
    if (index !== undefined) this.declare(index);
    for (let i = 0; i < copy.length; i++) {
      kernel.define(this.#scope, item, kernel.item(copy, i));
      if (index !== undefined) kernel.define(this.#scope, index, i);
      if (!body()) return;
    }
  }

  variables(): Record<string, unknown> {
    return fromData(JSON.parse(this.#unhurried(() => this.#kernel.show(this.#scope))) as Data) as Record<
      string,
      unknown
    >;
  }

  save(): string {
    const { state } = this.#shared;
    const json = this.#saved ?? this.#unhurried(() => this.#kernel.save(this.#scope, state));
    if (json === 'null') throw stateTooLarge(state);
    this.#saved = json;
    return `${json.slice(0, -1)},"random":${meter.holder === this ? this.#kernel.meter.r : this.#random}}`;
  }

  restore(saved: Data): void {
    const { random, ...rest } = saved as unknown as Saved & { random: number };
    this.#park();
    this.#random = random;
    const json = guestJson(rest, this.#shared.parseXml);
    this.#within(() => this.#kernel.restore(this.#scope, json));
  }

  /** The direct way: no more than a call. */
  #evaluate(chunk: Chunk, value?: GuestFunction): unknown {
    const source = this.#source(chunk);
    try {
      return source(this.#scope, value);
    } catch (thrown) {
      throw failure(this.#kernel, thrown);
    } finally {
      if (this.#shared.places) this.#tell(this.#shared.places[chunk]);
    }
  }

  /** The source, with everything in place for it to run. */
  #source(chunk: Chunk): GuestFunction {
    this.#saved = undefined;
    if (meter.holder !== this) this.#take();
    if (!this.#eventIsBound && this.#shared.readsEvent[chunk]) this.#bindEvent();
    const wanted = this.#unbound & (this.#shared.readsView[chunk] ?? NO_ROOTS);
    if (wanted !== NO_ROOTS) this.#bindView(wanted);
    const source = this.#functions[chunk];
    if (!source) throw new ExpressionError(`there is no source ${chunk} in this document`);
    return source;
  }

  #within<T>(work: () => T): T {
    this.#saved = undefined;
    if (meter.holder !== this) this.#take();
    try {
      return work();
    } catch (thrown) {
      throw failure(this.#kernel, thrown);
    }
  }

  #json(work: () => string): Data {
    return JSON.parse(this.#within(work)) as Data;
  }

  /** Saving has fuel of its own: a step that used all of its is saved too. */
  #unhurried(work: () => string): string {
    this.#park();
    const left = this.#fuel;
    this.#fuel = FUEL;
    try {
      return this.#within(work);
    } finally {
      this.#park();
      this.#fuel = left;
    }
  }

  #guestValue(value: Data | undefined): unknown {
    if (typeof value !== 'object' || value === null) return value;
    const { parseXml } = this.#shared;
    return this.#within(() => this.#kernel.parse(guestJson(value, parseXml)));
  }

  #bindEvent(): void {
    const event = this.#event;
    const { parseXml } = this.#shared;
    this.#within(() => this.#kernel.bindEvent(this.#scope, event && guestJson(event as unknown as Data, parseXml)));
    this.#eventIsBound = true;
  }

  #bindView(wanted: Roots): void {
    const { parseXml, roots } = this.#shared;
    const json = viewJson(roots, wanted, this.#view, this.#shown, parseXml);
    if (json !== undefined) this.#within(() => this.#kernel.bindView(this.#scope, json));
    this.#unbound &= ~wanted;
  }

  /** What the source at this place has called. */
  #tell(at: Position | undefined): void {
    const json = this.#kernel.called(this.#scope);
    if (json !== false && at && this.#hear) for (const called of calledIn(json, at)) this.#hear(called);
  }

  /** 2 */
  #take(): void {
    if (meter.holder) meter.holder.#park();
    this.#kernel.meter.every = this.#every;
    this.#fill();
    this.#kernel.meter.r = this.#random;
    meter.holder = this;
  }

  #fill(): void {
    this.#kernel.refuel(this.#fuel);
    this.#kernel.meter.now = this.#now;
  }

  #park(): void {
    if (meter.holder !== this) return;
    const { n, held, every } = this.#kernel.meter;
    this.#fuel = n + held;
    this.#every = every;
    this.#random = this.#kernel.meter.r;
    meter.holder = undefined;
  }
}

type Saved = { readonly variables: Data; readonly states: Data };
