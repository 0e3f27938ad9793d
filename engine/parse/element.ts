/**
 * XML text -> the `XmlElement` tree of `document.ts`: namespaces resolved, places known, each element able to stand alone.
 * `xml.ts` scans; the readers (`states.ts`, `actions.ts` ...) take it from here.
 *
 * 1. `attributes` holds every attribute by its name as written, but no namespace declarations.
 * 2. `xml` is the element's own text with the declarations that it inherits put into its start tag.
 */
import type { XmlElement, XmlText } from '../document.js';
import { type XmlAttribute, type XmlOptions, prepare, scan } from './xml.js';

type Node = { -readonly [Key in keyof XmlElement]: XmlElement[Key] } & { children: (XmlElement | XmlText)[] };

interface Scope {
  readonly uris: ReadonlyMap<string, string>;
  /** The declarations as text, ready for a start tag. */
  readonly declarations: string;
}

/** More prefixes than any document needs, and few enough to copy for each element that declares one. */
const prefixLimit = 100;
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
const outermost: Scope = { uris: new Map([['xml', xmlNamespace]]), declarations: '' };

export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const escapeAttribute = (text: string): string => escapeText(text).replace(/"/g, '&quot;');

/** The prefix that an attribute declares, '' for the default namespace. */
const declaredPrefix = (name: string): string | undefined => {
  if (name === 'xmlns') return '';
  return name.startsWith('xmlns:') ? name.slice(6) : undefined;
};

const declare = (uris: ReadonlyMap<string, string>, except: ReadonlySet<string>): string => {
  let text = '';
  for (const [prefix, uri] of uris) {
    if (prefix === 'xml' || uri === '' || except.has(prefix)) continue;
    text += ` xmlns${prefix && ':'}${prefix}="${escapeAttribute(uri)}"`;
  }
  return text;
};

/** The scope inside an element, and the declarations that it inherits. */
const enter = (outer: Scope, attributes: readonly XmlAttribute[]): { scope: Scope; inherited: string } => {
  const own = new Map<string, string>();
  for (const { name, value } of attributes) {
    const prefix = declaredPrefix(name);
    if (prefix !== undefined) own.set(prefix, value);
  }
  if (own.size === 0) return { scope: outer, inherited: outer.declarations };
  const uris = new Map([...outer.uris, ...own]);
  return {
    scope: { uris, declarations: declare(uris, new Set()) },
    inherited: declare(outer.uris, new Set(own.keys())),
  };
};

/** Reads the text's root element. Throws DocumentError when the text is not well-formed. */
export const parseXml = (raw: string, options: XmlOptions = {}): XmlElement => {
  const source = prepare(raw, options);
  const { text, locate, fail } = source;
  const top: (XmlElement | XmlText)[] = [];
  const stack: { node: Node; scope: Scope; head: string; rest: number }[] = [];
  const siblings = () => stack.at(-1)?.node.children ?? top;

  const namespaceOf = (scope: Scope, prefix: string, offset: number): string => {
    const uri = scope.uris.get(prefix);
    if (prefix !== '' && !uri) fail(offset, `namespace prefix ${prefix} is not declared: add xmlns:${prefix}="..."`);
    return uri ?? '';
  };
  const attributesOf = (scope: Scope, attributes: readonly XmlAttribute[]): XmlElement['attributes'] => {
    const named = Object.create(null) as Record<string, XmlElement['attributes'][string]>;
    for (const { name, value, from } of attributes) {
      if (declaredPrefix(name) !== undefined) continue;
      const colon = name.indexOf(':');
      if (colon >= 0) namespaceOf(scope, name.slice(0, colon), from);
      named[name] = { text: value, at: locate(from) };
    }
    return named;
  };

  scan(
    source,
    {
      open(qualified, attributes, from) {
        const { scope, inherited } = enter(stack.at(-1)?.scope ?? outermost, attributes);
        if (scope.uris.size > prefixLimit) fail(from, `more than ${prefixLimit} namespace prefixes are in scope`);
        const colon = qualified.indexOf(':');
        const node: Node = {
          namespace: namespaceOf(scope, qualified.slice(0, Math.max(0, colon)), from),
          name: qualified.slice(colon + 1),
          attributes: attributesOf(scope, attributes),
          children: [],
          at: locate(from),
          xml: '',
        };
        siblings().push(node);
        stack.push({ node, scope, head: `<${qualified}${inherited}`, rest: from + 1 + qualified.length });
      },
      text(piece, from) {
        const list = siblings();
        const last = list.at(-1);
        if (last && 'text' in last) list[list.length - 1] = { text: last.text + piece, at: last.at };
        else list.push({ text: piece, at: locate(from) });
      },
      close(to) {
        const closed = stack.pop();
        if (closed) closed.node.xml = closed.head + text.slice(closed.rest, to);
      },
    },
    options.limits,
  );
  return top[0] as XmlElement;
};
