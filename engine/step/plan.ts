/**
 * Plans: what taking a set of transitions in a configuration does, worked out once. `sets.ts` computes, `algorithm.ts` carries out.
 *
 * 1. A plan is a function of configuration and enabled transitions alone, unless history was asked; then it is not kept.
 * 2. The exit set reads history as it was before the microstep, the entry set as the exit has recorded it (Appendix D).
 */
import { isDescendant, type ChartState, type ChartTransition } from '../chart.js';
import type { Configuration, Configurations, Entry, Plan } from './configuration.js';
import { computeEntrySet, computeExitSet, recordHistory, type EntrySet, type HistoryValue } from './sets.js';

export const planOf = (
  enabled: readonly ChartTransition[],
  configuration: Configuration,
  configurations: Configurations,
  history: ReadonlyMap<ChartState, readonly ChartState[]>,
): Plan => {
  const [only] = enabled;
  if (enabled.length === 1 && only) {
    const known = configuration.single.get(only);
    if (known) return known;
    const { plan, keep } = makePlan(enabled, configuration, configurations, history);
    if (keep) configuration.single.set(only, plan);
    return plan;
  }
  const key = enabled.map((transition) => transition.order).join(' ');
  const known = configuration.several.get(key);
  if (known) return known;
  const { plan, keep } = makePlan(enabled, configuration, configurations, history);
  if (keep) configuration.several.set(key, plan);
  return plan;
};

const makePlan = (
  enabled: readonly ChartTransition[],
  configuration: Configuration,
  configurations: Configurations,
  history: ReadonlyMap<ChartState, readonly ChartState[]>,
): { plan: Plan; keep: boolean } => {
  let keep = true;
  const before: HistoryValue = (state) => {
    keep = false;
    return history.get(state);
  };
  const { states } = configuration;
  const transitions = removeConflictingTransitions(enabled, states, before);
  const exits = [...computeExitSet(transitions, states, before)].sort((a, b) => b.order - a.order);
  const records = exits.flatMap((state) =>
    state.histories.map((child) => ({ history: child, states: recordHistory(child, state, states) })),
  );
  const recorded = new Map(records.map((record) => [record.history, record.states]));
  const staying = new Set(states);
  for (const state of exits) staying.delete(state);
  const entry = computeEntrySet(transitions, staying, (state) => recorded.get(state) ?? before(state));
  const entries = [...entry.statesToEnter].sort((a, b) => a.order - b.order);
  return {
    keep,
    plan: {
      transitions,
      exits,
      records,
      entries: entries.map((state) => toEntry(state, entry)),
      next: configurations.intern([...staying, ...entries].sort((a, b) => a.order - b.order)),
    },
  };
};

const toEntry = (state: ChartState, entry: EntrySet): Entry => ({
  state,
  initialContent: entry.statesForDefaultEntry.has(state) ? state.initial?.content : undefined,
  historyContent: entry.defaultHistoryContent.get(state),
});

const removeConflictingTransitions = (
  enabled: readonly ChartTransition[],
  configuration: readonly ChartState[],
  history: HistoryValue,
): readonly ChartTransition[] => {
  if (enabled.length === 1) return enabled;
  const exitSets = new Map(
    enabled.map((transition) => [transition, computeExitSet([transition], configuration, history)]),
  );
  const exitSet = (transition: ChartTransition) => exitSets.get(transition) ?? new Set<ChartState>();
  const filtered = new Set<ChartTransition>();
  for (const t1 of enabled) {
    const conflicting = [...filtered].filter((t2) => intersects(exitSet(t1), exitSet(t2)));
    if (!conflicting.every((t2) => isDescendant(t1.source, t2.source))) continue;
    for (const t2 of conflicting) filtered.delete(t2);
    filtered.add(t1);
  }
  return [...filtered];
};

const intersects = (a: Set<ChartState>, b: Set<ChartState>): boolean => {
  for (const state of a) if (b.has(state)) return true;
  return false;
};
