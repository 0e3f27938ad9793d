/** What travels with an event or an invocation: `<param>`, `<content>`, `<donedata>`; and `<data>`. SCXML 5.2 to 5.7 */
import type { Content, Data, DoneData, Param, XmlElement } from '../document.js';
import { inlineOf } from './inline.js';
import { type Reading, valueOf } from './reading.js';

export interface Payload {
  readonly params: readonly Param[];
  readonly content: Content | undefined;
}

const readParam = (reading: Reading, element: XmlElement): Param[] => {
  reading.children(element);
  const { expr, location } = element.attributes;
  const value = expr ?? location ?? reading.paramValue(element);
  if (!value || (expr && location)) reading.error(element.at, '<param> needs exactly one of expr and location');
  const name = reading.required(element, 'name');
  return name ? [{ name: name.text, expr: value, location, at: element.at }] : [];
};

const readContent = (reading: Reading, element: XmlElement): Content => ({
  expr: reading.attribute(element, 'expr'),
  inline: inlineOf(element),
  at: element.at,
});

/** The `<param>` and `<content>` among an element's children. */
export const readPayload = (reading: Reading, children: readonly XmlElement[]): Payload => {
  const [content, second] = children.filter(({ name }) => name === 'content');
  if (second) reading.error(second.at, 'only one <content> can stand here');
  return {
    params: children.filter(({ name }) => name === 'param').flatMap((child) => readParam(reading, child)),
    content: content && readContent(reading, content),
  };
};

export const readDoneData = (reading: Reading, element: XmlElement): DoneData => ({
  ...readPayload(reading, reading.children(element)),
  at: element.at,
});

export const readData = (reading: Reading, element: XmlElement): Data[] => {
  const id = reading.required(element, 'id');
  if (!id) return [];
  const { expr } = element.attributes;
  return [{ id: id.text, src: valueOf(element, 'src'), expr, inline: inlineOf(element), at: element.at }];
};
