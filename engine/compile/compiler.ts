/** What every compiling function needs at hand: where sources go, what may be loaded, which actions modules add. */
import type { Running } from '../chart.js';
import type { Chunk, ChunkKind, Inspector, ProgramBuilder } from '../datamodel/datamodel.js';
import type { Source } from '../document.js';
import type { Limits } from '../limits.js';
import type { Modules } from '../modules.js';
import type { Position, Problem } from '../position.js';
import type { Semantics } from '../semantics/semantics.js';

/** The text behind a `src`, already fetched; undefined when it cannot be had. */
type Resources = (src: string) => string | undefined;

export interface CompileOptions {
  /** Names the document in messages. */
  readonly uri?: string | undefined;
  readonly modules?: Modules;
  readonly resources?: Resources;
  /** Types of I/O processors, besides SCXML's, that whoever runs the sessions offers. SCXML 6.2.4 */
  readonly processors?: readonly string[];
  /** Types of invoke, besides SCXML's. SCXML 6.4 */
  readonly invokeTypes?: readonly string[];
  readonly limits?: Partial<Limits>;
}

export interface Compiler {
  readonly semantics: Semantics;
  readonly inspector: Inspector | undefined;
  /** Of the state that is being compiled; undefined for the document. */
  readonly stateid?: string;
  readonly builder: ProgramBuilder;
  readonly modules: Modules;
  readonly resources: Resources;
  readonly processors: ReadonlySet<string>;
  readonly invokeTypes: ReadonlySet<string>;
  readonly problems: Problem[];
}

export const add = (compiler: Compiler, kind: ChunkKind, source: Source): Chunk =>
  compiler.builder.add(kind, source.text, source.at);

export const problem = (compiler: Compiler, at: Position, message: string): void => {
  compiler.problems.push({ severity: 'error', at, message });
};

/** An action ready to run; throws ExpressionError or ContentError when it cannot be carried out. */
export type Run = (session: Running) => void;
