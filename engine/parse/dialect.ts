/**
 * Which dialect a document is written in, and how its attributes are read. `reading.ts` holds a document to the grammar of its
 * dialect and asks it for attributes; what the readers make of them is one model. What runs differently is `semantics/`.
 */
import type { DialectName, Literal, Source, XmlElement, XmlText } from '../document.js';
import type { Position } from '../position.js';
import { grammar, type ElementGrammar } from './grammar.js';
import { orsGrammar } from './ors-grammar.js';

/** An attribute that has a literal form and one that is worked out. */
export interface Either {
  readonly literal: string | undefined;
  readonly expr: Source | undefined;
}

export interface Dialect {
  readonly name: DialectName;
  readonly grammar: ReadonlyMap<string, ElementGrammar>;
  /** Elements that the dialect knows and this engine does not have: what to do instead. */
  readonly refused: Readonly<Record<string, string>>;
  readonly autoforward: readonly ['false', ...'true'[]];
  /** An attribute under any name that it has here. */
  attribute(element: XmlElement, name: string): Literal | undefined;
  either(element: XmlElement, name: string): Either;
  /** The value of a `<param>` that gives none. */
  paramValue(element: XmlElement): Source | undefined;
}

const standard: Dialect = {
  name: 'standard',
  grammar,
  refused: {},
  autoforward: ['false', 'true'],
  attribute: ({ attributes }, name) => attributes[name],
  either: ({ attributes }, name) => ({ literal: attributes[name]?.text, expr: attributes[`${name}expr`] }),
  paramValue: () => undefined,
};

/** Other names of attributes, by element and the name that the readers ask for. */
const synonyms: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  send: { id: 'sendid', type: 'targettype' },
  cancel: { sendid: 'id' },
  content: { expr: '_expr' },
};
/** Literal unless they are written as a string in quotes; all others that `either` is asked for are value expressions. */
const words = new Set(['invoke src', 'invoke type', 'cancel id']);

/** A string literal without escapes says the same at any time: as a literal it is judged before. */
const quoted = /^\s*(?:'([^'\\]*)'|"([^"\\]*)")\s*$/;
/** No expression: only the quotes are missing. */
const bare = /^\s*[\d.]+m?s\s*$/;

const literalOf = ({ text }: Literal, isWord: boolean): string | undefined => {
  const [whole, single, double] = quoted.exec(text) ?? [];
  if (whole !== undefined) return single ?? double;
  return isWord || bare.test(text) ? text : undefined;
};

const written = ({ name: element, attributes }: XmlElement, name: string): string => {
  const other = synonyms[element]?.[name];
  return other !== undefined && !attributes[name] && attributes[other] ? other : name;
};

const ors: Dialect = {
  name: 'ors',
  grammar: orsGrammar,
  refused: { anchor: 'ORS has no anchors: use <history>' },
  autoforward: ['false'],
  attribute: (element, name) => element.attributes[written(element, name)],
  either(element, name) {
    const own = written(element, name);
    const attribute = element.attributes[own];
    const worked = element.attributes[`${name}expr`];
    if (!attribute) return { literal: undefined, expr: worked };
    const literal = literalOf(attribute, words.has(`${element.name} ${own}`));
    // With both, both are told of: the judges refuse that.
    if (literal !== undefined || worked) return { literal: literal ?? attribute.text, expr: worked };
    return { literal: undefined, expr: attribute };
  },
  paramValue: ({ attributes }) => attributes['name'],
};

const moduleNamespace = /^(https?:\/\/)?www\.genesyslab\.com\/modules\//;

/** What in a document says that it is ORS's, and where; undefined for SCXML 1.0. */
const signOf = (root: XmlElement): { readonly at: Position; readonly sign: string } | undefined => {
  const { datamodel, profile } = root.attributes;
  if (datamodel) return undefined;
  if (profile?.text.trim() === 'ecmascript') return { at: profile.at, sign: 'profile="ecmascript"' };
  const action = firstAction(root);
  return action && { at: action.at, sign: `<${action.name}> of "${action.namespace}", and no datamodel=` };
};

/** Documents that are invoked have a dialect of their own. */
const firstAction = (element: XmlElement): XmlElement | undefined => {
  if (moduleNamespace.test(element.namespace)) return element;
  for (const child of element.children) {
    const found = isElement(child) && child.name !== 'scxml' ? firstAction(child) : undefined;
    if (found) return found;
  }
  return undefined;
};

const isElement = (node: XmlElement | XmlText): node is XmlElement => 'name' in node;

export const dialectOf = (
  root: XmlElement,
): { readonly dialect: Dialect; readonly note?: { readonly at: Position; readonly message: string } } => {
  const found = signOf(root);
  if (!found) return { dialect: standard };
  const message = `read as the ORS dialect, for ${found.sign}; for SCXML 1.0 write datamodel="ecmascript"`;
  return { dialect: ors, note: { at: found.at, message } };
};
