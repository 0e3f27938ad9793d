/**
 * XInclude in documents, as ORS's Composer writes it: `<xi:include href parse="text"/>` and
 * `<xi:include href parse="xml" resolveid xpointer/>`, with `<xi:fallback>`. The texts are asked from whoever loads the document;
 * `name.ts` says by which name, `prefix.ts` what becomes of ids. https://www.w3.org/TR/xinclude/
 *
 * 1. Every place in an included text names it: problems say the file in which they are.
 * 2. Only what `xpointer` names is looked at further: what else its document includes is not asked for.
 * 3. Inclusions end: none within itself, DEPTH deep, TOTAL in all, and together no longer than a document may be.
 * 4. A document inside a document resolves its own, when it is read.
 */
import type { XmlElement, XmlText } from '../../document.js';
import { DocumentError, type Included, lineOf, type Position } from '../../position.js';
import { defaultLimits } from '../../limits.js';
import { parseXml } from '../element.js';
import { isScxml, type Reading, valueOf } from '../reading.js';
import { normalised, type XmlOptions } from '../xml.js';
import { attributesIn, isUsed, joined, type Prefix, prefixOf, withPrefix } from './prefix.js';
import { rewritten } from './replaced.js';
import { type Request, requestOf } from './request.js';

export interface IncludeOptions extends XmlOptions {
  /** The text that has this name: relative to the outermost document, or a URL. Undefined: it cannot be had. */
  readonly resources?: ((name: string) => string | undefined) | undefined;
}

const DEPTH = 16;
const TOTAL = 1_000;
/** Elements inside each other, over all texts; as `xml.ts` has it for one. */
const NESTED = 1_000;
const namespace = /^http:\/\/www\.w3\.org\/(2001|2003)\/XInclude$/;

interface Part {
  /** '' is the outermost document. */
  readonly name: string;
  readonly prefix: Prefix;
  /** The parts around it, outermost first. */
  readonly above: readonly string[];
}

type Node = XmlElement | XmlText;

const isElement = (node: Node): node is XmlElement => !('text' in node);
const isInclude = ({ namespace: uri }: XmlElement): boolean => namespace.test(uri);

/** Whether there is anything to do: of most documents nothing has to be copied. */
const needed = (text: string): boolean => text.includes('/XInclude') || isUsed(text);

/** The same with everything included. `texts` takes what was included, by name. */
export const included = (
  root: XmlElement,
  reading: Reading,
  options: IncludeOptions,
  texts: Map<string, string>,
): XmlElement =>
  needed(root.xml)
    ? new Inclusion(reading, options, texts).element(root, { name: '', prefix: prefixOf('', root.xml), above: [] }, 1)
    : root;

class Inclusion {
  #inclusions = 0;
  #characters = 0;
  readonly #limit: number;

  constructor(
    private readonly reading: Reading,
    private readonly options: IncludeOptions,
    private readonly texts: Map<string, string>,
  ) {
    this.#limit = options.limits?.document ?? defaultLimits.document;
  }

  element(element: XmlElement, part: Part, depth: number): XmlElement {
    const own = isScxml(element);
    const attributes = attributesIn(element, part, own);
    const children = element.children.flatMap((child) => this.#node(child, part, depth + 1));
    return rewritten(element, attributes, children, part.prefix);
  }

  #node(node: Node, part: Part, depth: number): readonly Node[] {
    if (!isElement(node)) return [{ ...node, text: withPrefix(node.text, part.prefix) }];
    if (isInclude(node)) return this.#include(node, part, depth);
    if (depth > NESTED) return this.#error(node.at, `elements are nested deeper than the limit of ${NESTED}`);
    return [node.name === 'scxml' ? this.#inner(node, part.prefix) : this.element(node, part, depth)];
  }

  /** 4 */
  #inner(element: XmlElement, prefix: Prefix): XmlElement {
    const children = element.children.map((child) =>
      isElement(child) ? this.#inner(child, prefix) : { ...child, text: withPrefix(child.text, prefix) },
    );
    const attributes = attributesIn(element, { name: '', prefix }, false);
    return rewritten(element, attributes, children, prefix);
  }

  #error(at: Position, message: string): readonly Node[] {
    this.reading.error(at, message);
    return [];
  }

  #include(element: XmlElement, part: Part, depth: number): readonly Node[] {
    const asked = { ...element, attributes: attributesIn(element, part, false) };
    const request = requestOf(asked, part.name, this.reading);
    if (!request) return [];
    const { at, name } = request;
    const refusal = this.#refusal(part, name);
    if (refusal !== undefined) return this.#error(at, refusal);
    const text = this.options.resources?.(name);
    if (text === undefined) return this.#otherwise(element, part, depth, `${name} cannot be loaded: ${this.#why()}`);
    const tooMuch = this.#count(name, text);
    if (tooMuch !== undefined) return this.#error(at, tooMuch);
    if (request.parse === 'text') return [this.#text(text, { uri: name, parse: 'text', prefix: part.prefix.text })];
    return this.#xml(element, request, text, part, depth);
  }

  #why(): string {
    return this.options.resources
      ? 'check href, or give <xi:fallback> what to take instead'
      : 'nothing can be included here, for this document lies nowhere';
  }

  /** 3 */
  #refusal({ above }: Part, name: string): string | undefined {
    if (above.length >= DEPTH) return `${name} is included ${DEPTH} deep: that is the limit`;
    this.#inclusions += 1;
    return this.#inclusions > TOTAL ? `more than ${TOTAL} texts are included: that is the limit` : undefined;
  }

  #count(name: string, text: string): string | undefined {
    this.#characters += text.length;
    this.texts.set(name, text);
    if (this.#characters <= this.#limit) return undefined;
    return `with ${name} more than ${this.#limit} characters are included: split the document, or raise the limit`;
  }

  #text(text: string, from: Included): XmlText {
    return {
      text: withPrefix(normalised(text), prefixOf(from.prefix, text)),
      at: { line: 1, column: 1, included: from },
    };
  }

  #xml(element: XmlElement, request: Request, text: string, part: Part, depth: number): readonly Node[] {
    const { at, name, xpointer, resolveid } = request;
    const own = xpointer === '' ? name : `${name}#${xpointer}`;
    if (part.above.includes(own))
      return this.#error(at, `${own} includes itself: ${[...part.above, own].join(' includes ')}`);
    const prefix = joined(part.prefix.text, resolveid);
    const root = this.#parsed(text, { uri: name, parse: 'xml', prefix });
    if (!root) return [];
    const [found, second] = xpointer === '' ? [root] : elementsWith(root, xpointer);
    if (!found) return this.#otherwise(element, part, depth, `${name} has no element with the id "${xpointer}"`);
    if (second) {
      const first = lineOf(found.at);
      this.reading.error(second.at, `id "${xpointer}" is already that of the element at ${first}: rename one`);
    }
    return this.#node(found, { name, prefix: prefixOf(prefix, text), above: [...part.above, own] }, depth);
  }

  /** What is not well-formed is told, and nothing stands for it: it is there, and wrong. XInclude 4.2 */
  #parsed(text: string, from: Included): XmlElement | undefined {
    try {
      return parseXml(text, { ...this.options, included: from });
    } catch (error) {
      if (!(error instanceof DocumentError)) throw error;
      this.reading.problems.push(...error.problems);
      return undefined;
    }
  }

  /** XInclude 4.4 */
  #otherwise(element: XmlElement, part: Part, depth: number, message: string): readonly Node[] {
    const fallback = element.children.filter(isElement).find((child) => isInclude(child) && child.name === 'fallback');
    if (!fallback) return this.#error(element.at, message);
    return fallback.children.flatMap((child) => this.#node(child, part, depth));
  }
}

/** Those that have this id, in the order of the text. */
const elementsWith = (element: XmlElement, id: string): readonly XmlElement[] => {
  const below = element.children.filter(isElement).flatMap((child) => elementsWith(child, id));
  return valueOf(element, 'id') === id ? [element, ...below] : below;
};
