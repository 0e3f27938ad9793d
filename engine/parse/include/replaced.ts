/** An element in which something was included or replaced, and its text; of others `element.ts` keeps what was written. */
import type { XmlElement, XmlText } from '../../document.js';
import { escapeText } from '../element.js';
import { type Prefix, withPrefix } from './prefix.js';

const startTag = /^<([^\s/>]+)(?:[^>"']+|"[^"]*"|'[^']*')*>/;

/** Worked out when somebody asks: only content and extensions are read as text. */
export const rewritten = (
  element: XmlElement,
  attributes: XmlElement['attributes'],
  children: readonly (XmlElement | XmlText)[],
  prefix: Prefix,
): XmlElement => ({
  ...element,
  attributes,
  children,
  get xml() {
    const [head = '', name = ''] = startTag.exec(element.xml) ?? [];
    const start = withPrefix(head, prefix);
    if (start.endsWith('/>')) return start;
    const inner = children.map((child) => ('text' in child ? escapeText(child.text) : child.xml));
    return `${start}${inner.join('')}</${name}>`;
  },
});
