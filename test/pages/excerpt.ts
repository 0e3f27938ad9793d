/**
 * A part of a document as a document of its own, for a chart that can be read.
 *
 * 1. What stands in another part inside of it is one state: transitions from anywhere in there start at it, those to anywhere end at it.
 * 2. States elsewhere that it goes to stand beside it, without what is in them.
 */
import { lineage, resolve, type Node, type Outline } from '../../engine/check/outline.js';
import type { Document, State, Transition } from '../../engine/document.js';
import { everything } from './heard.js';
import { partOf } from './read.js';

export const excerpt = (chart: Outline, heads: readonly Node[]): Document => {
  const { document } = chart;
  const states = heads.flatMap(({ state }) => state ?? []);
  const isWhole = heads.every(({ parent }) => parent === chart.root);
  const drawn = new Map<Node, string>();
  const children = heads.flatMap((head) => drawInto(head, drawn, head));
  const elsewhere = new Map<Node, State>();
  /** Where a transition ends in the excerpt (1, 2). */
  const end = (target: Node): string => {
    const shown = lineage(target).find((node) => drawn.has(node));
    if (shown) return drawn.get(shown) ?? '';
    const { id = '', state } = target;
    if (state) elsewhere.set(target, { ...bare(state), id });
    return id;
  };
  const ended = (state: State): State => ({
    ...state,
    transitions: state.transitions.map((transition) => ({
      ...transition,
      targets: resolve(chart, transition.targets).map(end),
    })),
    children: state.children.map(ended),
  });
  const within = children.map(ended);
  return {
    ...document,
    initial: isWhole
      ? document.initial
      : { targets: states.flatMap(({ id }) => id ?? []), content: [], at: document.at },
    data: [],
    scripts: [],
    children: [...within, ...elsewhere.values()],
  };
};

const bare = (state: State): State => ({ ...state, initial: undefined, transitions: [], children: [] });

/** The states of `node` that belong to the part in which `head` is; `drawn` takes them, by what they are called. */
const drawInto = (node: Node, drawn: Map<Node, string>, head: Node): State[] => {
  const { state } = node;
  if (!state) return [];
  drawn.set(node, state.id ?? '');
  if (partOf(node) !== partOf(head)) return [{ ...bare(state), transitions: leaving(node) }];
  return [{ ...state, children: node.children.flatMap((child) => drawInto(child, drawn, head)) }];
};

/** Transitions of a state and all in it that end outside. */
const leaving = (node: Node): Transition[] =>
  everything(node).flatMap(({ transitions }) =>
    transitions.filter(({ targets }) => targets.some((id) => !everything(node).some((each) => each.id === id))),
  );
