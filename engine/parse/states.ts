/** `<state>`, `<parallel>`, `<final>`, `<history>` and what only they hold. SCXML 3 */
import type { Initial, State, StateKind, Transition, XmlElement } from '../document.js';
import { readBlock } from './actions.js';
import { readInvoke } from './invoke.js';
import { readData, readDoneData } from './payload.js';
import { namesOf, type Reading, valueOf } from './reading.js';

const kinds: ReadonlyMap<string, StateKind> = new Map(
  (['state', 'parallel', 'final', 'history'] as const).map((kind) => [kind, kind]),
);

/** The states among an element's children, in document order. */
export const readStates = (reading: Reading, children: readonly XmlElement[]): State[] =>
  children.flatMap((child) => {
    const kind = kinds.get(child.name);
    return kind ? [readState(reading, child, kind)] : [];
  });

/** The grammar has already refused what this kind of state cannot hold. */
const readState = (reading: Reading, element: XmlElement, kind: StateKind): State => {
  const children = reading.children(element);
  const named = (name: string) => children.filter((child) => child.name === name);
  return {
    kind,
    id: valueOf(element, 'id'),
    at: element.at,
    initial: readInitial(reading, element, named('initial')),
    history: kind === 'history' ? reading.choice<'shallow' | 'deep'>(element, 'type', ['shallow', 'deep']) : undefined,
    data: readDatamodel(reading, children),
    onentry: named('onentry').map((child) => readBlock(reading, child)),
    onexit: named('onexit').map((child) => readBlock(reading, child)),
    transitions: named('transition').map((child) => readTransition(reading, child)),
    invokes: named('invoke').map((child) => readInvoke(reading, child)),
    donedata: readOnly(reading, named('donedata')),
    children: readStates(reading, children),
  };
};

const readOnly = (reading: Reading, [first, second]: readonly XmlElement[]): State['donedata'] => {
  if (second) reading.error(second.at, 'only one <donedata> can stand in <final>');
  return first && readDoneData(reading, first);
};

/** All variables of the `<datamodel>` among an element's children. */
export const readDatamodel = (reading: Reading, children: readonly XmlElement[]): State['data'] => {
  const models = children.filter(({ name }) => name === 'datamodel');
  const [, second] = models;
  if (second) reading.warn(second.at, 'a second <datamodel>: its data are added to those of the first');
  return models.flatMap((model) => reading.children(model)).flatMap((child) => readData(reading, child));
};

const readTransition = (reading: Reading, element: XmlElement): Transition => ({
  events: namesOf(element, 'event'),
  cond: element.attributes['cond'],
  targets: namesOf(element, 'target'),
  type: reading.choice(element, 'type', ['external', 'internal']),
  content: readBlock(reading, element),
  at: element.at,
});

/** The `initial` attribute as if it were an `<initial>` without actions. */
export const readInitialAttribute = (element: XmlElement): Initial | undefined => {
  const literal = element.attributes['initial'];
  return literal && { targets: namesOf(element, 'initial'), content: [], at: literal.at };
};

const readInitial = (reading: Reading, state: XmlElement, elements: readonly XmlElement[]): Initial | undefined => {
  const attribute = readInitialAttribute(state);
  const [first, second] = elements;
  if (second) reading.error(second.at, 'only one <initial> can stand in <state>');
  if (first && attribute)
    reading.error(first.at, 'give either the attribute initial or the element <initial>, not both');
  return first ? readInitialElement(reading, first) : attribute;
};

/** SCXML 3.6: exactly one transition, without event and cond. */
const readInitialElement = (reading: Reading, element: XmlElement): Initial | undefined => {
  const [transition, second] = reading.children(element);
  if (!transition || second) {
    reading.error((second ?? element).at, '<initial> needs exactly one <transition>');
    if (!transition) return undefined;
  }
  for (const name of ['event', 'cond']) {
    const literal = transition.attributes[name];
    if (literal) reading.error(literal.at, `the transition of <initial> cannot have ${name}: remove it`);
  }
  const { targets, content } = readTransition(reading, transition);
  return { targets, content, at: transition.at };
};
