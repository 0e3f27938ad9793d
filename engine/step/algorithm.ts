/**
 * The interpreter: the procedures of Appendix D of the SCXML Recommendation, under its names and in its order.
 * One call of `deliver` is one macrostep: an external event in, a stable configuration and a list of effects out.
 * The sets it works on come from `plan.ts`; what a block of content does comes from `compile/`.
 *
 * 1. Nothing here acts on the outside: what is wanted done is in `session.effects`.
 * 2. A macrostep ends stable (no eventless transition enabled, internal queue empty) or done, or throws LimitError.
 */
import type { Chart, Content, ChartState, ChartTransition, Hooks, SessionInput } from '../chart.js';
import type { ScxmlEvent } from '../event.js';
import { LimitError } from '../limits.js';
import type { View } from '../platform.js';
import { configurationsOf, type Configurations, type Entry, type Plan } from './configuration.js';
import { planOf } from './plan.js';
import { selectEventlessTransitions, selectTransitions } from './selection.js';
import type { ErrorData } from '../semantics/semantics.js';
import { Session } from './session.js';

/** procedure interpret(doc), up to the first external event. */
export const interpret = (chart: Chart, input: SessionInput, now: number, hooks: Hooks = {}, view?: View): Session => {
  const configurations = configurationsOf(chart);
  const scope = chart.program.open({
    sessionid: input.sessionid,
    name: chart.name,
    ioprocessors: input.ioprocessors ?? {},
    x: input.x ?? {},
    seed: input.seed ?? 0,
  });
  const session = new Session(chart, input, scope, configurations.intern([]), hooks);
  begin(session, now, view);
  chart.load(session);
  if (chart.root.initial) microstep(session, [chart.root.initial], configurations);
  mainEventLoop(session, configurations);
  return session;
};

/** One turn of mainEventLoop: takes one external event and runs the macrostep that it starts. */
export const deliver = (session: Session, received: ScxmlEvent, now: number, view?: View): void => {
  if (!session.running) return;
  const configurations = configurationsOf(session.chart);
  begin(session, now, view);
  const event = session.chart.semantics.received(received, session);
  if (!event) return;
  if (event.type === 'platform' && event.name.startsWith('error.')) session.hooks.trace?.({ error: event });
  take(session, event, configurations);
  mainEventLoop(session, configurations);
};

/** The microstep of an external event. */
const take = (session: Session, event: ScxmlEvent, configurations: Configurations): void => {
  session.configuration = configurations.current(session.configuration);
  setEvent(session, event);
  if (session.invocations.size > 0) applyFinalizeAndForward(session, event);
  const enabledTransitions = selectTransitions(session, event);
  if (enabledTransitions.length > 0) microstep(session, enabledTransitions, configurations);
};

/** A cancel event: the session exits all its states and ends, without a done event. SCXML 6.4.3; in ORS, after one more microstep. */
export const cancel = (session: Session, now: number, view?: View): void => {
  if (!session.running) return;
  begin(session, now, view);
  const event = session.chart.semantics.cancelling(session);
  if (event) take(session, event, configurationsOf(session.chart));
  session.running = false;
  exitInterpreter(session, true);
};

/** `view` is of this step alone. */
const begin = (session: Session, now: number, view: View | undefined): void => {
  const { scope, chart } = session;
  session.now = now;
  scope.begin(now);
  if (chart.program.views.length > 0) scope.setView(view);
};

/** Everything of mainEventLoop between two external events. */
const mainEventLoop = (session: Session, configurations: Configurations): void => {
  let budget = session.chart.limits.microsteps;
  for (;;) {
    while (session.running) {
      const enabledTransitions = nextTransitions(session);
      if (!enabledTransitions) break;
      // An event that nothing takes counts too: a condition that fails raises the next one each time it is asked.
      if (budget-- === 0) throw endlessMacrostep(session, enabledTransitions);
      if (enabledTransitions.length > 0) microstep(session, enabledTransitions, configurations);
    }
    if (!session.running) break;
    startInvokes(session);
    if (session.internalQueue.length === 0) return;
  }
  exitInterpreter(session, false);
};

/** Eventless transitions first, then those of the next internal event; undefined when the macrostep is complete. */
const nextTransitions = (session: Session): readonly ChartTransition[] | undefined => {
  const eventless = selectEventlessTransitions(session);
  if (eventless.length > 0) return eventless;
  const internalEvent = session.internalQueue.shift();
  if (!internalEvent) return undefined;
  setEvent(session, internalEvent);
  return selectTransitions(session, internalEvent);
};

const endlessMacrostep = (session: Session, [transition]: readonly ChartTransition[]): LimitError => {
  const { uri, limits } = session.chart;
  const most = `a macrostep took more than ${limits.microsteps} microsteps`;
  if (transition) {
    const { at, source } = transition;
    const remedy = `this transition of state "${source.id}" is still enabled: give it a condition that ends`;
    return new LimitError(`${uri}:${at.line}:${at.column}: ${most}; ${remedy}`);
  }
  const { name, data } = session.event ?? { name: '', data: undefined };
  const { line = 1, column = 1, reason = 'nothing takes it' } = (data ?? {}) as Partial<ErrorData>;
  return new LimitError(`${uri}:${line}:${column}: ${most}; "${name}" (${reason}) is raised again and again`);
};

const setEvent = (session: Session, event: ScxmlEvent): void => {
  session.event = event;
  session.scope.setEvent(event);
};

const microstep = (
  session: Session,
  enabledTransitions: readonly ChartTransition[],
  configurations: Configurations,
): void => {
  const configuration = configurations.current(session.configuration);
  const plan = planOf(enabledTransitions, configuration, configurations, session.historyValue);
  exitStates(session, plan);
  for (const transition of plan.transitions) transition.content?.(session);
  enterStates(session, plan);
  session.configuration = plan.next;
};

const exitStates = (session: Session, plan: Plan): void => {
  for (const { history, states } of plan.records) session.historyValue.set(history, states);
  for (const state of plan.exits) {
    session.statesToInvoke.delete(state);
    exitState(session, state);
  }
};

const exitState = (session: Session, state: ChartState): void => {
  for (const content of state.onexit) content(session);
  cancelInvokes(session, state);
  session.active[state.order] = 0;
  if (session.chart.program.usesIn) session.scope.exited(state.id);
  session.hooks.trace?.({ exit: state });
};

const enterStates = (session: Session, plan: Plan): void => {
  for (const entry of plan.entries) enterState(session, entry);
};

const enterState = (session: Session, { state, initialContent, historyContent }: Entry): void => {
  session.active[state.order] = 1;
  if (session.chart.program.usesIn) session.scope.entered(state.id);
  session.hooks.trace?.({ enter: state });
  if (state.invokes.length > 0) session.statesToInvoke.add(state);
  if (state.bindData) bindOnce(session, state, state.bindData);
  for (const content of state.onentry) content(session);
  initialContent?.(session);
  historyContent?.(session);
  if (state.kind === 'final') enterFinal(session, state);
};

/** Late binding: data of a state get their values when it is entered for the first time. SCXML 5.3.3 */
const bindOnce = (session: Session, state: ChartState, bindData: Content): void => {
  if (session.entered.has(state)) return;
  session.entered.add(state);
  bindData(session);
};

const enterFinal = (session: Session, state: ChartState): void => {
  const { parent } = state;
  if (!parent) return;
  if (parent.kind === 'scxml') {
    session.running = false;
    return;
  }
  const { semantics } = session.chart;
  session.internalQueue.push(semantics.doneState(parent.id, state.donedata?.(session), session));
  const grandparent = parent.parent;
  if (grandparent?.kind === 'parallel' && grandparent.children.every((child) => isInFinalState(session, child)))
    session.internalQueue.push(semantics.doneState(grandparent.id, undefined, session));
};

const isInFinalState = (session: Session, state: ChartState): boolean => {
  if (state.kind === 'compound')
    return state.children.some((child) => child.kind === 'final' && session.active[child.order] === 1);
  if (state.kind === 'parallel') return state.children.every((child) => isInFinalState(session, child));
  return false;
};

const startInvokes = (session: Session): void => {
  if (session.statesToInvoke.size === 0) return;
  const states = [...session.statesToInvoke].sort((a, b) => a.order - b.order);
  session.statesToInvoke.clear();
  for (const state of states) for (const invoke of state.invokes) invoke.start(session);
};

const cancelInvokes = (session: Session, state: ChartState): void => {
  if (session.invocations.size === 0) return;
  for (const { invokeid, state: owner } of session.invocations.values()) {
    if (owner !== state) continue;
    session.invocations.delete(invokeid);
    session.effects.push({ type: 'uninvoke', invokeid });
  }
};

/**
 * done.invoke ends no invocation here: it may be a late word of a session that the same state invoked before. Leaving the state
 * cancels whatever is under way (exitStates).
 */
const applyFinalizeAndForward = (session: Session, event: ScxmlEvent): void => {
  for (const { invokeid, invoke } of session.invocations.values()) {
    if (invokeid === event.invokeid) invoke.finalize?.(session);
    if (invoke.autoforward) session.effects.push({ type: 'forward', invokeid, event });
  }
};

const exitInterpreter = (session: Session, cancelled: boolean): void => {
  const states = [...session.configuration.states].sort((a, b) => b.order - a.order);
  for (const state of states) {
    exitState(session, state);
    if (state.kind === 'final' && state.parent?.kind === 'scxml') session.output = state.donedata?.(session);
  }
  session.internalQueue.length = 0;
  session.effects.push({ type: 'done', output: session.output, cancelled });
};
