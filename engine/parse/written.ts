/**
 * Where the characters of a value stand in the document. Entities, CDATA sections and comments make the document longer than
 * what it says; `element.ts` knows only where a value begins.
 */
import type { Included, Position } from '../position.js';
import { isUsed, type Prefix, prefixOf, replacedIn, replacement } from './include/prefix.js';
import { indexer, locator } from './locate.js';
import { normalised } from './xml.js';

const markup = /^[<&]./;
const cdata = '<![CDATA[';
const sectionEnd = ']]>';

/** The places of these offsets into the value that begins at `at`; empty when no value does. */
export type Places = (at: Position, offsets: readonly number[]) => ReadonlyMap<number, Position>;

/** `texts`: those that it includes, by name. */
export const placesIn = (document: string, texts: ReadonlyMap<string, string> = new Map()): Places => {
  const known = new Map<string, Places>();
  return (at, offsets) => {
    const { uri, parse, prefix } = at.included ?? { uri: '', parse: 'xml', prefix: '' };
    const key = JSON.stringify([uri, parse, prefix]);
    const places = known.get(key) ?? placesInText(at.included ? (texts.get(uri) ?? '') : document, at.included);
    known.set(key, places);
    return places(at, offsets);
  };
};

const placesInText = (written: string, included: Included | undefined): Places => {
  const text = normalised(written);
  const [locate, index] = [locator(text), indexer(text)];
  const kind = included?.parse ?? 'xml';
  const pieces = piecesOf(text, kind, prefixOf(included?.prefix ?? '', written));
  return (at, offsets) => {
    const start = index(at);
    const places = new Map<number, Position>();
    // An element begins here: the source was loaded from elsewhere, or consists of several texts.
    if (kind === 'xml' && text[start] === '<' && !text.endsWith(cdata, start)) return places;
    const wanted = [...new Set(offsets)].sort((a, b) => a - b);
    let [read, next] = [0, 0];
    for (const { from, length, plain } of pieces(start)) {
      for (let into = (wanted[next] ?? Infinity) - read; into < length; into = (wanted[++next] ?? Infinity) - read) {
        places.set(read + into, { ...at, ...locate(plain ? from + into : from) });
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

type Section = 'markup' | 'cdata' | 'text';

/** Pieces of a value: markup that says nothing, an entity that says one character, what a prefix replaces, or text that says itself. */
const piecesOf = (text: string, kind: Included['parse'], prefix: Prefix): ((start: number) => Generator<Piece>) => {
  // Here quotes stand around the values of attributes.
  const replaced = replacedIn(prefix, '');
  const patterns: Readonly<Record<Section, RegExp>> = {
    markup: new RegExp(`<!\\[CDATA\\[|<!--[^]*?-->|<\\?[^]*?\\?>|&[^;\\n]*;|${replaced}|[^<&$_]+|[^]`, 'y'),
    cdata: new RegExp(`\\]\\]>|${replaced}|[^\\]$_]+|[^]`, 'y'),
    text: new RegExp(`${replaced}|[^$_]+|[^]`, 'y'),
  };
  return function* (start) {
    let section: Section = kind === 'text' ? 'text' : text.endsWith(cdata, start) ? 'cdata' : 'markup';
    for (let from = start; from < text.length;) {
      const pattern = patterns[section];
      pattern.lastIndex = from;
      const token = pattern.exec(text)?.[0] ?? '';
      if (token === cdata && section === 'markup') section = 'cdata';
      else if (token === sectionEnd && section === 'cdata') section = 'markup';
      else yield pieceOf(token, from, section, prefix);
      from += token.length;
    }
  };
};

/** Of length 0 for what says nothing. */
const pieceOf = (token: string, from: number, section: Section, prefix: Prefix): Piece => {
  if (isUsed(token)) return { from, length: replacement(token, prefix).length, plain: false };
  if (section !== 'markup' || !markup.test(token)) return { from, length: token.length, plain: true };
  return { from, length: token.startsWith('&') ? (isAstral(token) ? 2 : 1) : 0, plain: false };
};

/** Beyond the first plane of Unicode: two characters of a string. */
const isAstral = (entity: string): boolean => {
  const [, number] = /^&#(x?[\da-f]+);$/i.exec(entity) ?? [];
  return Number(number?.replace(/^x/i, '0x') ?? 0) > 0xffff;
};
