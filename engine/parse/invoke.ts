/** `<invoke>` and its `<finalize>`. SCXML 6.4, 6.5 */
import type { Invoke, XmlElement } from '../document.js';
import { readBlock } from './actions.js';
import { readPayload } from './payload.js';
import { type Reading, valueOf, wordsOf } from './reading.js';

export const readInvoke = (reading: Reading, element: XmlElement): Invoke => {
  const children = reading.children(element);
  const [finalize, second] = children.filter(({ name }) => name === 'finalize');
  if (second) reading.error(second.at, 'only one <finalize> can stand in <invoke>');
  const [type, src] = [reading.either(element, 'type'), reading.either(element, 'src')];
  return {
    id: valueOf(element, 'id'),
    idlocation: element.attributes['idlocation'],
    type: type.literal,
    typeexpr: type.expr,
    src: src.literal,
    srcexpr: src.expr,
    namelist: wordsOf(element, 'namelist'),
    ...readPayload(reading, children),
    autoforward: reading.autoforward(element),
    finalize: finalize && readBlock(reading, finalize),
    at: element.at,
  };
};
