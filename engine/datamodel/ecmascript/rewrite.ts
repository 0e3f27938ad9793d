/**
 * Source text -> text in which every free name `x` is `$.x`, a property of the session's scope. `syntax.ts` reads the text,
 * `visit.ts` walks the tree and notes the changes, `program.ts` puts all the sources of a document together. The text that comes
 * out runs as strict code with two names in reach: `$`, the scope, and `$k`, the kernel's meter (`kernel/meter.ts`).
 *
 * 1. No name of the realm's global object is ever reached: a name is bound in the source itself or is a property of `$`.
 * 2. `$` is never a value: calls are `(0,$.f)()`, top-level `this` is undefined, `arguments` exists in functions only.
 * 3. Every loop and every function counts down the fuel before anything else in its body, and so does code in between that may
 *    walk many texts (`line.ts`).
 */
import type { ChunkKind, FreeName } from '../datamodel.js';
import { Edits } from './edits.js';
import { assign, type Rewriting } from './identifier.js';
import { Line } from './line.js';
import { Reaching, type Reach } from './reach.js';
import { lexicalNames, session, varNames } from './scope.js';
import { parseExpression, parseScript, Refusal, type AnyNode, type Parsed, type Pattern } from './syntax.js';
import { visit } from './visit.js';

export interface Rewritten {
  readonly text: string;
  /** Variables that a script declares at its top level, functions included. */
  readonly declared: readonly string[];
  /** Its top-level functions, as expressions. */
  readonly functions: readonly { readonly name: string; readonly text: string }[];
  readonly free: readonly FreeName[];
  readonly usesIn: boolean;
  readonly reach: Reach;
  /** As many characters as a literal or a name in it may have. */
  readonly longest: number;
}

/** A run without a line's end or a quote: what a literal is longer than that is put together of such runs. */
const longestRun = (source: string): number =>
  source.split(/["'`\n]/).reduce((most, { length }) => Math.max(most, length), 0);

const begin = (source: string, semicolons: readonly number[], hosted: boolean): Rewriting => {
  const edits = new Edits(source);
  for (const at of semicolons) edits.semicolon(at);
  const [functions, free, written, reach] = [[], [], new Set<number>(), new Reaching()];
  return { edits, line: new Line(), functions, free, written, usesIn: false, reach, within: undefined, hosted };
};

const finish = (rewriting: Rewriting, end: number, declared: readonly string[]): Rewritten => {
  const { edits, free, usesIn, reach } = rewriting;
  const functions = rewriting.functions.map(({ name, start, end }) => ({ name, text: edits.cut(start, end) }));
  const longest = longestRun(edits.source);
  return { text: edits.render(0, end), declared, functions, free, usesIn, reach, longest };
};

const rewriteExpression = (
  source: string,
  { tree, end, semicolons }: Parsed<AnyNode>,
  hosted: boolean,
  target?: Pattern,
): Rewritten => {
  const rewriting = begin(source, semicolons, hosted);
  if (target) assign(rewriting, target);
  visit(rewriting, tree, session);
  return finish(rewriting, end, []);
};

const rewriteLocation = (source: string, hosted: boolean): Rewritten => {
  const parsed = parseExpression(source);
  const { tree } = parsed;
  if (tree.type !== 'Identifier' && tree.type !== 'MemberExpression') {
    throw new Refusal('a location is a variable or a property of one', tree.start);
  }
  return rewriteExpression(source, parsed, hosted, tree);
};

const rewriteScript = (source: string, hosted: boolean): Rewritten => {
  const { tree, end, semicolons } = parseScript(source);
  const rewriting = begin(source, semicolons, hosted);
  for (const statement of tree.body) {
    // A generator runs when whoever holds what it made wants it to.
    const isNamed = statement.type === 'FunctionDeclaration' && !statement.generator;
    rewriting.within = isNamed ? statement.id.name : undefined;
    visit(rewriting, statement, session);
  }
  const declared = new Set([...varNames(tree.body), ...lexicalNames(tree.body)]);
  return finish(rewriting, end, [...declared]);
};

/** Throws `Refusal` for what does not parse or may not run. `hosted`: a platform adds names (`host-names.ts`). */
export const rewrite = (kind: ChunkKind, source: string, hosted = false): Rewritten => {
  if (kind === 'script') return rewriteScript(source, hosted);
  if (kind === 'location') return rewriteLocation(source, hosted);
  return rewriteExpression(source, parseExpression(source), hosted);
};
