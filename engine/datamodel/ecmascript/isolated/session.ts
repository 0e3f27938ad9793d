/**
 * A session's variables in one domain: each method is one call into the guest. It ends with its domain; `scope.ts` goes on with
 * the session in another one.
 *
 * 1. The guest's meter is taken over before anything of the session runs, and has the step's time and fuel before its first call.
 * 2. `_event` and `_genesys` are made in the guest when the first source that reads them is run. They are not saved: each step sets them.
 */
import type { Data, ScxmlEvent } from '../../../event.js';
import { stateTooLarge } from '../../../limits.js';
import type { View } from '../../../platform.js';
import { ExpressionError, type Called, type Chunk, type SystemVariables } from '../../datamodel.js';
import { fromData, toData } from '../../data.js';
import { guestJson } from '../xml.js';
import type { Budget } from './deadline.js';
import type { Domain, Loaded } from './domain.js';
import type { Handle } from './quickjs.js';
import type { Shared } from './shared.js';
import { calledIn, everyRoot, viewJson, NO_ROOTS, type Roots, type Shown } from '../view.js';

/** As the guest's `keep` writes it. */
interface Kept {
  readonly variables: Data;
  readonly states: Data;
  readonly random: number;
}

export class GuestSession {
  readonly #loaded: Loaded;
  readonly #scope: Handle;
  readonly #budget: Budget = { spent: 0 };
  /** Arrays that a foreach is walking. */
  readonly #walks: Handle[] = [];
  /** A big integer may be about. */
  #bigints: boolean;
  /** What the step's time is, until the guest knows. */
  #now: number | undefined;
  #event: ScxmlEvent | undefined;
  #eventIsBound = true;
  #view: View | undefined;
  /** What of it the guest does not have. */
  #unbound: Roots;
  readonly #shown: Shown = {};
  /** The source that was run last. */
  #last: Chunk = 0;

  constructor(
    readonly domain: Domain,
    private readonly shared: Shared,
    system: SystemVariables,
  ) {
    this.#bigints = shared.bigints;
    this.#unbound = everyRoot(shared.roots);
    this.#loaded = domain.load(shared);
    this.#scope = this.#start(system);
    domain.holder = undefined;
    domain.forget(this, [this.#scope]);
  }

  get walking(): boolean {
    return this.#walks.length > 0;
  }

  begin(now: number): void {
    this.#budget.spent = 0;
    this.#now = now;
  }

  setEvent(event: ScxmlEvent | undefined): void {
    this.#event = event;
    this.#eventIsBound = false;
  }

  setView(view: View | undefined): void {
    this.#view = view;
    this.#unbound = everyRoot(this.shared.roots);
  }

  /** What sources called since it was last asked. Asking is the kernel's work, and takes nothing from a step. */
  called(): readonly Called[] {
    const { domain, shared } = this;
    const at = shared.sources[this.#last]?.at;
    const answer = domain.whole('called', this.#scope);
    if (domain.guest.readTruth(answer) === undefined && at) return calledIn(domain.taken(answer), at);
    domain.guest.free(answer);
    return [];
  }

  entered(id: string): void {
    this.#run('enter', this.#scope, this.domain.name(id));
  }

  exited(id: string): void {
    this.#run('exit', this.#scope, this.domain.name(id));
  }

  condition(chunk: Chunk): boolean {
    return this.#freeing(this.#evaluate(chunk), (answer) => {
      return this.domain.guest.readTruth(answer) ?? this.#number(this.#call('truth', answer)) === 1;
    });
  }

  value(chunk: Chunk): Data | undefined {
    const { guest } = this.domain;
    const answer = this.#call('value', this.#source(chunk), this.#scope);
    const number = guest.readNumber(answer);
    if (!Number.isNaN(number)) {
      guest.free(answer);
      return number;
    }
    const text = this.domain.taken(answer);
    return text === 'undefined' ? undefined : (JSON.parse(text) as Data);
  }

  run(chunk: Chunk): void {
    this.domain.guest.free(this.#evaluate(chunk));
  }

  assign(location: Chunk, value: Chunk): void {
    this.domain.guest.free(this.#evaluate(location, this.#source(value)));
  }

  assignData(location: Chunk, value: Data | undefined): void {
    this.#withData(value, (json) => this.#run('assignData', this.#source(location), json, this.#scope));
  }

  declare(id: string): void {
    this.#run('declare', this.#scope, this.domain.name(id));
  }

  define(id: string, value: Chunk): void {
    this.#run('defineValue', this.#source(value), this.#scope, this.domain.name(id));
  }

  defineData(id: string, value: Data | undefined): void {
    this.#withData(value, (json) => this.#run('defineData', this.#scope, this.domain.name(id), json));
  }

  /** Begins a walk over a copy of an array and answers its length. */
  walk(array: Chunk): number {
    const list = this.#call('walk', this.#source(array), this.#scope);
    this.#walks.push(list);
    return this.#number(this.#call('lengthOf', list));
  }

  visit(place: number, item: string, index: string | undefined): void {
    const list = this.#walks.at(-1);
    if (list === undefined) throw new ExpressionError('there is no array to walk');
    const { domain } = this;
    this.#withNumber(place, (number) => {
      this.#run('visit', this.#scope, list, number, domain.name(item));
      if (index !== undefined) this.#run('count', this.#scope, domain.name(index), number);
    });
  }

  endWalk(): void {
    const list = this.#walks.pop();
    if (list !== undefined) this.domain.guest.free(list);
  }

  variables(): Record<string, unknown> {
    const text = this.domain.taken(this.#hurryless('tellAll'));
    return fromData(JSON.parse(text) as Data) as Record<string, unknown>;
  }

  /** Throws LimitError when it is too long. */
  save(): string {
    const json = this.domain.taken(this.#hurryless('keep'));
    if (json === 'null') throw stateTooLarge(this.shared.state);
    return json;
  }

  restore(saved: Data): void {
    const { random, ...rest } = saved as unknown as Kept;
    this.#withText(this.#json(rest), (json) =>
      this.#withNumber(random, (number) => {
        this.#take();
        this.domain.guest.free(this.domain.whole('resume', this.#scope, json, number));
      }),
    );
  }

  /** It is not used after this; its memory is free at once. */
  end(): void {
    while (this.walking) this.endWalk();
    const { domain } = this;
    domain.remember(this);
    domain.guest.free(this.#scope);
    domain.holder = undefined;
  }

  #start({ sessionid, name, ioprocessors, x, seed }: SystemVariables): Handle {
    const { fuel, state } = this.shared;
    const json = [sessionid, name, JSON.stringify(toData(ioprocessors)), this.#json(x), seed, fuel, state];
    return this.#withText(JSON.stringify(json), (text) =>
      this.domain.call('start', this.#budget, this.#loaded.table, text),
    );
  }

  /** The source, with everything in place for it to run. */
  #source(chunk: Chunk): Handle {
    const source = this.#loaded.sources[chunk];
    if (source === undefined) throw new ExpressionError(`there is no source ${chunk} in this document`);
    if (typeof source === 'string') throw new ExpressionError(source);
    if (!this.#eventIsBound && this.shared.readsEvent[chunk]) this.#bindEvent();
    const wanted = this.#unbound & (this.shared.readsView[chunk] ?? NO_ROOTS);
    if (wanted !== NO_ROOTS) this.#bindView(wanted);
    this.#last = chunk;
    return source;
  }

  #bindEvent(): void {
    const event = this.#event;
    if (!event) this.#run('bindEvent', this.#scope);
    else {
      this.#withText(this.#json(event as unknown as Data), (text) => this.#run('bindEvent', this.#scope, text));
    }
    this.#eventIsBound = true;
  }

  #bindView(wanted: Roots): void {
    const { roots, parseXml } = this.shared;
    const json = viewJson(roots, wanted, this.#view, this.#shown, parseXml);
    if (json !== undefined) this.#withText(json, (text) => this.#run('bindView', this.#scope, text));
    this.#unbound &= ~wanted;
  }

  /** The direct way: a source is a function of the scope; a location, of the source of its value too. */
  #evaluate(chunk: Chunk, ...value: readonly Handle[]): Handle {
    const source = this.#source(chunk);
    this.#take();
    return this.domain.apply(source, this.#budget, this.#scope, ...value);
  }

  #call(call: Parameters<Domain['call']>[0], ...args: readonly Handle[]): Handle {
    this.#take();
    return this.domain.call(call, this.#budget, ...args);
  }

  #run(call: Parameters<Domain['call']>[0], ...args: readonly Handle[]): void {
    this.domain.guest.free(this.#call(call, ...args));
  }

  /** A step that used all of its time is saved and shown too. */
  #hurryless(call: 'keep' | 'tellAll'): Handle {
    this.#take();
    return this.domain.whole(call, this.#scope);
  }

  /** 1 */
  #take(): void {
    const { domain } = this;
    domain.guest.watched = this.#bigints;
    if (domain.holder !== this) {
      domain.run('take', this.#budget, this.#scope);
      domain.holder = this;
    }
    if (this.#now === undefined) return;
    domain.run('begin', this.#budget, domain.time(this.#now));
    this.#now = undefined;
  }

  #number(answer: Handle): number {
    const { guest } = this.domain;
    const number = guest.readNumber(answer);
    guest.free(answer);
    return number;
  }

  #withData<T>(value: Data | undefined, use: (json: Handle) => T): T {
    return this.#withText(this.#json(value === undefined ? { $undefined: 1 } : value), use);
  }

  #json(data: Data): string {
    try {
      const json = guestJson(data, this.shared.parseXml);
      if (json.includes('"$bigint"')) this.#bigints = true;
      return json;
    } catch (error) {
      throw new ExpressionError(String(error));
    }
  }

  #withText<T>(text: string, use: (handle: Handle) => T): T {
    return this.#freeing(this.domain.text(text), use);
  }

  #withNumber<T>(value: number, use: (handle: Handle) => T): T {
    return this.#freeing(this.domain.number(value), use);
  }

  #freeing<T>(handle: Handle, use: (handle: Handle) => T): T {
    try {
      return use(handle);
    } finally {
      this.domain.guest.free(handle);
    }
  }
}
