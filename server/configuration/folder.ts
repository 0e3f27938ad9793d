/**
 * A configuration as a folder of YAML, for people and for git: a file for each service (`services/NAME.yaml`: `template`, `options`) and each
 * transaction list (`lists/NAME.yaml`: section, key, value). `configuration.ts` says what it means.
 *
 * 1. Whatever is found has a place: a file and a line.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMap, isScalar, LineCounter, parseDocument, stringify, type Document, type Node } from 'yaml';
import type { Configuration, Path } from './configuration.js';

interface Place {
  readonly file: string;
  readonly line: number;
}

export interface Folder {
  /** Of any shape: `mistakes.ts` looks at it. */
  readonly given: {
    readonly services: Readonly<Record<string, unknown>>;
    readonly lists: Readonly<Record<string, unknown>>;
  };
  /** What is no YAML. */
  readonly unread: readonly (Place & { readonly message: string })[];
  /** Where what is at this path is written, or what is nearest to it. */
  readonly placeOf: (path: Path) => Place;
}

const KINDS = ['services', 'lists'] as const;
const ENDING = '.yaml';
/** A short text that means something large is no configuration. */
const ALIASES = 100;

interface Read {
  readonly file: string;
  readonly document: Document;
  readonly lines: LineCounter;
}

const keyOf = (kind: string, name: string): string => JSON.stringify([kind, name]);

/** Throws where the folder cannot be read, or has neither of the two. */
export const readFolder = (folder: string): Folder => {
  const kinds = KINDS.filter((kind) => existsSync(join(folder, kind)));
  if (kinds.length === 0) throw new Error(`${folder} is no configuration: it has neither ${KINDS.join(' nor ')}`);
  const unread: (Place & { message: string })[] = [];
  const given = { services: {} as Record<string, unknown>, lists: {} as Record<string, unknown> };
  const read = new Map<string, Read>();
  for (const [kind, name] of kinds.flatMap((kind) => namesIn(folder, kind).map((name) => [kind, name] as const))) {
    const file = fileOf(folder, kind, name);
    const lines = new LineCounter();
    const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter: lines, prettyErrors: false });
    read.set(keyOf(kind, name), { file, document, lines });
    const wrong = document.errors.map(({ message, pos: [at] }) => ({ file, line: lines.linePos(at).line, message }));
    unread.push(...wrong);
    if (wrong.length > 0) continue;
    try {
      given[kind][name] = document.toJS({ maxAliasCount: ALIASES });
    } catch (error) {
      unread.push({ file, line: 1, message: String(error) });
    }
  }
  return {
    given,
    unread,
    placeOf: ([kind = '', name = '', ...rest]) => {
      const found = read.get(keyOf(kind, name));
      return found ? { file: found.file, line: lineOf(found, rest) } : { file: folder, line: 1 };
    },
  };
};

/** `isWhole`: the file of what is not in the configuration any more goes. */
export const writeFolder = (folder: string, configuration: Configuration, isWhole: boolean): void => {
  for (const kind of KINDS) {
    const named = configuration[kind];
    mkdirSync(join(folder, kind), { recursive: true });
    const gone = namesIn(folder, kind).filter((name) => isWhole && !Object.hasOwn(named, name));
    for (const name of gone) rmSync(fileOf(folder, kind, name));
    for (const [name, value] of Object.entries(named))
      writeFileSync(fileOf(folder, kind, name), stringify(value, { lineWidth: 0 }));
  }
};

const namesIn = (folder: string, kind: string): readonly string[] =>
  readdirSync(join(folder, kind))
    .filter((file) => file.endsWith(ENDING))
    .map((file) => decodeURIComponent(file.slice(0, -ENDING.length)))
    .sort();

const fileOf = (folder: string, kind: string, name: string): string =>
  join(folder, kind, `${encodeURIComponent(name)}${ENDING}`);

const lineOf = ({ document, lines }: Read, path: Path): number => {
  let node: unknown = document.contents;
  let offset = 0;
  for (const name of path) {
    const pair = isMap(node) ? node.items.find(({ key }) => isScalar(key) && String(key.value) === name) : undefined;
    if (!pair) break;
    offset = (pair.key as Node).range?.[0] ?? offset;
    node = pair.value;
  }
  return lines.linePos(offset).line;
};
