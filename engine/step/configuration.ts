/**
 * Configurations, interned: sessions of a chart in the same states share one object, and what has been worked out for it.
 *
 * 1. Two equal configurations of one generation are the same object.
 * 2. Memory is bounded, and linear in the size of a big chart: at `capacity` configurations, or `mostMemos` memos of all of them,
 *    the whole table is emptied, and a new generation begins. A session that still holds an old one finds it again by `current`
 *    before its next step.
 */
import { isAtomic, type Chart, type ChartState, type ChartTransition, type Content } from '../chart.js';

const leastCapacity = 4096;
/** Memoised answers of one kind for one configuration. */
const memoCapacity = 512;
/** Memoised answers since the table was last emptied, for each configuration that fits in. */
const memosEach = 16;

/** Counts what the memos of a table take in. */
export interface Tally {
  memos: number;
}

export class Configuration {
  readonly atomic: readonly ChartState[];
  /** Candidates for eventless transitions; undefined until asked for. */
  eventless: Candidates | undefined;
  readonly byEvent: Memo<string, Candidates>;
  readonly single: Memo<ChartTransition, Plan>;
  readonly several: Memo<string, Plan>;

  constructor(
    /** In document order, without the root. */
    readonly states: readonly ChartState[],
    readonly generation: number,
    tally: Tally,
  ) {
    this.atomic = states.filter(isAtomic);
    this.byEvent = new Memo(tally);
    this.single = new Memo(tally);
    this.several = new Memo(tally);
  }

  forget(): void {
    this.eventless = undefined;
    this.byEvent.clear();
    this.single.clear();
    this.several.clear();
  }
}

/** What taking a set of transitions does; worked out by `plan.ts`. */
export interface Plan {
  /** After removeConflictingTransitions, in the order of selection. */
  readonly transitions: readonly ChartTransition[];
  /** In exit order: reverse document order. */
  readonly exits: readonly ChartState[];
  readonly records: readonly { readonly history: ChartState; readonly states: readonly ChartState[] }[];
  /** In entry order: document order. */
  readonly entries: readonly Entry[];
  readonly next: Configuration;
}

export interface Entry {
  readonly state: ChartState;
  /** Content of the initial transition, if the state is entered by default. */
  readonly initialContent: Content | undefined;
  readonly historyContent: Content | undefined;
}

/** For each atomic state, in document order, the transitions that match, nearest ancestor first; empty lists left out. */
export type Candidates = readonly (readonly ChartTransition[])[];

/** A map that forgets everything when it is full: bounded whatever names come from outside. */
export class Memo<K, V> {
  readonly #entries = new Map<K, V>();

  constructor(private readonly tally: Tally) {}

  get(key: K): V | undefined {
    return this.#entries.get(key);
  }

  set(key: K, value: V): void {
    if (this.#entries.size >= memoCapacity) this.#entries.clear();
    this.#entries.set(key, value);
    this.tally.memos += 1;
  }

  clear(): void {
    this.#entries.clear();
  }
}

export class Configurations {
  readonly #table = new Map<string, Configuration>();
  readonly #tally: Tally = { memos: 0 };
  #generation = 0;
  readonly #capacity: number;
  readonly #mostMemos: number;

  /** A chart without parallel states has as many configurations as atomic states: they should all fit in. */
  constructor(states: number) {
    this.#capacity = Math.max(leastCapacity, 2 * states);
    this.#mostMemos = memosEach * this.#capacity;
  }

  /** `states` in document order. */
  intern(states: readonly ChartState[]): Configuration {
    const key = states.map((state) => state.order).join(' ');
    const known = this.#table.get(key);
    if (known) return known;
    if (this.#table.size >= this.#capacity) this.#evict();
    const configuration = new Configuration(states, this.#generation, this.#tally);
    this.#table.set(key, configuration);
    return configuration;
  }

  /** The same configuration in the current generation. */
  current(configuration: Configuration): Configuration {
    if (this.#tally.memos >= this.#mostMemos) this.#evict();
    return configuration.generation === this.#generation ? configuration : this.intern(configuration.states);
  }

  #evict(): void {
    for (const configuration of this.#table.values()) configuration.forget();
    this.#table.clear();
    this.#tally.memos = 0;
    this.#generation += 1;
  }
}

const tables = new WeakMap<Chart, Configurations>();

/** The table that all sessions of a chart share. */
export const configurationsOf = (chart: Chart): Configurations => {
  const known = tables.get(chart);
  if (known) return known;
  const table = new Configurations(chart.states.length);
  tables.set(chart, table);
  return table;
};
