/**
 * A session while it is being stepped: everything of Appendix D's global variables, mutable, for one session.
 * `algorithm.ts` moves it, executable content (made by `compile/`) writes to it, `save.ts` turns it into JSON and back.
 *
 * 1. Between steps the internal queue and `statesToInvoke` are empty: a macrostep runs to its end.
 * 2. `effects` is what the current step wants done; whoever steps takes it with `takeEffects`.
 * 3. `active[order]` mirrors the configuration, also in the middle of a microstep, when `configuration` is still the old one.
 */
import type { Chart, ChartState, Hooks, Invocation, Running, SessionInput } from '../chart.js';
import type { Chunk, Scope } from '../datamodel/datamodel.js';
import type { Effect } from '../effect.js';
import type { Data, ScxmlEvent } from '../event.js';
import { ContentError, located, type Place } from '../failure.js';
import type { Pending } from '../semantics/semantics.js';
import { carryOut } from './called.js';
import type { Configuration } from './configuration.js';

export class Session implements Running {
  configuration: Configuration;
  readonly active: Uint8Array;
  readonly historyValue = new Map<ChartState, readonly ChartState[]>();
  readonly internalQueue: ScxmlEvent[] = [];
  readonly statesToInvoke = new Set<ChartState>();
  readonly invocations = new Map<string, Invocation>();
  /** Late binding: states that have been entered once. */
  readonly entered = new Set<ChartState>();
  effects: Effect[] = [];
  running = true;
  event: ScxmlEvent | undefined;
  output: Data | undefined;
  /** The last number given to a generated id. */
  counter = 0;
  pending: readonly Pending[] = [];
  /** The step's time: ms since the epoch. */
  now = 0;

  constructor(
    readonly chart: Chart,
    readonly input: SessionInput,
    readonly scope: Scope,
    configuration: Configuration,
    readonly hooks: Hooks,
  ) {
    this.configuration = configuration;
    this.active = new Uint8Array(chart.states.length);
    scope.attend((called) => {
      carryOut(this, called);
    });
  }

  nextId(prefix: string): string {
    this.counter += 1;
    return `${prefix}.${String(this.counter)}`;
  }

  takeEffects(): readonly Effect[] {
    const { effects } = this;
    if (effects.length === 0) return none;
    this.effects = [];
    return effects;
  }

  /** A condition that fails to evaluate is false, and error.execution. SCXML 5.9.1 */
  test(chunk: Chunk, place: Place): boolean {
    try {
      return this.scope.condition(chunk);
    } catch (error) {
      this.fail(located(error, place));
      return false;
    }
  }

  /** Queues the error event for a guest error; throws on anything else. SCXML 5.10.2 */
  fail(error: unknown): void {
    if (!(error instanceof ContentError)) throw error;
    const event = this.chart.semantics.failed(error, this);
    this.internalQueue.push(event);
    this.hooks.trace?.({ error: event });
  }
}

const none: readonly Effect[] = [];
