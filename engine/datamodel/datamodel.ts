/**
 * The port between the step and a datamodel. Two kernels stand behind it (trusted: one hardened realm; isolated: QuickJS),
 * and the null datamodel. Nothing but numbers, booleans, strings and `Data` crosses it, so a guest never holds a host object.
 *
 * 1. A document's sources are compiled once, into one `Program` that all its sessions share.
 * 2. A session's variables are a `Scope`; `save()` is JSON text, and `Program.restore` with what it says continues exactly.
 * 3. A source that does not parse is a problem for `check` and throws `ExpressionError` whenever it is run (SCXML 5.9).
 */
import type { Data, ScxmlEvent } from '../event.js';
import type { View } from '../platform.js';
import type { Position, Problem } from '../position.js';

/** The number of a source within its program. */
export type Chunk = number;

/**
 * value: an expression; condition: an expression read as boolean; location: an assignable expression;
 * script: statements whose top-level declarations become session variables.
 */
export type ChunkKind = 'value' | 'condition' | 'location' | 'script';

/** Whatever went wrong in guest code; the step turns it into error.execution. */
export class ExpressionError extends Error {
  override readonly name = 'ExpressionError';
}

export interface ProgramBuilder {
  /** Adds a source. The same kind and text give the same number. */
  add(kind: ChunkKind, text: string, at: Position): Chunk;
  /** What does not parse, or is refused, so far. */
  readonly problems: readonly Problem[];
  build(): Program;
}

export interface Program {
  /** False when no source mentions `In`: then nobody needs to report entered and exited states. */
  readonly usesIn: boolean;
  /** The roots of `_genesys` that its sources may read: nobody needs to work out others. */
  readonly views: readonly string[];
  open(system: SystemVariables): Scope;
  restore(saved: Data, system: SystemVariables): Scope;
}

/** SCXML 5.10. `x` is `_x`, platform variables. */
export interface SystemVariables {
  readonly sessionid: string;
  readonly name: string;
  readonly ioprocessors: Readonly<Record<string, { readonly location: string }>>;
  readonly x: Data;
  /** Seeds Math.random: the same seed gives the same numbers on every machine. */
  readonly seed: number;
}

/** A source called a function of the platform that does something outside: what it does comes after the step. */
export interface Called {
  /** The module's; undefined for a host function (`__Log`). */
  readonly namespace: string | undefined;
  readonly name: string;
  readonly args: readonly Data[];
  /** Of the source. */
  readonly at: Position;
}

/** Every method that runs guest code throws ExpressionError, with the guest's message, when that code fails. */
export interface Scope {
  /** Before each step: what Date and Date.now() answer during it (ms since the epoch); refills the fuel. */
  begin(now: number): void;
  /** The event of `_event`; undefined unbinds it. Freezes the object that the guest sees. SCXML 5.10.1 */
  setEvent(event: ScxmlEvent | undefined): void;
  /** The view of `_genesys`; undefined empties it. */
  setView(view: View | undefined): void;
  /**
   * Who hears of calls, before the method that led to them returns or throws: what was called before a source failed was called,
   * as what it assigned before is assigned. Of a source that broke its sandbox nothing remains, its calls neither.
   */
  attend(hear: (called: Called) => void): void;
  /** For In(): called with ids of states as they enter and leave the configuration. */
  entered(id: string): void;
  exited(id: string): void;

  condition(chunk: Chunk): boolean;
  /** The value as data; undefined stays undefined. Throws for what cannot leave the guest (a function). */
  value(chunk: Chunk): Data | undefined;
  run(chunk: Chunk): void;
  /** Both in the guest: `a = b` keeps identity. Undeclared or read-only locations throw. SCXML 5.4 */
  assign(location: Chunk, value: Chunk): void;
  assignData(location: Chunk, value: Data | undefined): void;
  /** `<data>`: creates the variable (value undefined) if it is not there. SCXML 5.3 */
  declare(id: string): void;
  /** `<data>` and foreach: creates or overwrites the variable. */
  define(id: string, value: Chunk): void;
  defineData(id: string, value: Data | undefined): void;
  /**
   * SCXML 4.6: a shallow copy of the array is walked; item and index are created if need be; `body` runs with them set and
   * returns false to stop. Throws if the value is no array or a name is not a legal variable name.
   */
  foreach(array: Chunk, item: string, index: string | undefined, body: () => boolean): void;
  /** The variables for people: what `actor.getSnapshot().context` shows. Plain JSON-like values, a copy. */
  variables(): Record<string, unknown>;
  /**
   * The JSON text of everything that `Program.restore` needs, and of `lost`: paths to functions that are not a script's own and
   * had to be left out.
   */
  save(): string;
}

/** A name that a source uses and does not bind. Offsets count in the source's text. */
export interface FreeName {
  readonly name: string;
  readonly offset: number;
  /** call: read, to be called and no more; write: assigned to, or both; probe: only `typeof` looks at it, which never fails. */
  readonly use: 'read' | 'call' | 'write' | 'probe';
}

/** What a source says of itself. */
export interface Inspection {
  /** Why it cannot run, or what in it surely fails. */
  readonly problems: readonly { readonly offset: number; readonly message: string }[];
  /** Names that the platform provides are left out. */
  readonly free: readonly FreeName[];
  /** The variables that a script declares; undefined when that cannot be known. */
  readonly declared: readonly string[] | undefined;
}

/** Looks at sources without running them: for `check`. */
export interface Inspector {
  readonly inspect: (kind: ChunkKind, text: string) => Inspection;
  /** Whether `<data>` and `<foreach>` may call a variable so. */
  readonly isVariableName: (name: string) => boolean;
}

export interface Datamodel {
  builder(): ProgramBuilder;
  /** A datamodel without variables has none. */
  readonly inspector?: Inspector;
}
