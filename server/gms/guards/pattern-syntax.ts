/**
 * The syntax of exception patterns, read into a tree: what Java's and JavaScript's regular expressions have in common and a machine
 * without memory can match. `pattern.ts` makes that machine. Pure.
 *
 * 1. What is not understood is refused with a reason, never taken for something else: references back, looks around, flags,
 *    possessive repetitions, intersections and named classes.
 * 2. A pattern is short and its groups are few levels deep, so that reading it ends soon and on a small stack.
 */

export type Node =
  | { readonly kind: 'one'; readonly accepts: (character: string) => boolean }
  | { readonly kind: 'edge'; readonly at: 'start' | 'end' }
  | { readonly kind: 'all'; readonly parts: readonly Node[] }
  | { readonly kind: 'any'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly part: Node; readonly from: number; readonly to: number };

/** 2 */
const LONGEST = 255;
const DEEPEST = 20;
const MOST_REPEATED = 100;

type Accepts = (character: string) => boolean;

const classes: Readonly<Record<string, Accepts>> = {
  d: (c) => c >= '0' && c <= '9',
  w: (c) => (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_',
  s: (c) => ' \t\n\v\f\r'.includes(c),
};
const controls: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' };

/** Throws an Error that says what is wrong and where. */
export function treeOf(pattern: string): Node {
  if (pattern.length > LONGEST) throw new Error(`it has more than ${LONGEST} characters`);
  // The guide writes each backslash of its examples twice, and no number has one.
  return new Reader(pattern.replaceAll('\\\\\\\\', '\\').replaceAll('\\\\', '\\')).whole();
}

class Reader {
  #at = 0;
  #depth = 0;

  constructor(private readonly text: string) {}

  whole(): Node {
    const tree = this.#choice();
    if (this.#at < this.text.length) throw this.#fault('a ")" that closes nothing');
    return tree;
  }

  #choice(): Node {
    const parts = [this.#sequence()];
    while (this.#take('|')) parts.push(this.#sequence());
    const [only] = parts;
    return parts.length === 1 && only ? only : { kind: 'any', parts };
  }

  #sequence(): Node {
    const parts: Node[] = [];
    while (this.#at < this.text.length && !'|)'.includes(this.#peek())) parts.push(this.#repeated(this.#atom()));
    return { kind: 'all', parts };
  }

  #repeated(part: Node): Node {
    const times = this.#times();
    if (!times) return part;
    this.#take('?');
    if ('*+?{'.includes(this.#peek()) && this.#peek() !== '') throw this.#fault('a repetition of a repetition');
    const [from, to] = times;
    return { kind: 'repeat', part, from, to };
  }

  #times(): readonly [from: number, to: number] | undefined {
    if (this.#take('*')) return [0, Infinity];
    if (this.#take('+')) return [1, Infinity];
    if (this.#take('?')) return [0, 1];
    return this.#take('{') ? this.#counted() : undefined;
  }

  /** Behind the brace. */
  #counted(): readonly [from: number, to: number] {
    const from = this.#number();
    let to = from;
    if (this.#take(',')) to = this.#peek() === '}' ? Infinity : this.#number();
    this.#expect('}');
    if (to >= from) return [from, to];
    throw this.#fault('a repetition that ends before it begins');
  }

  #number(): number {
    const begin = this.#at;
    while (classes['d']?.(this.#peek())) this.#at++;
    const count = Number(this.text.slice(begin, this.#at) || NaN);
    if (count <= MOST_REPEATED) return count;
    throw this.#fault(`a repetition that is not counted from 0 to ${MOST_REPEATED}`);
  }

  #atom(): Node {
    if (this.#take('(')) return this.#group();
    if (this.#take('[')) return { kind: 'one', accepts: this.#class() };
    if (this.#take('^')) return { kind: 'edge', at: 'start' };
    if (this.#take('$')) return { kind: 'edge', at: 'end' };
    if (this.#take('.')) return { kind: 'one', accepts: (c) => !'\n\r\u2028\u2029'.includes(c) };
    if ('*+?{'.includes(this.#peek())) throw this.#fault('a repetition of nothing');
    return { kind: 'one', accepts: this.#one() };
  }

  #group(): Node {
    if (this.#take('?') && !this.#take(':')) throw this.#fault('a group that looks around, has a name or sets flags');
    if (++this.#depth > DEEPEST) throw this.#fault(`groups more than ${DEEPEST} deep`);
    const inner = this.#choice();
    this.#depth--;
    this.#expect(')');
    return inner;
  }

  /** Behind the bracket. */
  #class(): Accepts {
    const isNegated = this.#take('^');
    const parts: Accepts[] = [];
    do {
      if (this.#at >= this.text.length) throw this.#fault('a "[" that is not closed');
      parts.push(this.#range());
    } while (!this.#take(']'));
    return (c) => parts.some((accepts) => accepts(c)) !== isNegated;
  }

  #range(): Accepts {
    if (this.#peek() === '[' || this.text.startsWith('&&', this.#at)) throw this.#fault('classes within classes');
    const from = this.#peek();
    const first = this.#one();
    const follows = this.text[this.#at + 1];
    if (this.#peek() !== '-' || follows === undefined || follows === ']') return first;
    if (from === '\\') throw this.#fault('a range that begins with an escape');
    this.#at++;
    const to = this.#peek();
    if (to === '\\' || to === '[' || to < from) throw this.#fault('a range that ends nowhere');
    this.#at += to.length;
    return (c) => c >= from && c <= to;
  }

  /** A character, escaped or not. */
  #one(): Accepts {
    const character = this.#peek();
    this.#at += character.length;
    return character === '\\' ? this.#escaped() : (c) => c === character;
  }

  #escaped(): Accepts {
    const name = this.#peek();
    this.#at += name.length;
    const named = classes[name];
    if (named) return named;
    const negated = classes[name.toLowerCase()];
    if (negated) return (c) => !negated(c);
    const control = controls[name];
    if (control !== undefined) return (c) => c === control;
    if (name === '' || classes['w']?.(name)) throw this.#fault(`the escape \\${name}`);
    return (c) => c === name;
  }

  /** A whole code point; '' at the end. */
  #peek(): string {
    return String.fromCodePoint(...[this.text.codePointAt(this.#at)].filter((code) => code !== undefined));
  }

  #take(character: string): boolean {
    const isThere = this.text.startsWith(character, this.#at);
    if (isThere) this.#at += character.length;
    return isThere;
  }

  #expect(character: string): void {
    if (!this.#take(character)) throw this.#fault(`no "${character}" where one is needed`);
  }

  #fault(what: string): Error {
    return new Error(`it has ${what}, which exception patterns do not know, before character ${this.#at + 1}`);
  }
}
