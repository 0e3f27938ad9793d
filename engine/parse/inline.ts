/** What stands between the tags of `<content>`, `<data>`, `<assign>` and `<script>`: text as written, or XML. */
import type { Inline, Source, XmlElement, XmlText } from '../document.js';
import { escapeText } from './element.js';
import type { Reading } from './reading.js';

const isText = (child: XmlElement | XmlText): child is XmlText => 'text' in child;
const isBlank = (child: XmlElement | XmlText): boolean => isText(child) && child.text.trim() === '';

/** Undefined when there is nothing but blanks. A single element stands for itself; anything else is kept whole. */
export const inlineOf = ({ children }: XmlElement): Inline | undefined => {
  const solid = children.filter((child) => !isBlank(child));
  const [only] = solid;
  if (!only) return undefined;
  if (solid.length === 1) return isText(only) ? only : { xml: only.xml, element: only, at: only.at };
  const xml = children.map((child) => (isText(child) ? escapeText(child.text) : child.xml)).join('');
  return { xml, element: undefined, at: only.at };
};

/** The text of a `<script>`; undefined when there is none. */
export const scriptTextOf = (reading: Reading, element: XmlElement): Source | undefined => {
  const stray = element.children.find((child) => !isText(child));
  if (stray) reading.error(stray.at, '<script> holds text only: put it into <![CDATA[ ]]> if it contains <');
  const [first, ...others] = element.children.filter((child) => isText(child)).filter((child) => !isBlank(child));
  if (!first || others.length === 0) return first && { text: first.text, at: first.at };
  // Of several texts: whoever looks for a place finds the element.
  return { text: [first, ...others].map(({ text }) => text).join('\n'), at: element.at };
};
