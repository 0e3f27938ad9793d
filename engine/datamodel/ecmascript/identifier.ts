/**
 * What is known of a source while `visit.ts` walks it, and its names: which are free, which may not be declared or assigned to.
 */
import type { FreeName } from '../datamodel.js';
import type { Edits } from './edits.js';
import { VIEW } from './host-names.js';
import type { Line } from './line.js';
import type { Reaching } from './reach.js';
import { functionsAround, isLocal, targetsOf, type NameScope } from './scope.js';
import { Refusal, type NodeOf, type Pattern } from './syntax.js';

export interface Rewriting {
  readonly edits: Edits;
  readonly line: Line;
  /** Top-level function declarations of a script, to be moved in front of it. */
  readonly functions: { readonly name: string; readonly start: number; readonly end: number }[];
  readonly free: FreeName[];
  /** Where names stand that are assigned to. */
  readonly written: Set<number>;
  usesIn: boolean;
  readonly reach: Reaching;
  /** The function that is walked, which the script declares. */
  within: string | undefined;
  /** What a platform adds may be named. */
  readonly hosted: boolean;
}

/** SCXML 5.10: bound by the platform, and no document may change them. */
export const systemNames: ReadonlySet<string> = new Set([
  ...['_event', '_sessionid', '_name', '_ioprocessors', '_x', '_data', 'In'],
  VIEW,
]);
/** Names that the rewritten text needs for itself, or that must not mean anything. */
export const reservedNames: ReadonlySet<string> = new Set(['$', '$k', 'eval']);
/** Cannot be declared, and are the same in every realm: they stay as they are. */
export const constantNames: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

const refuseReserved = ({ name, start }: NodeOf<'Identifier'>): void => {
  if (reservedNames.has(name)) throw new Refusal(`the name ${name} is reserved`, start);
};

/** A name that is declared or assigned to. */
export const refuseTarget = (target: NodeOf<'Identifier'>): void => {
  refuseReserved(target);
  if (systemNames.has(target.name)) throw new Refusal(`${target.name} is read-only (SCXML 5.10)`, target.start);
};

export const refuseTargets = (pattern: Pattern): void => {
  for (const target of targetsOf(pattern)) refuseTarget(target);
};

export const assign = (rewriting: Rewriting, target: Pattern): void => {
  refuseTargets(target);
  for (const { start } of targetsOf(target)) rewriting.written.add(start);
};

export const identifier = (
  rewriting: Rewriting,
  node: NodeOf<'Identifier'>,
  scope: NameScope,
  form = (name: string): string => `$.${name}`,
  use: FreeName['use'] = rewriting.written.has(node.start) ? 'write' : 'read',
): void => {
  if (node.name !== 'eval' || !rewriting.hosted) refuseReserved(node);
  const { name, start, end } = node;
  if (isLocal(scope, name) || constantNames.has(name)) return;
  rewriting.free.push({ name, offset: start, use });
  if (name === 'In') rewriting.usesIn = true;
  const place = { within: rewriting.within, depth: functionsAround(scope) };
  rewriting.reach.note(name, use, place, () => rewriting.edits.source.slice(end));
  rewriting.edits.replace(start, end, form(name));
};
