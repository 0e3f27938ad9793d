/** Which transitions are taken: the functions of Appendix D, by name. Called by `session.ts`. */
import { computeExitSet, type Memory } from './sets.js';
import { documentOrder, getProperAncestors, isAtomicState, isDescendant, type Transition } from './tree.js';

export interface Selecting extends Memory {
  /** A condition that fails is false, and error.execution. SCXML 5.9.1 */
  conditionMatch(t: Transition): boolean;
}

export const selectEventlessTransitions = (session: Selecting): Transition[] =>
  select(session, (t) => t.event.length === 0);

export const selectTransitions = (event: string, session: Selecting): Transition[] =>
  select(session, (t) => t.event.some((descriptor) => nameMatch(descriptor, event)));

/** SCXML 3.12.1: a descriptor matches whole tokens at the start of the name. */
const nameMatch = (descriptor: string, name: string): boolean => {
  if (descriptor === '*') return true;
  const tokens = descriptor.split('.');
  while (tokens.at(-1) === '*' || tokens.at(-1) === '') tokens.pop();
  return tokens.every((token, index) => token === name.split('.')[index]);
};

const select = (session: Selecting, match: (t: Transition) => boolean): Transition[] => {
  const enabledTransitions = new Set<Transition>();
  const atomicStates = [...session.configuration].filter(isAtomicState).sort(documentOrder);
  for (const state of atomicStates) {
    const candidates = [state, ...getProperAncestors(state, null)].flatMap(({ transition }) => transition);
    const first = candidates.find((t) => match(t) && session.conditionMatch(t));
    if (first) enabledTransitions.add(first);
  }
  return removeConflictingTransitions([...enabledTransitions], session);
};

const removeConflictingTransitions = (enabledTransitions: readonly Transition[], memory: Memory): Transition[] => {
  const filteredTransitions = new Set<Transition>();
  for (const t1 of enabledTransitions) {
    let t1Preempted = false;
    const transitionsToRemove = new Set<Transition>();
    for (const t2 of filteredTransitions) {
      if (!haveIntersection(t1, t2, memory)) continue;
      if (isDescendant(t1.source, t2.source)) transitionsToRemove.add(t2);
      else {
        t1Preempted = true;
        break;
      }
    }
    if (t1Preempted) continue;
    for (const t3 of transitionsToRemove) filteredTransitions.delete(t3);
    filteredTransitions.add(t1);
  }
  return [...filteredTransitions];
};

const haveIntersection = (t1: Transition, t2: Transition, memory: Memory): boolean => {
  const exits = computeExitSet([t2], memory);
  return [...computeExitSet([t1], memory)].some((s) => exits.has(s));
};
