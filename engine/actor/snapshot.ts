/** What `actor.getSnapshot()` answers: XState's snapshot shape, worked out when it is read. */
import type { AnyActorRef, Snapshot, StateValue } from 'xstate';
import type { ChartState } from '../chart.js';
import { fromData } from '../datamodel/data.js';
import type { Configuration } from '../step/configuration.js';
import type { Session } from '../step/session.js';
import type { Surroundings } from './surroundings.js';

export type Status = Snapshot<unknown>['status'];

/**
 * `value`, `matches` and `hasTag` speak of the moment of the snapshot. `context` is a copy made when it is first read: read it
 * from the newest snapshot. After the end `value` is the configuration that the session ended in.
 */
export class ScxmlSnapshot {
  readonly output: unknown;
  readonly #configuration: Configuration;
  #value: StateValue | undefined;
  #context: Record<string, unknown> | undefined;

  constructor(
    /** For the logic alone. */
    readonly session: Session,
    readonly surroundings: Surroundings,
    readonly status: Status,
    readonly error?: unknown,
  ) {
    this.#configuration = session.configuration;
    this.output = status === 'done' ? fromData(session.output) : undefined;
  }

  /** Ids of the active atomic states that have one in the document, in document order. */
  get configuration(): string[] {
    return this.#configuration.atomic.filter(({ named }) => named).map(({ id }) => id);
  }

  get value(): StateValue {
    this.#value ??= valueOf(this.session.chart.root, new Set(this.#configuration.states));
    return this.#value;
  }

  get context(): Record<string, unknown> {
    this.#context ??= this.session.scope.variables();
    return this.#context;
  }

  /** Invoked sessions by invokeid. */
  get children(): Record<string, AnyActorRef> {
    return Object.fromEntries(this.surroundings.children);
  }

  matches(value: StateValue): boolean {
    return isPartOf(value, this.value);
  }

  /** SCXML has no tags: the id of each active state counts as one, so this is `In(id)`. */
  hasTag(id: string): boolean {
    return this.#configuration.states.some((state) => state.id === id);
  }

  toJSON(): object {
    const { status, output, error, value, context } = this;
    return { status, output, error, value, context };
  }
}

const valueOf = (state: ChartState, active: ReadonlySet<ChartState>): StateValue => {
  const children = state.children.filter((child) => active.has(child));
  const [only] = children;
  if (only && state.kind !== 'parallel' && only.children.length === 0) return only.id;
  return Object.fromEntries(children.map((child) => [child.id, valueOf(child, active)]));
};

const isPartOf = (wanted: StateValue, value: StateValue): boolean => {
  if (typeof wanted === 'string') return typeof value === 'string' ? wanted === value : Object.hasOwn(value, wanted);
  if (typeof value === 'string') return false;
  return Object.entries(wanted).every(([id, inner]) => {
    const actual = Object.hasOwn(value, id) ? value[id] : undefined;
    return inner !== undefined && actual !== undefined && isPartOf(inner, actual);
  });
};
