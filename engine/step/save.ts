/**
 * A session as JSON between two steps, and back. Restoring runs nothing of the document: no entry content, no scripts' effects.
 *
 * 1. `restoreSession(chart, saveSession(s))` takes the same steps as `s`, with the same effects, in the same order.
 */
import { properAncestors, type Chart, type ChartState, type Hooks, type SessionInput } from '../chart.js';
import type { Data, ScxmlEvent } from '../event.js';
import type { Pending } from '../semantics/semantics.js';
import { configurationsOf } from './configuration.js';
import { Session } from './session.js';

export interface SavedSession {
  readonly version: 1;
  readonly input: SessionInput;
  readonly running: boolean;
  /** Ids of the atomic states, in document order. */
  readonly configuration: readonly string[];
  readonly history: Readonly<Record<string, readonly string[]>>;
  readonly entered: readonly string[];
  readonly invocations: readonly { readonly invokeid: string; readonly state: string; readonly index: number }[];
  readonly counter: number;
  readonly pending?: readonly Pending[];
  readonly event?: ScxmlEvent;
  readonly output?: Data;
  readonly data: Data;
}

export const saveSession = (session: Session): SavedSession => ({
  ...moving(session),
  input: { ...session.input, params: {} },
  data: JSON.parse(session.scope.save()) as Data,
});

/** The same as JSON text: what is text already is not read again. */
export const saveSessionText = (session: Session): string => {
  const text = JSON.stringify(moving(session));
  return `${text.slice(0, -1)},"input":${inputText(session.input)},"data":${session.scope.save()}}`;
};

type Moving = Omit<SavedSession, 'input' | 'data'>;

const moving = (session: Session): Moving => ({
  version: 1,
  running: session.running,
  configuration: ids(session.configuration.atomic),
  history: Object.fromEntries([...session.historyValue].map(([history, states]) => [history.id, ids(states)])),
  entered: ids([...session.entered]),
  invocations: [...session.invocations.values()].map(({ invokeid, state, invoke }) => ({
    invokeid,
    state: state.id,
    index: invoke.index,
  })),
  counter: session.counter,
  ...(session.pending.length > 0 && { pending: session.pending }),
  ...(session.event && { event: session.event }),
  ...(session.output !== undefined && { output: session.output }),
});

/** It stays the same for all of a session's life. */
const inputs = new WeakMap<SessionInput, string>();

const inputText = (input: SessionInput): string => {
  const known = inputs.get(input);
  if (known !== undefined) return known;
  const text = JSON.stringify({ ...input, params: {} });
  inputs.set(input, text);
  return text;
};

const ids = (states: readonly ChartState[]): string[] => states.map(({ id }) => id);

/** Throws RangeError, naming the state, when the snapshot is not one of this chart. */
export const restoreSession = (chart: Chart, saved: SavedSession, hooks: Hooks = {}): Session => {
  const { sessionid, ioprocessors, x, seed } = saved.input;
  const scope = chart.program.restore(saved.data, {
    sessionid,
    name: chart.name,
    ioprocessors: ioprocessors ?? {},
    x: x ?? {},
    seed: seed ?? 0,
  });
  const atomic = saved.configuration.map((id) => stateOf(chart, id));
  const states = withAncestors(atomic);
  const session = new Session(chart, saved.input, scope, configurationsOf(chart).intern(states), hooks);
  session.running = saved.running;
  session.counter = saved.counter;
  session.pending = saved.pending ?? [];
  session.output = saved.output;
  session.event = saved.event;
  scope.setEvent(saved.event);
  for (const state of states) {
    session.active[state.order] = 1;
    if (chart.program.usesIn) scope.entered(state.id);
  }
  for (const id of saved.entered) session.entered.add(stateOf(chart, id));
  restoreHistory(session, saved);
  restoreInvocations(session, saved);
  return session;
};

const restoreHistory = ({ chart, historyValue }: Session, { history }: SavedSession): void => {
  for (const [id, recorded] of Object.entries(history))
    historyValue.set(
      stateOf(chart, id),
      recorded.map((state) => stateOf(chart, state)),
    );
};

const restoreInvocations = ({ chart, invocations }: Session, saved: SavedSession): void => {
  for (const { invokeid, state, index } of saved.invocations) {
    const owner = stateOf(chart, state);
    const invoke = owner.invokes[index];
    if (invoke) invocations.set(invokeid, { invokeid, state: owner, invoke });
  }
};

const stateOf = (chart: Chart, id: string): ChartState => {
  const state = chart.byId.get(id);
  if (!state) throw new RangeError(`the snapshot names state "${id}", which "${chart.uri}" does not have`);
  return state;
};

const withAncestors = (atomic: readonly ChartState[]): readonly ChartState[] => {
  const states = new Set(atomic.flatMap((state) => [state, ...properAncestors(state)]));
  return [...states].filter(({ kind }) => kind !== 'scxml').sort((a, b) => a.order - b.order);
};
