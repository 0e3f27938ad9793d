/**
 * JSON from outside: its value, or what is wrong with it and where. `body.ts` reads bodies with it, `cli.ts` its input.
 * `JSON.parse` judges and parses; only when it refuses does the scan below look for the place, which `JSON.parse` does not
 * always tell.
 */
import type { Position } from '../engine/position.js';

export class JsonError extends Error {
  override readonly name = 'JsonError';
  constructor(
    readonly reason: string,
    readonly at: Position,
  ) {
    super(`${reason} at line ${at.line}, column ${at.column}`);
  }
}

/** Deeper values are refused: what walks them later is recursive. */
const DEPTH = 200;

/** Throws JsonError. */
export const parseJson = (text: string): unknown => {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    const { offset, expected } = firstError(text);
    const found = offset >= text.length ? 'the text ends' : `"${text.charAt(offset)}" stands`;
    throw new JsonError(`${found} where ${expected} should be`, placeOf(text, offset));
  }
  if (isDeeperThan(value, DEPTH)) throw new JsonError(`values are nested deeper than ${DEPTH}`, { line: 1, column: 1 });
  return value;
};

/** A JSON object: no list, not null. */
export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  isContainer(value) && !Array.isArray(value);

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Whether more than `depth` lists and objects stand inside each other. */
export const isDeeperThan = (value: unknown, depth: number): boolean => {
  let level = [value].filter(isContainer);
  for (let left = depth; level.length > 0; left--) {
    if (left === 0) return true;
    level = level.flatMap((container) => (Object.values(container) as unknown[]).filter(isContainer));
  }
  return false;
};

const placeOf = (text: string, offset: number): Position => {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
};

const space = /[ \t\r\n]*/y;
const scalar =
  /"[^"\\\x00-\x1f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*)*"|(?:-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)(?![\w.+-])/y;

/** What may stand next, in the words of the message. */
const VALUE = 'a value';
const FIRST_VALUE = 'a value or "]"';
const KEY = 'a key in double quotes';
const FIRST_KEY = 'a key in double quotes or "}"';
const COLON = '":"';
const END = 'the end of the text';

interface Scan {
  /** The brackets that close what is open. */
  readonly open: string[];
  expected: string;
}

const afterValue = (scan: Scan): void => {
  const closing = scan.open.at(-1);
  scan.expected = closing === undefined ? END : `"," or "${closing}"`;
};

const open = (scan: Scan, closing: string, expected: string): boolean => {
  scan.open.push(closing);
  scan.expected = expected;
  return true;
};

/** Takes one bracket, comma or colon; false when it may not stand here. */
const punctuate = (scan: Scan, sign: string): boolean => {
  const { expected } = scan;
  const value = expected === VALUE || expected === FIRST_VALUE;
  if (sign === '{') return value && open(scan, '}', FIRST_KEY);
  if (sign === '[') return value && open(scan, ']', FIRST_VALUE);
  if (!expected.includes(`"${sign}"`)) return false;
  if (sign === ':') scan.expected = VALUE;
  else if (sign === ',') scan.expected = scan.open.at(-1) === '}' ? KEY : VALUE;
  else {
    scan.open.pop();
    afterValue(scan);
  }
  return true;
};

/** Takes a string, number or word. */
const takeScalar = (scan: Scan, token: string): boolean => {
  if (scan.expected === VALUE || scan.expected === FIRST_VALUE) afterValue(scan);
  else if (token.startsWith('"') && (scan.expected === KEY || scan.expected === FIRST_KEY)) scan.expected = COLON;
  else return false;
  return true;
};

const firstError = (text: string): { offset: number; expected: string } => {
  const scan: Scan = { open: [], expected: VALUE };
  for (let offset = 0; ;) {
    space.lastIndex = offset;
    offset += space.exec(text)?.[0].length ?? 0;
    scalar.lastIndex = offset;
    const token = scalar.exec(text)?.[0];
    const sign = text.charAt(offset);
    const taken = token === undefined ? sign !== '' && punctuate(scan, sign) : takeScalar(scan, token);
    if (!taken) return { offset, expected: scan.expected };
    offset += token?.length ?? 1;
  }
};
