/**
 * States that nothing can enter: no transition that could be taken and no default leads there. Every event is taken to
 * come and every condition to hold. Entry is that of SCXML Appendix D (addDescendantStatesToEnter, addAncestorStatesToEnter).
 */
import { lineage, nameOf, type Node, type Outline, resolve } from './outline.js';
import type { Report } from './report.js';

export const judgeReach = (chart: Outline, to: Report): void => {
  const reached = reach(chart);
  for (const node of chart.nodes) {
    if (reached.has(node) || (node.parent && !reached.has(node.parent))) continue;
    const remedy = node.kind === 'history' ? 'let a transition return to it' : 'let a transition lead to it';
    to.warn(node.at, `${nameOf(node)} is never entered: ${remedy}, or remove it`);
  }
};

export const reach = (chart: Outline): Set<Node> => {
  const reached = new Set<Node>();
  /** Those whose default descendants are entered too, because they themselves are entered as a target or by default. */
  const entered = new Set<Node>();
  const waiting: Node[] = [chart.root];
  const target = (ids: readonly string[]) => waiting.push(...resolve(chart, ids));
  const pass = (node: Node): void => {
    if (reached.has(node)) return;
    reached.add(node);
    for (const { targets } of node.transitions) target(targets);
    if (node.kind === 'parallel') waiting.push(...defaults(node));
  };
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (entered.has(node)) continue;
    entered.add(node);
    lineage(node).forEach(pass);
    waiting.push(...starts(chart, node));
  }
  return reached;
};

/** An `initial` that names nothing known has been told already: its state starts as if it had none. */
const starts = (chart: Outline, node: Node): Node[] => {
  const named = node.kind === 'parallel' ? [] : resolve(chart, node.initial?.targets ?? []);
  return named.length > 0 ? named : defaults(node);
};

const defaults = ({ kind, children }: Node): Node[] => {
  const states = children.filter((child) => child.kind !== 'history');
  return kind === 'parallel' ? states : states.slice(0, 1);
};
