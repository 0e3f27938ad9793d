/** Which states a set of transitions leaves and enters: the procedures of Appendix D, by name. Called by `session.ts`. */
import type { Block } from '../../../engine/document.js';
import {
  findLCCA,
  getChildStates,
  getProperAncestors,
  isCompoundState,
  isDescendant,
  isHistoryState,
  isParallelState,
  isScxmlElement,
  type Node,
  type Transition,
} from './tree.js';

export interface Memory {
  readonly configuration: ReadonlySet<Node>;
  readonly historyValue: ReadonlyMap<Node, readonly Node[]>;
}

/** What computeEntrySet fills. */
export interface Entry {
  readonly statesToEnter: Set<Node>;
  readonly statesForDefaultEntry: Set<Node>;
  /** By the parent of the history state. */
  readonly defaultHistoryContent: Map<Node, Block>;
}

const some = (states: ReadonlySet<Node>, test: (s: Node) => boolean): boolean => [...states].some(test);

const getEffectiveTargetStates = (transition: Transition, memory: Memory): Set<Node> => {
  const targets = new Set<Node>();
  for (const s of transition.target)
    if (!isHistoryState(s)) targets.add(s);
    else
      for (const each of memory.historyValue.get(s) ??
        s.transition.flatMap((t) => [...getEffectiveTargetStates(t, memory)]))
        targets.add(each);
  return targets;
};

const getTransitionDomain = (t: Transition, memory: Memory): Node | null => {
  const tstates = [...getEffectiveTargetStates(t, memory)];
  if (tstates.length === 0) return null;
  const inside = tstates.every((s) => isDescendant(s, t.source));
  if (t.type === 'internal' && (isCompoundState(t.source) || t.source.parent === null) && inside) return t.source;
  return findLCCA([t.source, ...tstates]);
};

export const computeExitSet = (transitions: readonly Transition[], memory: Memory): Set<Node> => {
  const statesToExit = new Set<Node>();
  for (const t of transitions) {
    if (t.target.length === 0) continue;
    const domain = getTransitionDomain(t, memory);
    for (const s of memory.configuration) if (isDescendant(s, domain)) statesToExit.add(s);
  }
  return statesToExit;
};

/**
 * Appendix D adds ancestors up to the domain of the transition, asked for again when the exit has recorded history. That may have moved
 * the domain inwards, or lie outside of it; then states would be left and not entered (against 3.11), or entered and not left (against
 * 3.13). So ancestors are added up to one that is active: `memory` is that after the exit.
 */
export const computeEntrySet = (transitions: readonly Transition[], memory: Memory): Entry => {
  const entry: Entry = { statesToEnter: new Set(), statesForDefaultEntry: new Set(), defaultHistoryContent: new Map() };
  for (const t of transitions) {
    for (const s of t.target) addDescendantStatesToEnter(s, entry, memory);
    for (const s of getEffectiveTargetStates(t, memory)) addAncestorStatesToEnter(s, null, entry, memory);
  }
  return entry;
};

const addDescendantStatesToEnter = (state: Node, entry: Entry, memory: Memory): void => {
  if (isHistoryState(state)) {
    addRemembered(state, entry, memory);
    return;
  }
  entry.statesToEnter.add(state);
  if (isCompoundState(state)) {
    entry.statesForDefaultEntry.add(state);
    const targets = state.initial?.target ?? [];
    for (const s of targets) addDescendantStatesToEnter(s, entry, memory);
    for (const s of targets) addAncestorStatesToEnter(s, state, entry, memory);
  } else if (isParallelState(state)) addRegions(state, entry, memory);
};

const addAncestorStatesToEnter = (state: Node, ancestor: Node | null, entry: Entry, memory: Memory): void => {
  for (const anc of getProperAncestors(state, ancestor)) {
    if (isScxmlElement(anc) || memory.configuration.has(anc)) return;
    entry.statesToEnter.add(anc);
    if (isParallelState(anc)) addRegions(anc, entry, memory);
  }
};

const addRegions = (parallel: Node, entry: Entry, memory: Memory): void => {
  for (const child of getChildStates(parallel))
    if (!some(entry.statesToEnter, (s) => isDescendant(s, child))) addDescendantStatesToEnter(child, entry, memory);
};

const addRemembered = (history: Node, entry: Entry, memory: Memory): void => {
  const { parent } = history;
  const stored = memory.historyValue.get(history);
  if (!stored && parent) for (const t of history.transition) entry.defaultHistoryContent.set(parent, t.content);
  const targets = stored ?? history.transition.flatMap((t) => t.target);
  for (const s of targets) addDescendantStatesToEnter(s, entry, memory);
  for (const s of targets) addAncestorStatesToEnter(s, parent, entry, memory);
};
