/** Targets of transitions and of `initial`: known, and able to be active together. SCXML 3.5, 3.11 */
import type { Position } from '../position.js';
import { lineage, type Node, type Outline, resolve } from './outline.js';
import type { Report } from './report.js';

export const judgeTargets = (chart: Outline, to: Report): void => {
  for (const { initial, transitions } of [chart.root, ...chart.nodes]) {
    for (const { targets, at } of initial ? [initial, ...transitions] : transitions) judge(chart, targets, at, to);
  }
};

const judge = (chart: Outline, targets: readonly string[], at: Position, to: Report): void => {
  for (const id of targets) {
    if (!chart.byId.has(id)) to.error(at, `there is no state "${id}"`);
  }
  if (targets.length < 2) return;
  const repeated = targets.find((id, index) => targets.indexOf(id) !== index);
  if (repeated !== undefined) to.warn(at, `target "${repeated}" is named twice`);
  const pair = conflict(resolve(chart, [...new Set(targets)]));
  if (!pair) return;
  const [one, other] = pair.map(({ id }) => `"${id ?? ''}"`);
  to.error(at, `targets ${one} and ${other} cannot be active together: only different children of a <parallel> can`);
};

/** The first two that exclude each other. */
const conflict = (nodes: readonly Node[]): [Node, Node] | undefined => {
  for (const [index, one] of nodes.entries()) {
    const other = nodes.slice(index + 1).find((later) => !orthogonal(one, later));
    if (other) return [one, other];
  }
  return undefined;
};

/** A history stands for what its parent will hold. */
const place = (node: Node): Node => (node.kind === 'history' ? (node.parent ?? node) : node);

/** Their least common ancestor is a parallel and neither holds the other. */
const orthogonal = (one: Node, other: Node): boolean => {
  const above = new Set(lineage(place(one)));
  const meeting = lineage(place(other)).find((node) => above.has(node));
  return meeting?.kind === 'parallel' && meeting !== place(one) && meeting !== place(other);
};
