/** The states of a document as a tree with parents, and the questions that the judges of this folder ask of it. */
import type { Document, Initial, State, StateKind, Transition } from '../document.js';
import type { Position } from '../position.js';

export interface Node {
  /** Undefined for the document itself. */
  readonly state: State | undefined;
  readonly kind: StateKind | 'scxml';
  readonly id: string | undefined;
  readonly at: Position;
  readonly parent: Node | undefined;
  readonly children: Node[];
  readonly initial: Initial | undefined;
  readonly transitions: readonly Transition[];
}

export interface Outline {
  readonly document: Document;
  readonly root: Node;
  /** Every state, in document order; not the document itself. */
  readonly nodes: readonly Node[];
  /** By id; the first of several that share one. */
  readonly byId: ReadonlyMap<string, Node>;
}

export const outline = (document: Document): Outline => {
  const nodes: Node[] = [];
  const byId = new Map<string, Node>();
  const grow = (parent: Node, states: readonly State[]): void => {
    for (const state of states) {
      const { kind, id, at, initial, transitions } = state;
      const node: Node = { state, kind, id, at, parent, children: [], initial, transitions };
      parent.children.push(node);
      nodes.push(node);
      if (id !== undefined && !byId.has(id)) byId.set(id, node);
      grow(node, state.children);
    }
  };
  const root: Node = {
    ...{ state: undefined, kind: 'scxml', id: undefined, at: document.at, parent: undefined },
    ...{ children: [], initial: document.initial, transitions: [] },
  };
  grow(root, document.children);
  return { document, root, nodes, byId };
};

/** The node, then its parents up to the document. */
export const lineage = (node: Node): Node[] => {
  const line: Node[] = [];
  for (let each: Node | undefined = node; each; each = each.parent) line.push(each);
  return line;
};

/** SCXML 3.1: strictly inside. */
export const isDescendant = (node: Node, ancestor: Node): boolean =>
  node !== ancestor && lineage(node).includes(ancestor);

/** How messages name a state. */
export const nameOf = ({ kind, id }: Node): string => (id === undefined ? `<${kind}>` : `<${kind} id="${id}">`);

/** The states that a list of ids names; unknown ones are `targets.ts`'s business. */
export const resolve = ({ byId }: Outline, ids: readonly string[]): Node[] => ids.flatMap((id) => byId.get(id) ?? []);
