/**
 * What an included part is called: ids of its states and whatever names them get the prefix that `resolveid` gives.
 * `include.ts` walks; `written.ts` finds places behind what is replaced here.
 *
 * 1. The macro `$$_MY_PREFIX_$$` is replaced by the prefix. Where that is empty the dot behind the macro goes too:
 *    `done.state.$$_MY_PREFIX_$$.a` is done.state.a then.
 * 2. In a text that never declares or assigns to it, the variable `_my_prefix` is replaced by the prefix as a string.
 */
import type { Literal, XmlElement } from '../../document.js';
import { nameOf } from './name.js';

const MACRO = '$$_MY_PREFIX_$$';
const VARIABLE = '_my_prefix';
const declared = /(?:\b(?:var|let|const)\s+|\bid\s*=\s*["'])_my_prefix\b|\b_my_prefix\s*=(?!=)/;

export interface Prefix {
  readonly text: string;
  /** Whether `_my_prefix` is replaced. (2) */
  readonly variable: boolean;
}

/** Of the part whose text is `written`. */
export const prefixOf = (text: string, written: string): Prefix => ({
  text,
  variable: written.includes(VARIABLE) && !declared.test(written),
});

/** Without anything to replace nothing has to be copied. */
export const isUsed = (text: string): boolean => text.includes(MACRO) || text.includes(VARIABLE);

/** What is replaced, as the source of a pattern; not within `quotes`. */
export const replacedIn = ({ text, variable }: Prefix, quotes = `'"`): string => {
  const macro = `\\$\\$_MY_PREFIX_\\$\\$${text === '' ? '\\.?' : ''}`;
  return variable ? `${macro}|(?<![\\w$.${quotes}])_my_prefix(?![\\w$${quotes}])` : macro;
};

export const replacement = (found: string, { text }: Prefix): string =>
  found === VARIABLE ? JSON.stringify(text) : text;

export const withPrefix = (text: string, prefix: Prefix): string =>
  isUsed(text) ? text.replace(new RegExp(replacedIn(prefix), 'g'), (found) => replacement(found, prefix)) : text;

export const joined = (outer: string, inner: string): string =>
  outer === '' || inner === '' ? outer + inner : `${outer}.${inner}`;

/** Attributes of SCXML's elements that hold ids of states, one or several. SCXML 3 */
const ids: Readonly<Record<string, readonly string[]>> = {
  state: ['id', 'initial'],
  parallel: ['id'],
  final: ['id'],
  history: ['id'],
  transition: ['target'],
};
/** Elements that name other texts. */
const sources = new Set(['script', 'data', 'invoke']);

/** The attributes of an element of the part that lies in `name`; `own`: it is SCXML's. */
export const attributesIn = (
  { name: element, attributes }: XmlElement,
  { name, prefix }: { readonly name: string; readonly prefix: Prefix },
  own: boolean,
): XmlElement['attributes'] => {
  const changed = Object.create(null) as Record<string, Literal>;
  for (const [attribute, { text, at }] of Object.entries(attributes)) {
    let value = withPrefix(text, prefix);
    if (own && prefix.text !== '' && ids[element]?.includes(attribute)) value = eachWord(text, value, prefix.text);
    if (own && name !== '' && attribute === 'src' && sources.has(element)) value = nameOf(value, name);
    changed[attribute] = { text: value, at };
  }
  return changed;
};

/** A word in which the macro stood has its prefix. */
const eachWord = (written: string, value: string, prefix: string): string => {
  const before = written.match(/\S+/g) ?? [];
  let index = 0;
  return value.replace(/\S+/g, (word) => (before[index++]?.includes(MACRO) ? word : `${prefix}.${word}`));
};
