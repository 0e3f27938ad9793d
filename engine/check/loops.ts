/**
 * Eventless transitions that never come to rest. An error when it is sure: the session is in one atomic state outside of any
 * <parallel>, the first eventless transition from there up has no condition, and so on until a state comes again. Events are
 * looked at only after eventless transitions (SCXML Appendix D), so nothing that is raised on the way can change it.
 */
import type { Transition } from '../document.js';
import { isDescendant, lineage, nameOf, type Node, type Outline, resolve } from './outline.js';
import { reach } from './reach.js';
import type { Report } from './report.js';
import { isUnconditional } from './shadows.js';

interface Move {
  /** The atomic state that the session is in. */
  readonly leaf: Node;
  readonly transition: Transition;
  /** The state that has the transition: the atomic one, or one around it. */
  readonly from: Node;
  /** The atomic state that it leads to. */
  readonly to: Node;
}

export const judgeLoops = (chart: Outline, to: Report): void => {
  const reached = reach(chart);
  const nodes = chart.nodes.filter((node) => reached.has(node) && node.kind !== 'history');
  const told = new Set<Transition>();
  for (const cycle of cycles(chart, nodes)) {
    const first = cycle.reduce((one, other) => (isBefore(other, one) ? other : one));
    if (told.has(first.transition)) continue;
    for (const { transition } of cycle) told.add(transition);
    to.error(first.transition.at, words(cycle, first));
  }
  for (const node of nodes) for (const transition of node.transitions) judgeOne(node, transition, told, to);
};

const isBefore = ({ transition: { at: a } }: Move, { transition: { at: b } }: Move): boolean =>
  a.line < b.line || (a.line === b.line && a.column < b.column);

const words = (cycle: readonly Move[], { transition, from }: Move): string => {
  if (transition.targets.length === 0) {
    return `this transition of ${nameOf(from)} never stops: give it an event, a cond or a target`;
  }
  if (cycle.length === 1)
    return `${nameOf(from)} enters itself again without end: give the transition an event or a cond`;
  const way = [...cycle, ...cycle.slice(0, 1)].map(({ leaf }) => nameOf(leaf)).join(' -> ');
  return `the session goes round without end: ${way}: give one of these transitions an event or a cond`;
};

/** Each state has one move at most, so that a walk is a line that may end in a circle. */
const cycles = (chart: Outline, nodes: readonly Node[]): Move[][] => {
  const seen = new Set<Node>();
  return nodes.filter(isAtomic).flatMap((start) => {
    const cycle = cycleFrom(chart, start, seen);
    return cycle ? [cycle] : [];
  });
};

/** Stops where an earlier walk has been. */
const cycleFrom = (chart: Outline, start: Node, seen: Set<Node>): Move[] | undefined => {
  const path: Move[] = [];
  let at: Node | undefined = start;
  while (at && !seen.has(at)) {
    seen.add(at);
    const move = moveOf(chart, at);
    if (move) path.push(move);
    at = move?.to;
  }
  const closes = at ? path.findIndex(({ leaf }) => leaf === at) : -1;
  return closes < 0 ? undefined : path.slice(closes);
};

const isAtomic = ({ kind, children }: Node): boolean =>
  kind === 'final' || (kind === 'state' && !children.some((child) => child.kind !== 'history'));

const moveOf = (chart: Outline, leaf: Node): Move | undefined => {
  const line = lineage(leaf);
  if (line.some(({ kind }) => kind === 'parallel')) return undefined;
  for (const from of line) {
    const transition = from.transitions.find(({ events }) => events.length === 0);
    if (!transition) continue;
    if (!isUnconditional(transition)) return undefined;
    const to = transition.targets.length === 0 ? leaf : landing(chart, resolve(chart, transition.targets));
    return to && { leaf, transition, from, to };
  }
  return undefined;
};

/** The atomic state that is entered; undefined when there are several, or when it depends on the past. */
const landing = (chart: Outline, [target, second]: readonly Node[]): Node | undefined => {
  if (!target || second || target.kind === 'history' || target.kind === 'parallel') return undefined;
  if (isAtomic(target)) return target;
  const named = target.initial && resolve(chart, target.initial.targets);
  const inner = named ?? target.children.filter(({ kind }) => kind !== 'history').slice(0, 1);
  return inner.every((node) => isDescendant(node, target)) ? landing(chart, inner) : undefined;
};

/** Entering and leaving it does nothing. */
const isIdle = (node: Node): boolean => isAtomic(node) && !node.state?.onentry.length && !node.state?.onexit.length;

/** Not sure, and yet hardly meant: nothing that it does can end it. */
const judgeOne = (node: Node, transition: Transition, told: ReadonlySet<Transition>, to: Report): void => {
  const { events, targets, content, at } = transition;
  if (events.length > 0 || !isUnconditional(transition)) return;
  if (told.has(transition) || content.length > 0 || !isIdle(node)) return;
  if (targets.length === 0) {
    to.warn(at, `this transition of ${nameOf(node)} hardly ever stops: give it an event, a cond or a target`);
  } else if (node.id !== undefined && targets.includes(node.id)) {
    to.warn(at, `${nameOf(node)} enters itself again and again: give the transition an event or a cond`);
  }
};
