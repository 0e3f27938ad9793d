/** Targets of transitions and of `initial`: known, and able to be active together. SCXML 3.5, 3.11 */
import { didYouMean } from '../parse/suggest.js';
import type { Position } from '../position.js';
import { lineage, type Node, type Outline, resolve } from './outline.js';
import type { Report } from './report.js';

/** A suggestion looks at all states: a hostile document does not get one for each of its targets. */
const mostHints = 20;

export const judgeTargets = (chart: Outline, to: Report): void => {
  let hints = mostHints;
  const hint = (id: string): string => (hints-- > 0 ? didYouMean(id, chart.byId.keys()) : '');
  for (const { initial, transitions } of [chart.root, ...chart.nodes]) {
    for (const { targets, at } of initial ? [initial, ...transitions] : transitions) {
      const unknown = targets.filter((id) => !chart.byId.has(id));
      unknown.forEach((id) => to.error(at, `there is no state "${id}"${hint(id)}`));
      judgeTogether(chart, targets, at, to);
    }
  }
};

const judgeTogether = (chart: Outline, targets: readonly string[], at: Position, to: Report): void => {
  if (targets.length < 2) return;
  const repeated = targets.find((id, index) => targets.indexOf(id) !== index);
  if (repeated !== undefined) to.warn(at, `target "${repeated}" is named twice`);
  const pair = conflict(resolve(chart, [...new Set(targets)]));
  if (!pair) return;
  const [one, other] = pair.map(({ id }) => `"${id ?? ''}"`);
  to.error(at, `targets ${one} and ${other} cannot be active together: only different children of a <parallel> can`);
};

/** A history stands for what its parent will hold. */
const place = (node: Node): Node => (node.kind === 'history' ? (node.parent ?? node) : node);

/**
 * The first two that exclude each other: the branches that lead to them part at a state that is no parallel, or one holds the
 * other. Walks each lineage once, since a hostile document can name very many targets.
 */
const conflict = (targets: readonly Node[]): [Node, Node] | undefined => {
  /** Above a target: which of its children leads there first, and to which target. */
  const above = new Map<Node, { readonly child: Node | undefined; readonly target: Node }>();
  for (const target of targets) {
    let child: Node | undefined;
    for (const node of lineage(place(target))) {
      const first = above.get(node);
      if (!first) above.set(node, { child, target });
      else if (!first.child || !child) return [first.target, target];
      else if (first.child !== child && node.kind !== 'parallel') return [first.target, target];
      child = node;
    }
  }
  return undefined;
};
