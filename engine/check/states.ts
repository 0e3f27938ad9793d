/** States that can have no start of their own, and the default of a history. SCXML 3.3, 3.4, 3.6, 3.10 */
import type { Initial } from '../document.js';
import { isDescendant, nameOf, type Node, type Outline, resolve } from './outline.js';
import type { Report } from './report.js';

export const judgeStates = (chart: Outline, to: Report): void => {
  for (const node of [chart.root, ...chart.nodes]) {
    if (node.kind === 'history') judgeHistory(chart, node, to);
    else if (node.initial) judgeInitial(chart, node, node.initial, to);
  }
  if (!chart.root.children.some(isStart))
    to.error(chart.root.at, '<scxml> needs at least one <state>, <parallel> or <final>');
};

const isStart = ({ kind }: Node): boolean => kind !== 'history';

const judgeInitial = (chart: Outline, node: Node, { targets, at }: Initial, to: Report): void => {
  if (node.kind === 'parallel') return to.error(at, `${nameOf(node)} enters all of its children: remove initial`);
  if (!node.children.some(isStart)) return to.error(at, `${nameOf(node)} has no child to start in: remove initial`);
  if (targets.length === 0) to.error(at, `initial of ${nameOf(node)} names no state`);
  for (const target of resolve(chart, targets)) {
    if (!isDescendant(target, node)) to.error(at, `initial "${target.id ?? ''}" does not lie inside ${nameOf(node)}`);
  }
};

/** SCXML 3.10: exactly one default, which is always taken and leads somewhere. */
const judgeHistory = (chart: Outline, node: Node, to: Report): void => {
  const [transition, second] = node.transitions;
  if (!transition || second) {
    return to.error((second ?? node).at, `${nameOf(node)} needs exactly one <transition>, its default`);
  }
  const { events, cond, targets, at } = transition;
  if (events.length > 0 || cond) to.error(at, `the default of ${nameOf(node)} is always taken: remove event and cond`);
  if (targets.length === 0) to.error(at, `the default of ${nameOf(node)} needs a target`);
  if (node.parent) judgeDefault(node, node.parent, resolve(chart, targets), to);
};

/** A shallow history remembers a child; a default that lies deeper works all the same, and is only told. */
const judgeDefault = (node: Node, parent: Node, targets: readonly Node[], to: Report): void => {
  const { at } = node.transitions[0] ?? node;
  for (const target of targets) {
    const said = `the default "${target.id ?? ''}" of ${nameOf(node)}`;
    if (!isDescendant(target, parent)) to.error(at, `${said} does not lie inside ${nameOf(parent)}`);
    else if (node.state?.history === 'shallow' && target.parent !== parent) {
      to.warn(at, `${said} is no child of ${nameOf(parent)}: name one, or make the history deep`);
    }
  }
};
