/**
 * An exception pattern as a machine that matches whole texts. Its work grows with the length of the text and of the pattern and with
 * nothing else: all states that it may be in go on together, and none is tried a second time. Neighbour: `pattern-syntax.ts`. Pure.
 *
 * 1. So many states at most, whatever is repeated within repetitions.
 */
import { treeOf, type Node } from './pattern-syntax.js';

/** Whether the whole text matches. */
export type Pattern = (text: string) => boolean;

/** 1 */
const MOST_STATES = 3000;

type State =
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean; readonly next: number }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'fork'; next: readonly number[] }
  | { readonly kind: 'match' };

/** Throws an Error that says what is wrong with it. */
export function patternOf(source: string): Pattern {
  const states: State[] = [{ kind: 'match' }];
  const begin = wire(treeOf(source), 0, states);
  return (text) => {
    const characters = Array.from(text);
    let now = reach(states, [begin], 0, characters.length);
    for (const [index, character] of characters.entries()) {
      const taken = [...now].flatMap((at) => {
        const state = states[at];
        return state?.kind === 'one' && state.accepts(character) ? [state.next] : [];
      });
      if (taken.length === 0) return false;
      now = reach(states, taken, index + 1, characters.length);
    }
    return now.has(0);
  };
}

/** Where one can be without another character. */
function reach(states: readonly State[], from: readonly number[], index: number, length: number): Set<number> {
  const found = new Set(from);
  for (const at of found) {
    const state = states[at];
    if (state?.kind === 'fork') for (const next of state.next) found.add(next);
    if (state?.kind === 'edge' && index === (state.at === 'start' ? 0 : length)) found.add(state.next);
  }
  return found;
}

const add = (states: State[], state: State): number => {
  if (states.length >= MOST_STATES) throw new Error('it repeats too much: write smaller counts');
  return states.push(state) - 1;
};

/** Adds the states of a node that lead to `next`; answers the first of them. */
function wire(node: Node, next: number, states: State[]): number {
  switch (node.kind) {
    case 'one':
    case 'edge':
      return add(states, { ...node, next });
    case 'all':
      return node.parts.reduceRight((after, part) => wire(part, after, states), next);
    case 'any':
      return add(states, { kind: 'fork', next: node.parts.map((part) => wire(part, next, states)) });
    case 'repeat':
      return wireRepeat(node, next, states);
  }
}

function wireRepeat({ part, from, to }: Extract<Node, { kind: 'repeat' }>, next: number, states: State[]): number {
  let after = next;
  if (to === Infinity) {
    const loop: Extract<State, { kind: 'fork' }> = { kind: 'fork', next: [next] };
    after = add(states, loop);
    loop.next = [wire(part, after, states), next];
  } else {
    for (let count = from; count < to; count++) {
      after = add(states, { kind: 'fork', next: [wire(part, after, states), next] });
    }
  }
  for (let count = 0; count < from; count++) after = wire(part, after, states);
  return after;
}
