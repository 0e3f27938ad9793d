/**
 * Sources looked at without running them, for `check`: the names that they leave to the session, and assignments that are sure to
 * fail because the platform's variables are frozen. `rewrite.ts` says what is refused; both kernels share this file.
 */
import type { ChunkKind, Inspection, Inspector } from '../datamodel.js';
import { hostNames, VIEW } from './host-names.js';
import { intrinsicNames } from './intrinsics.js';
import { isVariableName } from './name.js';
import { rewrite } from './rewrite.js';
import { childrenOf, lexicalNames, varNames } from './scope.js';
import { parseExpression, parseScript, Refusal, type AnyNode, type NodeOf } from './syntax.js';
import { systemNames } from './identifier.js';

type Member = NodeOf<'MemberExpression'>;

const inspect = (kind: ChunkKind, text: string, hosted: boolean): Inspection => {
  try {
    const { declared, free } = rewrite(kind, text, hosted);
    const isGiven = (name: string): boolean =>
      (name === VIEW ? hosted : systemNames.has(name)) || intrinsicNames.has(name) || (hosted && hostNames.has(name));
    const own = free.filter(({ name }) => !isGiven(name));
    const targets = targetsIn(treeOf(kind, text), kind);
    return { declared: [...declared, ...madeBy(targets)], free: own, problems: frozen(targets) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { message, offset } = error;
    return { declared: declaredBy(kind, text), free: [], problems: [{ message, offset }] };
  }
};

const treeOf = (kind: ChunkKind, text: string): AnyNode =>
  kind === 'script' ? parseScript(text).tree : parseExpression(text).tree;

/** Of a source that is refused, perhaps for its syntax. */
const declaredBy = (kind: ChunkKind, text: string): string[] | undefined => {
  if (kind !== 'script') return [];
  try {
    const { body } = parseScript(text).tree;
    return [...varNames(body), ...lexicalNames(body)];
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
};

const targetsIn = (tree: AnyNode, kind: ChunkKind): Member[] => [
  ...(kind === 'location' ? membersOf(tree) : []),
  ...assignedMembers(tree),
];

const frozen = (targets: readonly Member[]): Inspection['problems'] =>
  targets.flatMap((member) => {
    const name = frozenRoot(member);
    return name === undefined ? [] : [{ offset: member.start, message: `${name} is read-only (SCXML 5.10)` }];
  });

/** `_data.x = 1` makes a variable. */
const madeBy = (targets: readonly Member[]): string[] =>
  targets.flatMap((member) => {
    const { root, keys } = pathOf(member);
    return root === '_data' && keys.length === 1 && keys[0] !== undefined ? [keys[0]] : [];
  });

/** The properties that code assigns to or deletes, wherever it does. Without recursion: a sum of many parts is a deep tree. */
const assignedMembers = (tree: AnyNode): Member[] => {
  const found: Member[] = [];
  const waiting = [tree];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    const target = targetOf(node);
    if (target) found.push(...membersOf(target));
    for (const child of childrenOf(node)) waiting.push(child);
  }
  return found;
};

const targetOf = (node: AnyNode): AnyNode | undefined => {
  if (node.type === 'AssignmentExpression' || node.type === 'ForInStatement' || node.type === 'ForOfStatement') {
    return node.left;
  }
  const changes = node.type === 'UpdateExpression' || (node.type === 'UnaryExpression' && node.operator === 'delete');
  return changes ? node.argument : undefined;
};

/** The properties among the targets of a pattern; plain names are the rewriter's business. */
function* membersOf(pattern: AnyNode): Generator<Member> {
  if (pattern.type === 'MemberExpression') yield pattern;
  else if (pattern.type === 'AssignmentPattern') yield* membersOf(pattern.left);
  else if (pattern.type === 'Property') yield* membersOf(pattern.value);
  else if (/Pattern$|^RestElement$/.test(pattern.type)) for (const part of childrenOf(pattern)) yield* membersOf(part);
}

const pathOf = (member: Member): { readonly root: string | undefined; readonly keys: (string | undefined)[] } => {
  const keys: (string | undefined)[] = [];
  let at: AnyNode = member;
  for (; at.type === 'MemberExpression'; at = at.object) keys.unshift(keyOf(at));
  return { root: at.type === 'Identifier' ? at.name : undefined, keys };
};

/** The platform's variable whose frozen part is assigned to. What lies below `_event.data` is the session's own copy. */
const frozenRoot = (member: Member): string | undefined => {
  const { root, keys } = pathOf(member);
  if (root === undefined || root === '_data' || !systemNames.has(root)) return undefined;
  const own = root === '_event' && keys.length > 1 && (keys[0] === 'data' || keys[0] === undefined);
  return own ? undefined : root;
};

/** Undefined when only running would tell. */
const keyOf = ({ property, computed }: NodeOf<'MemberExpression'>): string | undefined => {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined;
  return property.type === 'Literal' ? String(property.value) : undefined;
};

/** `hosted`: a platform adds names. */
export const inspectorOf = (hosted: boolean): Inspector => ({
  inspect: (kind, text) => inspect(kind, text, hosted),
  isVariableName,
});
