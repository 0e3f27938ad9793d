/** Executable content. SCXML 4 and 6; one reader for each element, by name. */
import type { Action, Block, If, Script, XmlElement } from '../document.js';
import { inlineOf, scriptTextOf } from './inline.js';
import { readPayload } from './payload.js';
import { isScxml, type Reading, valueOf, wordsOf } from './reading.js';

type ActionReader = (reading: Reading, element: XmlElement) => Action | undefined;

/** The actions of `<onentry>`, `<transition>` and their like. */
export const readBlock = (reading: Reading, element: XmlElement): Block =>
  reading.children(element).flatMap((child) => readAction(reading, child) ?? []);

const readAction: ActionReader = (reading, element) => {
  if (!isScxml(element)) return { kind: 'extension', element, at: element.at };
  return readers.get(element.name)?.(reading, element);
};

const readRaise: ActionReader = (reading, element) => {
  const { params } = readPayload(reading, reading.children(element));
  const event = reading.required(element, 'event');
  return event && { kind: 'raise', event: event.text, params, at: element.at };
};

type Branch = { -readonly [Key in keyof If['branches'][number]]: If['branches'][number][Key] } & { content: Action[] };

/** `<elseif>` and `<else>` are empty elements that split the children of `<if>`. SCXML 4.3 */
const readIf: ActionReader = (reading, element) => {
  const condition = (branch: XmlElement) => (branch.name === 'else' ? undefined : reading.required(branch, 'cond'));
  let current: Branch = { cond: condition(element), content: [], at: element.at };
  const branches = [current];
  for (const child of reading.children(element)) {
    if (isScxml(child) && (child.name === 'elseif' || child.name === 'else')) {
      reading.children(child);
      current = { cond: condition(child), content: [], at: child.at };
      branches.push(current);
    } else {
      const action = readAction(reading, child);
      if (action) current.content.push(action);
    }
  }
  return { kind: 'if', branches, at: element.at };
};

const readForeach: ActionReader = (reading, element) => {
  const array = reading.required(element, 'array');
  const item = reading.required(element, 'item');
  const content = readBlock(reading, element);
  if (!array || !item) return undefined;
  return { kind: 'foreach', array, item, index: element.attributes['index'], content, at: element.at };
};

const readLog: ActionReader = (reading, element) => {
  reading.children(element);
  const [label, level] = [valueOf(element, 'label'), valueOf(element, 'level')];
  return { kind: 'log', label, expr: element.attributes['expr'], level, at: element.at };
};

const readAssign: ActionReader = (reading, element) => {
  const location = reading.required(element, 'location');
  const { expr } = element.attributes;
  return location && { kind: 'assign', location, expr, inline: inlineOf(element), at: element.at };
};

export const readScript = (reading: Reading, element: XmlElement): Script => {
  const src = valueOf(element, 'src');
  const source = scriptTextOf(reading, element) ?? (src === undefined ? { text: '', at: element.at } : undefined);
  return { kind: 'script', source, src, at: element.at };
};

const readSend: ActionReader = (reading, element) => {
  const event = reading.either(element, 'event');
  const target = reading.either(element, 'target');
  const type = reading.either(element, 'type');
  const delay = reading.either(element, 'delay');
  return {
    kind: 'send',
    event: event.literal,
    eventexpr: event.expr,
    target: target.literal,
    targetexpr: target.expr,
    type: type.literal,
    typeexpr: type.expr,
    id: reading.attribute(element, 'id')?.text,
    idlocation: element.attributes['idlocation'],
    delay: delay.literal,
    delayexpr: delay.expr,
    namelist: wordsOf(element, 'namelist'),
    ...readPayload(reading, reading.children(element)),
    at: element.at,
  };
};

const readCancel: ActionReader = (reading, element) => {
  reading.children(element);
  const { literal, expr } = reading.either(element, 'sendid');
  return { kind: 'cancel', sendid: literal, sendidexpr: expr, at: element.at };
};

const readers = new Map<string, ActionReader>([
  ['raise', readRaise],
  ['if', readIf],
  ['foreach', readForeach],
  ['log', readLog],
  ['assign', readAssign],
  ['script', readScript],
  ['send', readSend],
  ['cancel', readCancel],
]);
