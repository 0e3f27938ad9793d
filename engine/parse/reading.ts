/**
 * What all readers share: the list of problems, and the ways to take an element's attributes and children.
 * Everything here holds the document to `grammar.ts` and goes on after a problem, so that one reading finds them all.
 */
import { type DialectName, type Literal, SCXML_NAMESPACE, type XmlElement } from '../document.js';
import type { Position, Problem } from '../position.js';
import type { Dialect, Either } from './dialect.js';
import { parentsOf } from './grammar.js';
import { didYouMean } from './suggest.js';

export class Reading {
  readonly problems: Problem[] = [];

  constructor(private readonly dialect: Dialect) {}

  error(at: Position, message: string): void {
    this.problems.push({ severity: 'error', at, message });
  }

  warn(at: Position, message: string): void {
    this.problems.push({ severity: 'warning', at, message });
  }

  /** An attribute that has to be there; its absence is a problem. */
  required(element: XmlElement, name: string): Literal | undefined {
    const literal = element.attributes[name];
    if (!literal) this.error(element.at, `<${element.name}> needs the attribute ${name}`);
    return literal;
  }

  get dialectName(): DialectName {
    return this.dialect.name;
  }

  /** An attribute under any name that it has in this dialect. */
  attribute(element: XmlElement, name: string): Literal | undefined {
    return this.dialect.attribute(element, name);
  }

  /** An attribute that is literal or worked out, whichever the dialect makes of it. */
  either(element: XmlElement, name: string): Either {
    return this.dialect.either(element, name);
  }

  paramValue(element: XmlElement): Literal | undefined {
    return this.dialect.paramValue(element);
  }

  autoforward(element: XmlElement): boolean {
    return this.choice<'false' | 'true'>(element, 'autoforward', this.dialect.autoforward) === 'true';
  }

  /** An attribute with a fixed list of values; the first is the default. */
  choice<Value extends string>(element: XmlElement, name: string, values: readonly [Value, ...Value[]]): Value {
    const literal = element.attributes[name];
    if (!literal) return values[0];
    const value = values.find((one) => one === literal.text.trim());
    if (value === undefined)
      this.error(literal.at, `${name}="${literal.text}" is unknown: write ${values.join(' or ')}`);
    return value ?? values[0];
  }

  /** Attributes of SCXML elements without a prefix that the Recommendation does not know. */
  attributes(element: XmlElement): void {
    const known = this.dialect.grammar.get(element.name)?.attributes ?? [];
    for (const [name, { at }] of Object.entries(element.attributes)) {
      if (name.includes(':') || known.includes(name)) continue;
      const otherwise = known.length > 0 ? `: it has ${known.join(', ')}` : ': it has none';
      const hint = didYouMean(name, known, { otherwise });
      this.warn(at, `unknown attribute ${name} of <${element.name}> is ignored${hint}`);
    }
  }

  /** The child elements that may stand here, in document order; others become problems. Text is of no use here. */
  children(parent: XmlElement): XmlElement[] {
    const { grammar } = this.dialect;
    const rule = grammar.get(parent.name);
    return parent.children.filter((child): child is XmlElement => {
      if ('text' in child) {
        if (child.text.trim()) this.warn(child.at, `text in <${parent.name}> is ignored: "${excerpt(child.text)}"`);
        return false;
      }
      if (!isScxml(child)) return rule?.actions === true;
      if (grammar.has(child.name)) this.attributes(child);
      if (rule?.children.includes(child.name)) return true;
      this.misplaced(child, parent);
      return false;
    });
  }

  private misplaced({ name, at }: XmlElement, parent: XmlElement): void {
    const { grammar, refused } = this.dialect;
    const instead = refused[name];
    if (instead !== undefined) return this.error(at, `<${name}> is not supported: ${instead}`);
    if (!grammar.has(name)) {
      return this.error(at, `<${name}> is no element of SCXML 1.0${elementHint(name, parent, grammar)}`);
    }
    // Seen in documents of other engines, which ignore its transition or never take it.
    if (name === 'transition' && parent.name === 'scxml') {
      return this.warn(at, '<transition> in <scxml> is ignored: put it into a state that holds the others');
    }
    const homes = parentsOf(name, grammar).map((home) => `<${home}>`);
    const hint = homes.length > 0 ? `it belongs in ${homes.join(', ')}` : 'it is the root element';
    this.error(at, `<${name}> cannot stand in <${parent.name}>: ${hint}`);
  }
}

/** What may stand here is more likely meant than what stands elsewhere. */
const elementHint = (name: string, parent: XmlElement, grammar: Dialect['grammar']): string => {
  const show = (one: string): string => `<${one}>`;
  const otherwise = didYouMean(name, grammar.keys(), { show });
  return didYouMean(name, grammar.get(parent.name)?.children ?? [], { show, otherwise });
};

/** SCXML's own elements; those in no namespace are taken for SCXML's, as many documents leave `xmlns` out. */
export const isScxml = ({ namespace }: XmlElement): boolean => namespace === SCXML_NAMESPACE || namespace === '';

const excerpt = (text: string): string => {
  const line = text.trim().replace(/\s+/g, ' ');
  return line.length > 30 ? `${line.slice(0, 30)}...` : line;
};

export const valueOf = (element: XmlElement, name: string): string | undefined => element.attributes[name]?.text;

/** The words of a list attribute, each where it stands. */
export const wordsOf = (element: XmlElement, name: string): Literal[] => {
  const literal = element.attributes[name];
  if (!literal) return [];
  return Array.from(literal.text.matchAll(/\S+/g), ({ 0: text, index }) => ({ text, at: within(literal, index) }));
};

/** The place of a character of an attribute's value. An entity before it on its line shifts it. */
const within = ({ text, at }: Literal, index: number): Position => {
  const lines = text.slice(0, index).split('\n');
  const column = (lines.at(-1)?.length ?? 0) + 1;
  return lines.length === 1
    ? { ...at, column: at.column + column - 1 }
    : { ...at, line: at.line + lines.length - 1, column };
};

/** What a list attribute names, as plain strings. */
export const namesOf = (element: XmlElement, name: string): string[] => wordsOf(element, name).map((word) => word.text);
