/**
 * A document as a Mermaid state diagram (stateDiagram-v2).
 *
 * 1. The hierarchy comes first and all transitions after it, because Mermaid puts a state where it is last mentioned inside braces.
 * 2. What Mermaid does not have is said in words: a history is a state called H or H*, a transition without a target is one from
 *    the state to itself that ends in "(stays)".
 */
import { outline, resolve, type Node, type Outline } from '../../engine/check/outline.js';
import type { Document, Transition } from '../../engine/document.js';

export const mermaid = (document: Document): string => {
  const chart = outline(document);
  const drawing = { chart, names: namesOf(chart) };
  const lines = ['stateDiagram-v2', ...inside(chart.root, drawing, '  '), ...edges(drawing)];
  return lines.join('\n');
};

interface Drawing {
  readonly chart: Outline;
  readonly names: ReadonlyMap<Node, string>;
}

/** Words that mean something to Mermaid. */
const reserved =
  /^(state|end|note|class|classdef|direction|as|fork|join|choice|hide|style|scale|default|click|root|tb|bt|lr|rl|acctitle|accdescr)$/i;

/** Each state's name in the diagram: its id where Mermaid can take it. */
const namesOf = ({ nodes }: Outline): Map<Node, string> => {
  const names = new Map<Node, string>();
  const taken = new Set(nodes.flatMap(({ id }) => (id !== undefined && isPlain(id) ? [id] : [])));
  for (const node of nodes) {
    if (node.id !== undefined && isPlain(node.id)) names.set(node, node.id);
    else names.set(node, free(`s_${(node.id ?? node.kind).replace(/\W/g, '_')}`, taken));
  }
  return names;
};

const isPlain = (id: string): boolean => /^[A-Za-z]\w*$/.test(id) && !reserved.test(id);

const free = (wish: string, taken: Set<string>): string => {
  let name = wish;
  for (let count = 2; taken.has(name); count++) name = `${wish}_${count}`;
  taken.add(name);
  return name;
};

const nameOf = ({ names }: Drawing, node: Node): string => names.get(node) ?? '[*]';

/** Where a state starts, its children, and where it ends. */
const inside = (node: Node, drawing: Drawing, indent: string): string[] => {
  const draw = (children: readonly Node[]): string[] => children.flatMap((child) => block(child, drawing, indent));
  if (node.kind === 'parallel')
    return regions(node).flatMap((part, at) => [...(at ? [`${indent}--`] : []), ...draw(part)]);
  const starts = startsOf(node, drawing.chart).map((start) => `${indent}[*] --> ${nameOf(drawing, start)}`);
  const ends = node.children.filter(({ kind }) => kind === 'final');
  return [...starts, ...draw(node.children), ...ends.map((end) => `${indent}${nameOf(drawing, end)} --> [*]`)];
};

/** Each child of a <parallel> for itself; a history of it is no region, and stands in the first. */
const regions = ({ children }: Node): Node[][] => {
  const isRegion = ({ kind }: Node): boolean => kind !== 'history';
  const [first, ...others] = children.filter(isRegion);
  const histories = children.filter((child) => !isRegion(child));
  return [[...histories, ...(first ? [first] : [])], ...others.map((child) => [child])];
};

const startsOf = ({ initial, children }: Node, chart: Outline): Node[] =>
  initial ? resolve(chart, initial.targets) : children.filter(({ kind }) => kind !== 'history').slice(0, 1);

const block = (node: Node, drawing: Drawing, indent: string): string[] => {
  const name = nameOf(drawing, node);
  const label = labelOf(node);
  const declared = label === name ? `${indent}${name}` : `${indent}state "${escape(label)}" as ${name}`;
  if (node.children.length === 0) return [declared];
  const head = label === name ? [] : [declared];
  return [...head, `${indent}state ${name} {`, ...inside(node, drawing, `${indent}  `), `${indent}}`];
};

const labelOf = ({ kind, id, state }: Node): string => {
  if (kind !== 'history') return id ?? `(${kind})`;
  const history = state?.history === 'deep' ? 'H*' : 'H';
  return id === undefined ? history : `${history} ${id}`;
};

const edges = (drawing: Drawing): string[] =>
  drawing.chart.nodes.flatMap((node) => node.transitions.flatMap((transition) => edgesOf(node, transition, drawing)));

const edgesOf = (node: Node, transition: Transition, drawing: Drawing): string[] => {
  const { events, cond, targets } = transition;
  const stays = targets.length === 0;
  const words = [
    ...events,
    ...(cond ? [`[${cond.text.trim().replace(/\s+/g, ' ')}]`] : []),
    ...(stays ? ['(stays)'] : []),
  ];
  const label = words.length > 0 ? ` : ${escape(words.join(' '))}` : '';
  const ends = stays ? [node] : resolve(drawing.chart, targets);
  return ends.map((end) => `  ${nameOf(drawing, node)} --> ${nameOf(drawing, end)}${label}`);
};

/** As Mermaid's entity codes: characters that would end a label, or mean something in one. */
const escape = (text: string): string => text.replace(/[#;:"<>{}%\\\n]/g, (sign) => `#${sign.charCodeAt(0)};`);
