/**
 * The chart: a document compiled for running. Immutable, shared by all sessions of the document; made by `compile/`, run by `step/`.
 *
 * 1. `order` is document order, and the index of a state in `states`; the root (the `<scxml>` element) has order 0.
 * 2. A state's descendants are the states with an order in (order, last].
 * 3. `children` holds states that can be in a configuration; history states stand in `histories` (getChildStates, Appendix D).
 */
import type { Chunk, Program, Scope } from './datamodel/datamodel.js';
import type { Problem, Position } from './position.js';
import type { Limits } from './limits.js';
import type { Effect } from './effect.js';
import type { Data, ScxmlEvent } from './event.js';
import type { Place } from './failure.js';
import type { Semantics, Speaking } from './semantics/semantics.js';

export type ChartStateKind = 'scxml' | 'compound' | 'atomic' | 'parallel' | 'final' | 'history';

/** Executable content, ready to run. A block never throws for guest errors: it queues error.execution (SCXML 4.9). */
export type Content = (session: Running) => void;

export interface ChartState {
  readonly kind: ChartStateKind;
  readonly order: number;
  readonly last: number;
  readonly depth: number;
  /** The document's id, or a generated one that no document can write (`# 3`). */
  readonly id: string;
  /** False for a generated id. */
  readonly named: boolean;
  readonly at: Position;
  readonly parent: ChartState | undefined;
  readonly children: readonly ChartState[];
  readonly histories: readonly ChartState[];
  readonly deep: boolean;
  /** The default: of a compound state and the root its initial transition, of a history state its own transition. */
  readonly initial: ChartTransition | undefined;
  readonly transitions: readonly ChartTransition[];
  readonly onentry: readonly Content[];
  readonly onexit: readonly Content[];
  readonly invokes: readonly ChartInvoke[];
  /** Late binding: run on first entry. */
  readonly bindData: Content | undefined;
  /** Evaluates `<donedata>` at entry of a final state. */
  readonly donedata: DoneData | undefined;
}

type DoneData = (session: Running) => Data | undefined;

export interface ChartTransition {
  /** Document order among all transitions of the chart. */
  readonly order: number;
  readonly source: ChartState;
  /** Event descriptors without trailing `.` or `.*`; `*` stays. Empty = eventless. */
  readonly events: readonly string[];
  readonly eventless: boolean;
  readonly cond: ((session: Running) => boolean) | undefined;
  readonly targets: readonly ChartState[];
  readonly internal: boolean;
  readonly content: Content | undefined;
  readonly at: Position;
}

export interface ChartInvoke {
  /** Index among the invokes of its state. */
  readonly index: number;
  readonly autoforward: boolean;
  readonly finalize: Content | undefined;
  /** Evaluates the arguments and queues the effect; registers the invocation with the session. SCXML 6.4 */
  readonly start: Content;
  readonly at: Position;
}

export interface Invocation {
  readonly invokeid: string;
  readonly state: ChartState;
  readonly invoke: ChartInvoke;
}

/** What a session is started with. Ids and seed come from outside: the engine has no randomness. */
export interface SessionInput {
  readonly sessionid: string;
  /** Values for top-level `<data>` with the same id (SCXML 6.4); others are ignored. */
  readonly params?: Readonly<Record<string, Data | undefined>>;
  /** Set for an invoked session: its id in the parent, and what `#_parent` events carry. */
  readonly invokeid?: string | undefined;
  readonly ioprocessors?: Readonly<Record<string, { readonly location: string }>>;
  /** `_x`, the platform's variables. */
  readonly x?: Data;
  readonly seed?: number;
}

/** What whoever steps a session may hand it; neither is part of its state. */
export interface Hooks {
  readonly trace?: Trace | undefined;
  /** Whether there is a session of this id: one that is not is error.communication at once (SCXML 6.2.5, C.1). */
  readonly reaches?: ((sessionid: string) => boolean) | undefined;
}

export type Trace = (entry: TraceEntry) => void;
export type TraceEntry =
  | { readonly enter: ChartState }
  | { readonly exit: ChartState }
  /** An error event of the platform, when it is raised: its data say what failed, where, and why. SCXML 5.10.2 */
  | { readonly error: ScxmlEvent }
  | { readonly label: string | undefined; readonly value: Data | undefined };

/** What executable content may touch of the session that runs it; `step/session.ts` is the session. */
export interface Running extends Speaking {
  readonly input: SessionInput;
  readonly scope: Scope;
  readonly internalQueue: ScxmlEvent[];
  readonly effects: Effect[];
  readonly invocations: Map<string, Invocation>;
  readonly event: ScxmlEvent | undefined;
  readonly hooks: Hooks;
  /** An id that the session has not used: `prefix.n`. */
  nextId(prefix: string): string;
  /** A condition that fails to evaluate is false, and error.execution. SCXML 5.9.1 */
  test(chunk: Chunk, place: Place): boolean;
  /** Queues the error event for a ContentError; throws on anything else. SCXML 5.10.2 */
  fail(error: unknown): void;
}

export interface Chart {
  readonly name: string;
  readonly uri: string;
  readonly semantics: Semantics;
  readonly states: readonly ChartState[];
  readonly root: ChartState;
  readonly byId: ReadonlyMap<string, ChartState>;
  readonly late: boolean;
  readonly program: Program;
  /** Declares and initialises data (early binding) and the root's data, then runs the document's scripts. */
  readonly load: Content;
  /** Expressions that do not parse: each is error.execution when it is evaluated. */
  readonly problems: readonly Problem[];
  readonly limits: Limits;
}

/**
 * getProperAncestors(state, null) of Appendix D: nearest first, the root last. Walked when asked for: kept for every state they
 * would take memory with the square of a document's depth.
 */
export const properAncestors = ({ parent }: ChartState): readonly ChartState[] => {
  const ancestors: ChartState[] = [];
  for (let state = parent; state; state = state.parent) ancestors.push(state);
  return ancestors;
};

/** isDescendant(state1, state2) of Appendix D. */
export const isDescendant = (state: ChartState, ancestor: ChartState): boolean =>
  state.order > ancestor.order && state.order <= ancestor.last;

export const isAtomic = (state: ChartState): boolean => state.kind === 'atomic' || state.kind === 'final';
