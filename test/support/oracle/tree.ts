/**
 * The oracle's view of a document (`engine/document.ts`): nodes that know their parent and their place in document order, and the
 * predicates of Appendix D over them. Nothing is precomputed; `session.ts` says what the oracle is.
 */
import type { Block, Document, Initial, State, Transition as Written } from '../../../engine/document.js';

export interface Node {
  readonly kind: State['kind'] | 'scxml';
  readonly id: string;
  readonly order: number;
  readonly parent: Node | null;
  /** History states too, in document order. */
  readonly children: readonly Node[];
  readonly transition: readonly Transition[];
  readonly initial: Transition | undefined;
  readonly state: State | undefined;
}

export interface Transition {
  readonly source: Node;
  readonly event: readonly string[];
  readonly cond: string | undefined;
  readonly target: readonly Node[];
  readonly type: 'external' | 'internal';
  readonly content: Block;
}

interface Growing extends Node {
  children: readonly Node[];
  transition: readonly Transition[];
  initial: Transition | undefined;
}

/** The `<scxml>` element with all its states. */
export const grow = (document: Document): Node => {
  const nodes: Growing[] = [];
  const plant = (state: State | undefined, parent: Node | null, children: readonly State[]): Growing => {
    const order = nodes.length;
    const kind = state?.kind ?? 'scxml';
    const node: Growing = {
      ...{ kind, id: state?.id ?? `# ${order}`, order, parent, state },
      ...{ children: [], transition: [], initial: undefined },
    };
    nodes.push(node);
    node.children = children.map((child) => plant(child, node, child.children));
    return node;
  };
  const root = plant(undefined, null, document.children);
  const named = (ids: readonly string[]): Node[] => ids.flatMap((id) => nodes.filter((node) => node.id === id));
  const written = (source: Node, { events, cond, targets, type, content }: Written): Transition => ({
    ...{ source, event: events, cond: cond?.text, target: named(targets), type, content },
  });
  for (const node of nodes) {
    node.transition = (node.state?.transitions ?? []).map((each) => written(node, each));
    if (isCompoundState(node) || isScxmlElement(node))
      node.initial = initialOf(node, node.state ? node.state.initial : document.initial, named);
  }
  return root;
};

/** SCXML 3.2, 3.3: without an initial the first child in document order. */
const initialOf = (
  source: Node,
  initial: Initial | undefined,
  named: (ids: readonly string[]) => Node[],
): Transition => ({
  ...{ source, event: [], cond: undefined, type: 'internal', content: initial?.content ?? [] },
  target: initial ? named(initial.targets) : getChildStates(source).slice(0, 1),
});

export const isHistoryState = ({ kind }: Node): boolean => kind === 'history';
export const isFinalState = ({ kind }: Node): boolean => kind === 'final';
export const isParallelState = ({ kind }: Node): boolean => kind === 'parallel';
export const isScxmlElement = ({ kind }: Node): boolean => kind === 'scxml';
export const isCompoundState = (node: Node): boolean => node.kind === 'state' && getChildStates(node).length > 0;
export const isAtomicState = (node: Node): boolean =>
  isFinalState(node) || (node.kind === 'state' && getChildStates(node).length === 0);

export const getChildStates = ({ children }: Node): Node[] => children.filter((child) => !isHistoryState(child));

/** Nearest first, up to but without `state2`; all of them, `<scxml>` included, when that is null. */
export const getProperAncestors = (state1: Node, state2: Node | null): Node[] => {
  const ancestors: Node[] = [];
  for (let node = state1.parent; node !== null && node !== state2; node = node.parent) ancestors.push(node);
  return ancestors;
};

export const isDescendant = (state1: Node, state2: Node | null): boolean =>
  state2 !== null && getProperAncestors(state1, null).includes(state2);

export const documentOrder = (a: { readonly order: number }, b: { readonly order: number }): number =>
  a.order - b.order;
export const exitOrder = (a: Node, b: Node): number => documentOrder(b, a);

export const findLCCA = (stateList: readonly Node[]): Node | null => {
  const [head, ...tail] = stateList;
  if (!head) return null;
  const candidates = getProperAncestors(head, null).filter((anc) => isCompoundState(anc) || isScxmlElement(anc));
  return candidates.find((anc) => tail.every((s) => isDescendant(s, anc))) ?? null;
};
