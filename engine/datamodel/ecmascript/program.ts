/**
 * All the sources of one document as one text: `($k) => table`, which a kernel compiles once for all its sessions. `rewrite.ts`
 * does a source; `trusted.ts` runs the text.
 *
 * 1. A source that is refused keeps its number and says why whenever it is run (SCXML 5.9); `check` has the problem.
 * 2. The same sources in the same order give the same numbers: saved sessions hold on to them.
 */
import type { Chunk, ChunkKind } from '../datamodel.js';
import type { Position, Problem } from '../../position.js';
import { CURRENT_STATES } from './host-names.js';
import { EVENT, readers } from './reach.js';
import { rewrite, type Rewritten } from './rewrite.js';
import { Refusal } from './syntax.js';
import { rootsOf, type Roots } from './view.js';

export interface Source {
  readonly kind: ChunkKind;
  readonly at: Position;
  readonly rewritten: Rewritten | undefined;
  /** Why it cannot run. */
  readonly refused: string | undefined;
}

/** The place in the document of an offset into a source that starts at `at`. */
const place = (text: string, offset: number, at: Position): Position => {
  const lines = text.slice(0, offset).split(/\r\n|[\n\r\u2028\u2029]/);
  const column = lines.at(-1)?.length ?? 0;
  return { ...at, line: at.line + lines.length - 1, column: lines.length === 1 ? at.column + column : column + 1 };
};

export class Sources {
  readonly list: Source[] = [];
  readonly problems: Problem[] = [];
  readonly #numbers = new Map<string, Chunk>();

  /** `hosted`: a platform adds names. */
  constructor(private readonly hosted: boolean) {}

  add(kind: ChunkKind, text: string, at: Position): Chunk {
    const key = `${kind} ${text}`;
    const known = this.#numbers.get(key);
    if (known !== undefined) return known;
    this.#numbers.set(key, this.list.length);
    return this.list.push(this.#read(kind, text, at)) - 1;
  }

  #read(kind: ChunkKind, text: string, at: Position): Source {
    try {
      return { kind, at, rewritten: rewrite(kind, text, this.hosted), refused: undefined };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      // The document runs all the same: the error is one of execution. SCXML 5.9
      this.problems.push({ severity: 'error', at: place(text, error.offset, at), message: error.message });
      return { kind, at, rewritten: undefined, refused: error.message };
    }
  }
}

/** The text ends in a line feed, for its last line may be a comment. A location is given the source of its value: `$s`. */
const functionText = (kind: ChunkKind, chunk: Chunk, { text, declared }: Rewritten): string => {
  if (kind === 'location') return `($,$s)=>{(\n${text}\n)=$s($);}`;
  if (kind !== 'script') return `($)=>(\n${text}\n)`;
  const names = JSON.stringify(declared);
  return `($)=>{${declared.length > 0 ? `$k.h($,${chunk},${names});` : ''}\n${text}\n}`;
};

const madeText = (chunk: Chunk, { functions }: Rewritten): string => {
  const names = JSON.stringify(functions.map(({ name }) => name));
  return `${chunk}:{names:${names},make:($)=>[${functions.map(({ text }) => text).join(',\n')}\n]}`;
};

/** `only`: one source for itself, to find the one that the engine does not accept. */
const programText = ({ sources, host }: ProgramSources, only?: Chunk): string => {
  const texts: string[] = [];
  const made: string[] = [];
  const longest = sources.reduce((most, { rewritten }) => Math.max(most, rewritten?.longest ?? 0), 0);
  sources.forEach(({ kind, rewritten }, chunk) => {
    const wanted = rewritten && (only === undefined || only === chunk) ? rewritten : undefined;
    texts.push(wanted ? functionText(kind, chunk, wanted) : 'undefined');
    if (wanted && wanted.functions.length > 0) made.push(madeText(chunk, wanted));
  });
  const parts = [
    `longest:${longest}`,
    `host:${host ?? 'undefined'}`,
    `sources:[${texts.join(',\n')}]`,
    `functions:{__proto__:null,${made.join(',\n')}}`,
  ];
  return `($k)=>{"use strict";return{__proto__:null,${parts.join(',')}};}`;
};

export interface ProgramSources {
  readonly sources: readonly Source[];
  /** What they name of a platform: `hosting.ts`. */
  readonly host: string | undefined;
}

/** What an engine made of a program's text, and why it does not accept some sources. */
export interface Loadable<T> {
  readonly made: T;
  readonly refused: ReadonlyMap<Chunk, string>;
}

/**
 * Where the parser and the engine do not agree about a source, the others still run, and it alone fails. `evaluate` throws
 * SyntaxError for a text that the engine does not accept.
 */
export const loadable = <T>({ sources, host }: ProgramSources, evaluate: (text: string) => T): Loadable<T> => {
  const refused = new Map<Chunk, string>();
  const attempt = (text: string): { readonly made: T } | string => {
    try {
      return { made: evaluate(text) };
    } catch (error) {
      if (error instanceof SyntaxError) return error.message;
      throw error;
    }
  };
  const whole = attempt(programText({ sources, host }));
  if (typeof whole !== 'string') return { ...whole, refused };
  sources.forEach((_, chunk) => {
    const alone = attempt(programText({ sources, host }, chunk));
    if (typeof alone === 'string') refused.set(chunk, alone);
  });
  const accepted = sources.map((source, chunk) => (refused.has(chunk) ? { ...source, rewritten: undefined } : source));
  return { made: evaluate(programText({ sources: accepted, host })), refused };
};

/** What of its moment each source must see. */
export interface Moments {
  readonly readsEvent: readonly boolean[];
  /** Of these roots of `_genesys`, as `viewJson` takes them. */
  readonly readsView: readonly Roots[];
}

/** To whom asks for a root that is not there, all are: that one is not among them. */
const shownTo = (names: ReadonlySet<string>, roots: readonly string[]): readonly string[] =>
  [...names].every((name) => name === EVENT || roots.includes(name)) ? roots.filter((root) => names.has(root)) : roots;

export const momentsOf = (sources: readonly Source[], roots: readonly string[]): Moments => {
  const read = readers(sources.map(({ rewritten }) => rewritten?.reach));
  return {
    readsEvent: read.map((names) => names.has(EVENT)),
    readsView: read.map((names) => rootsOf(shownTo(names, roots), roots)),
  };
};

export const usesIn = (sources: readonly Source[]): boolean =>
  sources.some(({ rewritten }) => rewritten && (rewritten.usesIn || asksForStates(rewritten)));

const asksForStates = ({ free }: Rewritten): boolean => free.some(({ name }) => name === CURRENT_STATES);
