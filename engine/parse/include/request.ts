/** What an `<xi:include>` asks for. XInclude 3.1 */
import type { XmlElement } from '../../document.js';
import type { Position } from '../../position.js';
import { type Reading, valueOf } from '../reading.js';
import { nameOf } from './name.js';

export interface Request {
  readonly at: Position;
  readonly name: string;
  readonly parse: 'xml' | 'text';
  /** Of the one element that is wanted; '' is the whole. */
  readonly xpointer: string;
  /** '' is none. */
  readonly resolveid: string;
}

/** `element`: with its macros replaced; `base`: the name of the text in which it stands. Undefined, and a problem, when it is wrong. */
export const requestOf = (element: XmlElement, base: string, reading: Reading): Request | undefined => {
  const refuse = (attribute: string, message: string): Request | undefined => {
    reading.error(element.attributes[attribute]?.at ?? element.at, message);
    return undefined;
  };
  const given = (attribute: string): string => valueOf(element, attribute)?.trim() ?? '';
  const [href, resolveid, xpointer] = [given('href'), given('resolveid'), given('xpointer')];
  if (element.name !== 'include') return refuse('', `<${element.name}> of XInclude belongs in <xi:include>`);
  if (href === '' || href.includes('#'))
    return refuse('href', 'href of <xi:include> names a document, without #: the part of it is xpointer');
  if (/\s/.test(resolveid)) return refuse('resolveid', 'resolveid is one word: what ids begin with');
  const parse = reading.choice(element, 'parse', ['xml', 'text']);
  return { at: element.at, name: nameOf(href, base), parse, xpointer, resolveid };
};
