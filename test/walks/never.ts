/**
 * What of a part cannot be taken in a strategy that includes it, by its text alone: parts are made for several. Of the strategy's own text
 * nothing is excused here.
 */
import { resolve, type Node } from '../../engine/check/outline.js';
import type { Transition } from '../../engine/document.js';
import { tables } from '../../server/ors/modules/tables.js';
import { actionsIn, ownEvents } from '../pages/heard.js';
import { partOf, strategies, type Strategy } from '../pages/read.js';

const anyOwn = new Set(strategies.flatMap(({ chart }) => [...ownEvents(chart.nodes)]));

/** Of an event that answers an action: that action, if the name has it. */
const actionOf = (event: string): string | undefined => {
  const { actions = {} } = tables.find(({ events = {} }) => event in events) ?? {};
  return event.split('.').find((word) => word in actions);
};

interface Means {
  readonly own: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
  readonly states: ReadonlySet<string>;
}

const meansOf = ({ chart: { nodes } }: Strategy): Means => ({
  own: ownEvents(nodes),
  actions: new Set(actionsIn(nodes).flatMap((action) => (action.kind === 'extension' ? action.element.name : []))),
  states: new Set(nodes.flatMap(({ id }) => id ?? [])),
});

/** Texts without `||`: what they need of states. */
const statesIn = (cond = ''): string[] =>
  cond.includes('||') ? [] : [...cond.matchAll(/(?<!!)In\('(\w+)'\)/g)].map(([, id = '']) => id);

const whyNot = ({ events, cond }: Transition, { own, actions, states }: Means): string | undefined => {
  const [first] = events;
  if (first !== undefined && events.every((event) => anyOwn.has(event) && !own.has(event)))
    return 'nobody here tells it';
  const [asked] = events.map(actionOf);
  if (asked !== undefined && events.every((event) => !actions.has(actionOf(event) ?? '')))
    return `there is no <${asked}> here`;
  const missing = statesIn(cond?.text).find((id) => !states.has(id));
  return missing && `there is no state ${missing} here`;
};

/** By transition and by state, why it is never taken. */
export const neverIn = (strategy: Strategy): { transitions: Map<Transition, string>; states: Map<string, string> } => {
  const { chart } = strategy;
  const means = meansOf(strategy);
  const transitions = new Map<Transition, string>();
  for (const node of chart.nodes.filter((each) => partOf(each) !== undefined))
    for (const transition of node.transitions) {
      const reason = whyNot(transition, means);
      if (reason !== undefined) transitions.set(transition, reason);
    }
  const reached = new Set<Node>();
  const reach = (node: Node): void => {
    if (reached.has(node)) return;
    reached.add(node);
    if (node.parent) reach(node.parent);
    const first = node.kind === 'parallel' ? node.children : node.children.slice(0, 1);
    for (const child of node.initial ? resolve(chart, node.initial.targets) : first) reach(child);
    for (const transition of node.transitions)
      if (!transitions.has(transition)) for (const target of resolve(chart, transition.targets)) reach(target);
  };
  reach(chart.root);
  const states = new Map<string, string>();
  for (const node of chart.nodes.filter((each) => !reached.has(each) && partOf(each) !== undefined)) {
    states.set(node.id ?? '', 'nothing leads there');
    for (const transition of node.transitions) transitions.set(transition, 'nothing leads to its state');
  }
  return { transitions, states };
};
