/** The null datamodel: no data, and `In('id')` as the only expression. SCXML B.1 */
import { ExpressionError, type Chunk, type ChunkKind, type Datamodel } from './datamodel.js';
import type { ProgramBuilder, Scope } from './datamodel.js';
import type { Position, Problem } from '../position.js';

/** The state's id of each condition; undefined = not a legal source, and why. */
interface Source {
  readonly id: string | undefined;
  readonly refused: string;
}

const isIn = /^\s*In\s*\(\s*(?:'([^'"]*)'|"([^'"]*)")\s*\)\s*$/;

const read = (kind: ChunkKind, text: string): Source => {
  if (kind !== 'condition')
    return { id: undefined, refused: `the null datamodel has no ${kind} expressions (SCXML B.1)` };
  const [whole, single, double] = isIn.exec(text) ?? [];
  if (whole !== undefined) return { id: single ?? double ?? '', refused: '' };
  return { id: undefined, refused: "the only condition of the null datamodel is In('id') (SCXML B.1)" };
};

const noData = (): never => {
  throw new ExpressionError('the null datamodel has no data (SCXML B.1)');
};

class NullScope implements Scope {
  readonly #sources: readonly Source[];
  readonly #states: Set<string>;

  constructor(sources: readonly Source[], states: Iterable<string>) {
    this.#sources = sources;
    this.#states = new Set(states);
  }

  begin = (): void => undefined;
  setEvent = (): void => undefined;
  setView = (): void => undefined;
  attend = (): void => undefined;

  entered(id: string): void {
    this.#states.add(id);
  }

  exited(id: string): void {
    this.#states.delete(id);
  }

  condition(chunk: Chunk): boolean {
    const { id, refused } = this.#sources[chunk] ?? { id: undefined, refused: `there is no source ${chunk}` };
    if (id === undefined) throw new ExpressionError(refused);
    return this.#states.has(id);
  }

  value = noData;
  run = noData;
  assign = noData;
  assignData = noData;
  declare = noData;
  define = noData;
  defineData = noData;
  foreach = noData;

  variables = (): Record<string, unknown> => ({});

  save(): string {
    return JSON.stringify([...this.#states]);
  }
}

export const nullDatamodel: Datamodel = {
  builder(): ProgramBuilder {
    const sources: Source[] = [];
    const problems: Problem[] = [];
    const numbers = new Map<string, Chunk>();
    const add = (kind: ChunkKind, text: string, at: Position): Chunk => {
      const key = `${kind} ${text}`;
      const known = numbers.get(key);
      if (known !== undefined) return known;
      const source = read(kind, text);
      if (source.id === undefined) problems.push({ severity: 'error', at, message: source.refused });
      numbers.set(key, sources.length);
      return sources.push(source) - 1;
    };
    return {
      add,
      problems,
      build: () => ({
        usesIn: sources.some(({ id }) => id !== undefined),
        views: [],
        open: () => new NullScope(sources, []),
        restore: (saved) => new NullScope(sources, saved as readonly string[]),
      }),
    };
  },
};
