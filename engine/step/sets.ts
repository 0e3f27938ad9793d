/**
 * The set procedures of Appendix D, under its names: which states a set of transitions exits and enters. Pure: they read the
 * chart, a configuration and history, and write nothing.
 *
 * 1. What is active and not left is not entered (the entry set of SCXML 3.13). Appendix D stops at the domain of the transition, which
 *    it works out anew after the exit; but history that the exit has recorded may have moved that, or lie beyond it.
 */
import { isAtomic, isDescendant, type ChartState, type ChartTransition, type Content } from '../chart.js';

/** historyValue[h.id]; what asks it depends on history, which is how `plan.ts` knows what it may keep. */
export type HistoryValue = (history: ChartState) => readonly ChartState[] | undefined;

/** What computeEntrySet finds: Appendix D's statesToEnter, statesForDefaultEntry, defaultHistoryContent. */
export interface EntrySet {
  /** Active, and not left. */
  readonly staying: ReadonlySet<ChartState>;
  readonly statesToEnter: Set<ChartState>;
  readonly statesForDefaultEntry: Set<ChartState>;
  readonly defaultHistoryContent: Map<ChartState, Content | undefined>;
}

export const computeExitSet = (
  transitions: readonly ChartTransition[],
  configuration: readonly ChartState[],
  historyValue: HistoryValue,
): Set<ChartState> => {
  const statesToExit = new Set<ChartState>();
  for (const transition of transitions) {
    const domain = getTransitionDomain(transition, historyValue);
    if (!domain) continue;
    for (const state of configuration) if (isDescendant(state, domain)) statesToExit.add(state);
  }
  return statesToExit;
};

export const computeEntrySet = (
  transitions: readonly ChartTransition[],
  staying: ReadonlySet<ChartState>,
  historyValue: HistoryValue,
): EntrySet => {
  const entry: EntrySet = {
    staying,
    statesToEnter: new Set(),
    statesForDefaultEntry: new Set(),
    defaultHistoryContent: new Map(),
  };
  for (const transition of transitions) {
    for (const target of transition.targets) addDescendantStatesToEnter(target, entry, historyValue);
    for (const state of getEffectiveTargetStates(transition, historyValue))
      addAncestorStatesToEnter(state, undefined, entry, historyValue);
  }
  return entry;
};

const addDescendantStatesToEnter = (state: ChartState, entry: EntrySet, historyValue: HistoryValue): void => {
  if (state.kind === 'history') return addHistory(state, entry, historyValue);
  entry.statesToEnter.add(state);
  if (state.kind === 'compound') {
    entry.statesForDefaultEntry.add(state);
    addTargets(state.initial?.targets ?? [], state, entry, historyValue);
  } else if (state.kind === 'parallel') {
    addUnenteredChildren(state, entry, historyValue);
  }
};

const addHistory = (history: ChartState, entry: EntrySet, historyValue: HistoryValue): void => {
  const { parent, initial } = history;
  if (!parent) return;
  const recorded = historyValue(history);
  // The last default counts, an empty one too: a default that leads to another history of the same state gives way to it.
  if (!recorded) entry.defaultHistoryContent.set(parent, initial?.content);
  addTargets(recorded ?? initial?.targets ?? [], parent, entry, historyValue);
};

const addTargets = (
  targets: readonly ChartState[],
  ancestor: ChartState,
  entry: EntrySet,
  historyValue: HistoryValue,
): void => {
  for (const target of targets) addDescendantStatesToEnter(target, entry, historyValue);
  for (const target of targets) addAncestorStatesToEnter(target, ancestor, entry, historyValue);
};

/** Up to, and without, `ancestor`, the root, or one that stays (1). */
const addAncestorStatesToEnter = (
  state: ChartState,
  ancestor: ChartState | undefined,
  entry: EntrySet,
  historyValue: HistoryValue,
): void => {
  const ends = (proper: ChartState) => proper === ancestor || proper.kind === 'scxml' || entry.staying.has(proper);
  for (let proper = state.parent; proper && !ends(proper); proper = proper.parent) {
    entry.statesToEnter.add(proper);
    if (proper.kind === 'parallel') addUnenteredChildren(proper, entry, historyValue);
  }
};

const addUnenteredChildren = (parallel: ChartState, entry: EntrySet, historyValue: HistoryValue): void => {
  for (const child of parallel.children)
    if (!someDescendant(entry.statesToEnter, child)) addDescendantStatesToEnter(child, entry, historyValue);
};

const someDescendant = (states: Set<ChartState>, ancestor: ChartState): boolean => {
  for (const state of states) if (isDescendant(state, ancestor)) return true;
  return false;
};

/** The compound state, or the root, in which everything that the transition exits and enters lies; undefined: targetless. */
const getTransitionDomain = (transition: ChartTransition, historyValue: HistoryValue): ChartState | undefined => {
  const targets = getEffectiveTargetStates(transition, historyValue);
  const { source } = transition;
  if (source.kind === 'scxml') return source;
  if (targets.size === 0) return undefined;
  const within = (ancestor: ChartState) => [...targets].every((target) => isDescendant(target, ancestor));
  if (transition.internal && source.kind === 'compound' && within(source)) return source;
  // findLCCA: the source is the head of the list, so only its proper ancestors come into question.
  let ancestor = source.parent;
  while (ancestor && (ancestor.kind === 'parallel' || !within(ancestor))) ancestor = ancestor.parent;
  return ancestor;
};

const getEffectiveTargetStates = (transition: ChartTransition, historyValue: HistoryValue): Set<ChartState> => {
  const targets = new Set<ChartState>();
  for (const target of transition.targets) {
    if (target.kind !== 'history') targets.add(target);
    else for (const state of resolveHistory(target, historyValue)) targets.add(state);
  }
  return targets;
};

const resolveHistory = (history: ChartState, historyValue: HistoryValue): Iterable<ChartState> =>
  historyValue(history) ?? (history.initial ? getEffectiveTargetStates(history.initial, historyValue) : []);

/** What exiting `state` records for one of its history states. SCXML 3.10 */
export const recordHistory = (
  history: ChartState,
  state: ChartState,
  configuration: readonly ChartState[],
): readonly ChartState[] =>
  configuration.filter((active) =>
    history.deep ? isAtomic(active) && isDescendant(active, state) : active.parent === state,
  );
