/**
 * Which names a piece of code binds for itself; every other name is a session variable. Read by `rewrite.ts`.
 *
 * 1. Names of the `session` scope (a script's own top level) are not bound here: they become variables of the session.
 * 2. Parameters and body of a function are two scopes, so that a default value never sees a name of the body.
 */
import type { AnyNode, NodeOf, Pattern } from './syntax.js';

export interface NameScope {
  /** `function` gives `this` and `arguments`; an arrow's names are a `block`, apart from its `arrow`. */
  readonly kind: 'session' | 'function' | 'arrow' | 'block';
  readonly names: ReadonlySet<string>;
  readonly outer: NameScope | undefined;
}

export const session: NameScope = { kind: 'session', names: new Set(), outer: undefined };

export const inner = (outer: NameScope, names: Iterable<string>, kind: NameScope['kind'] = 'block'): NameScope => ({
  kind,
  names: new Set(names),
  outer,
});

const within = (scope: NameScope, holds: (scope: NameScope) => boolean): boolean => {
  for (let at: NameScope | undefined = scope; at; at = at.outer) if (holds(at)) return true;
  return false;
};

export const isLocal = (scope: NameScope, name: string): boolean =>
  within(scope, ({ kind, names }) => names.has(name) || (name === 'arguments' && kind === 'function'));
export const hasThis = (scope: NameScope): boolean => within(scope, ({ kind }) => kind === 'function');
export const functionsAround = (scope: NameScope): number => {
  let count = 0;
  for (let at: NameScope | undefined = scope; at; at = at.outer) if (/function|arrow/.test(at.kind)) count += 1;
  return count;
};

/** The child nodes of any node, in the order of its fields. */
export function* childrenOf(node: AnyNode): Generator<AnyNode> {
  for (const field of Object.values(node) as unknown[]) {
    for (const child of Array.isArray(field) ? (field as unknown[]) : [field]) if (isNode(child)) yield child;
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

/** The identifiers that a pattern binds or assigns to. */
export function* targetsOf(pattern: Pattern): Generator<NodeOf<'Identifier'>> {
  switch (pattern.type) {
    case 'Identifier':
      yield pattern;
      return;
    case 'ObjectPattern':
      for (const part of pattern.properties) yield* targetsOf(part.type === 'Property' ? part.value : part.argument);
      return;
    case 'ArrayPattern':
      for (const part of pattern.elements) if (part) yield* targetsOf(part);
      return;
    case 'RestElement':
      yield* targetsOf(pattern.argument);
      return;
    case 'AssignmentPattern':
      yield* targetsOf(pattern.left);
      return;
    default:
      return;
  }
}

const declared = (node: NodeOf<'VariableDeclaration'>): string[] =>
  node.declarations.flatMap(({ id }) => [...targetsOf(id)].map(({ name }) => name));

export const namesOf = (patterns: readonly Pattern[]): string[] =>
  patterns.flatMap((pattern) => [...targetsOf(pattern)].map(({ name }) => name));

const isClosed = ({ type }: AnyNode): boolean =>
  /^(Function(Declaration|Expression)|ArrowFunctionExpression|Class(Declaration|Expression))$/.test(type);

/** What `var` declares anywhere in these nodes, functions and classes left out. */
export function* varNames(nodes: Iterable<AnyNode>): Generator<string> {
  for (const node of nodes) {
    if (isClosed(node)) continue;
    if (node.type === 'VariableDeclaration' && node.kind === 'var') yield* declared(node);
    yield* varNames(childrenOf(node));
  }
}

/** What let, const, class and function declare directly in a list of statements. */
export function* lexicalNames(statements: readonly AnyNode[]): Generator<string> {
  for (const node of statements) {
    if (node.type === 'VariableDeclaration' && node.kind !== 'var') yield* declared(node);
    if ((node.type === 'ClassDeclaration' || node.type === 'FunctionDeclaration') && node.id) yield node.id.name;
  }
}

/** Whether its names are variables of the session. */
export const isSession = (node: NodeOf<'VariableDeclaration'>, scope: NameScope): boolean =>
  node.kind === 'var' ? functionsAround(scope) === 0 : scope.kind === 'session';

/** What each turn of a loop binds anew. */
export const loopNames = (head: AnyNode | null | undefined): string[] =>
  head?.type === 'VariableDeclaration' && head.kind !== 'var' ? namesOf(head.declarations.map(({ id }) => id)) : [];
