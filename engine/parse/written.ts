/**
 * Where the characters of a value stand in the document. Entities, CDATA sections and comments make the document longer than
 * what it says; `element.ts` knows only where a value begins.
 */
import type { Position } from '../position.js';
import { indexer, locator } from './locate.js';
import { normalised } from './xml.js';

/** Pieces of a value: markup that says nothing, an entity that says one character, or text that says itself. */
const outside = /<!\[CDATA\[|<!--[^]*?-->|<\?[^]*?\?>|&[^;\n]*;|[^<&]+|[^]/y;
const inside = /\]\]>|[^\]]+|[^]/y;
const markup = /^[<&]./;
const cdata = '<![CDATA[';
const sectionEnd = ']]>';

/** The places of these offsets into the value that begins at `at`; empty when no value does. */
export type Places = (at: Position, offsets: readonly number[]) => ReadonlyMap<number, Position>;

export const placesIn = (document: string): Places => {
  const text = normalised(document);
  const [locate, index] = [locator(text), indexer(text)];
  return (at, offsets) => {
    const start = index(at);
    const places = new Map<number, Position>();
    // An element begins here: the source was loaded from elsewhere.
    if (text[start] === '<' && !text.endsWith(cdata, start)) return places;
    const wanted = [...new Set(offsets)].sort((a, b) => a - b);
    let [read, next] = [0, 0];
    for (const { from, length, plain } of pieces(text, start)) {
      for (let into = (wanted[next] ?? Infinity) - read; into < length; into = (wanted[++next] ?? Infinity) - read) {
        places.set(read + into, locate(plain ? from + into : from));
      }
      if (next === wanted.length) break;
      read += length;
    }
    return places;
  };
};

interface Piece {
  readonly from: number;
  /** Characters that it stands for. */
  readonly length: number;
  readonly plain: boolean;
}

function* pieces(text: string, start: number): Generator<Piece> {
  let section = text.endsWith(cdata, start);
  for (let from = start; from < text.length;) {
    const pattern = section ? inside : outside;
    pattern.lastIndex = from;
    const token = pattern.exec(text)?.[0] ?? '';
    const piece = pieceOf(token, from, section);
    if (piece) yield piece;
    else if (token === cdata || token === sectionEnd) section = !section;
    from += token.length;
  }
}

/** Undefined for what says nothing. */
const pieceOf = (token: string, from: number, section: boolean): Piece | undefined => {
  if (section) return token === sectionEnd ? undefined : { from, length: token.length, plain: true };
  if (!markup.test(token)) return { from, length: token.length, plain: true };
  return token.startsWith('&') ? { from, length: isAstral(token) ? 2 : 1, plain: false } : undefined;
};

/** Beyond the first plane of Unicode: two characters of a string. */
const isAstral = (entity: string): boolean => {
  const [, number] = /^&#(x?[\da-f]+);$/i.exec(entity) ?? [];
  return Number(number?.replace(/^x/i, '0x') ?? 0) > 0xffff;
};
