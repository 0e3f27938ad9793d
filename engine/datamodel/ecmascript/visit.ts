/** The walk of `rewrite.ts`: one entry for each kind of node that means more than its children. Its invariants are there. */
import type { FreeName } from '../datamodel.js';
import type { Edits } from './edits.js';
import {
  childrenOf,
  hasThis,
  inFunction,
  inner,
  isLocal,
  lexicalNames,
  namesOf,
  targetsOf,
  varNames,
  type NameScope,
} from './scope.js';
import { Refusal } from './syntax.js';
import type { AnyNode, ClassNode, FunctionNode, NodeOf, Pattern, Statement, VariableDeclaration } from './syntax.js';

export interface Rewriting {
  readonly edits: Edits;
  /** Top-level function declarations of a script, to be moved in front of it. */
  readonly functions: { readonly name: string; readonly start: number; readonly end: number }[];
  readonly free: FreeName[];
  /** Where names stand that are assigned to. */
  readonly written: Set<number>;
  usesIn: boolean;
  /** `later`: inside a function, so that any source that calls it reads the event too. */
  readsEvent: 'never' | 'here' | 'later';
}

/** SCXML 5.10: bound by the platform, and no document may change them. */
export const systemNames: ReadonlySet<string> = new Set(['_event', '_sessionid', '_name', '_ioprocessors', '_x', 'In']);
/** Names that the rewritten text needs for itself, or that must not mean anything. */
export const reservedNames: ReadonlySet<string> = new Set(['$', '$k', 'eval']);
/** Cannot be declared, and are the same in every realm: they stay as they are. */
export const constantNames: ReadonlySet<string> = new Set(['undefined', 'NaN', 'Infinity']);

const fuel = 'if(--$k.n<0)$k.t();';

const refuseReserved = ({ name, start }: NodeOf<'Identifier'>): void => {
  if (reservedNames.has(name)) throw new Refusal(`the name ${name} is reserved`, start);
};

/** A name that is declared or assigned to. */
const refuseTarget = (target: NodeOf<'Identifier'>): void => {
  refuseReserved(target);
  if (systemNames.has(target.name)) throw new Refusal(`${target.name} is read-only (SCXML 5.10)`, target.start);
};

const refuseTargets = (pattern: Pattern): void => {
  for (const target of targetsOf(pattern)) refuseTarget(target);
};

export const assign = (rewriting: Rewriting, target: Pattern): void => {
  refuseTargets(target);
  for (const { start } of targetsOf(target)) rewriting.written.add(start);
};

const identifier = (
  rewriting: Rewriting,
  node: NodeOf<'Identifier'>,
  scope: NameScope,
  form = (name: string): string => `$.${name}`,
  use: FreeName['use'] = rewriting.written.has(node.start) ? 'write' : 'read',
): void => {
  refuseReserved(node);
  const { name, start, end } = node;
  if (isLocal(scope, name) || constantNames.has(name)) return;
  rewriting.free.push({ name, offset: start, use });
  if (name === 'In') rewriting.usesIn = true;
  if (name === '_event') {
    const late = inFunction(scope) || rewriting.readsEvent === 'later';
    rewriting.readsEvent = late ? 'later' : 'here';
  }
  rewriting.edits.replace(start, end, form(name));
};

/** `$.f()` would hand the scope to `f` as `this`. */
const callee = (rewriting: Rewriting, node: AnyNode, scope: NameScope): void => {
  if (node.type === 'Identifier') identifier(rewriting, node, scope, (name) => `(0,$.${name})`);
  else visit(rewriting, node, scope);
};

const loopBody = (rewriting: Rewriting, body: Statement, scope: NameScope): void => {
  const { edits } = rewriting;
  const block = body.type === 'BlockStatement';
  edits.open(block ? body.start + 1 : body.start, block ? fuel : `{${fuel}`);
  visit(rewriting, body, scope);
  if (!block) edits.endBlock(body.end);
};

const functionBody = (rewriting: Rewriting, body: FunctionNode['body'], scope: NameScope): void => {
  const { edits } = rewriting;
  if (body.type === 'BlockStatement') {
    edits.open(body.start + 1, fuel);
    const names = [...varNames(body.body), ...lexicalNames(body.body)];
    visitAll(rewriting, body.body, inner(scope, names));
  } else {
    edits.open(body.start, '(--$k.n<0&&$k.t(),');
    visit(rewriting, body, scope);
    edits.close(body.end, ')');
  }
};

const functionNode = (rewriting: Rewriting, node: FunctionNode, scope: NameScope): void => {
  if (node.async) throw new Refusal('async functions are not available: a step is synchronous', node.start);
  if (node.id) refuseTarget(node.id);
  node.params.forEach(refuseTargets);
  const own = node.type === 'FunctionExpression' && node.id ? inner(scope, [node.id.name]) : scope;
  const kind = node.type === 'ArrowFunctionExpression' ? 'arrow' : 'function';
  const parameters = inner(own, namesOf(node.params), kind);
  visitAll(rewriting, node.params, parameters);
  functionBody(rewriting, node.body, parameters);
};

const classNode = (rewriting: Rewriting, node: ClassNode, scope: NameScope): void => {
  if (node.id) refuseTarget(node.id);
  const own = inner(scope, node.id ? [node.id.name] : []);
  if (node.superClass) visit(rewriting, node.superClass, own);
  visitAll(rewriting, node.body.body, own);
};

/** A declaration whose names are session variables becomes an assignment; `void` keeps the statement's boundaries. */
const sessionVariables = (rewriting: Rewriting, node: VariableDeclaration, scope: NameScope): void => {
  const { edits } = rewriting;
  const first = node.declarations[0];
  const last = node.declarations.at(-1);
  if (!first || !last) return;
  edits.replace(node.start, first.start, 'void(');
  for (const { id, init } of node.declarations) {
    if (init) visitAll(rewriting, [id, init], scope);
    else if (id.type === 'Identifier')
      edits.replace(id.start, id.end, node.kind === 'var' ? '0' : `$.${id.name}=void 0`);
  }
  edits.close(last.end, ')');
};

const isSession = (node: VariableDeclaration, scope: NameScope): boolean =>
  node.kind === 'var' ? !inFunction(scope) : scope.kind === 'session';

const loopNames = (head: AnyNode | null | undefined): string[] =>
  head?.type === 'VariableDeclaration' && head.kind !== 'var' ? namesOf(head.declarations.map(({ id }) => id)) : [];

const forEach = (rewriting: Rewriting, node: NodeOf<'ForInStatement' | 'ForOfStatement'>, scope: NameScope): void => {
  const { left } = node;
  const own = inner(scope, loopNames(left));
  if (left.type !== 'VariableDeclaration') assign(rewriting, left);
  const declarator = left.type === 'VariableDeclaration' && isSession(left, own) ? left.declarations[0] : undefined;
  if (declarator) {
    refuseTargets(declarator.id);
    rewriting.edits.replace(left.start, declarator.start, '');
    visit(rewriting, declarator.id, own);
  } else visit(rewriting, left, own);
  visit(rewriting, node.right, own);
  loopBody(rewriting, node.body, own);
};

type Visitors = {
  readonly [T in AnyNode['type']]?: (rewriting: Rewriting, node: NodeOf<T>, scope: NameScope) => void;
};

const refuse =
  (message: string) =>
  (_rewriting: Rewriting, { start }: AnyNode): never => {
    throw new Refusal(message, start);
  };
const leave = (): void => undefined;

const visitors: Visitors = {
  Identifier: (rewriting, node, scope) => identifier(rewriting, node, scope),
  ThisExpression({ edits }, { start, end }, scope) {
    if (!hasThis(scope)) edits.replace(start, end, '(void 0)');
  },
  MemberExpression(rewriting, { object, property, computed }, scope) {
    visit(rewriting, object, scope);
    if (computed) visit(rewriting, property, scope);
  },
  Property(rewriting, { key, value, computed, shorthand }, scope) {
    if (computed) visit(rewriting, key, scope);
    if (!shorthand) {
      visit(rewriting, value, scope);
      return;
    }
    const name = value.type === 'AssignmentPattern' ? value.left : value;
    if (name.type === 'Identifier') identifier(rewriting, name, scope, (name) => `${name}:$.${name}`);
    if (value.type === 'AssignmentPattern') visit(rewriting, value.right, scope);
  },
  CallExpression(rewriting, node, scope) {
    callee(rewriting, node.callee, scope);
    visitAll(rewriting, node.arguments, scope);
  },
  TaggedTemplateExpression(rewriting, node, scope) {
    callee(rewriting, node.tag, scope);
    visit(rewriting, node.quasi, scope);
  },
  UnaryExpression(rewriting, { operator, argument }, scope) {
    if (operator === 'typeof' && argument.type === 'Identifier') {
      identifier(rewriting, argument, scope, (name) => `$k.y($,"${name}")`, 'probe');
    } else visit(rewriting, argument, scope);
  },
  AssignmentExpression(rewriting, node, scope) {
    assign(rewriting, node.left);
    visitAll(rewriting, [node.left, node.right], scope);
  },
  UpdateExpression(rewriting, { argument }, scope) {
    if (argument.type === 'Identifier') assign(rewriting, argument);
    visit(rewriting, argument, scope);
  },
  SpreadElement(rewriting, { argument }, scope) {
    rewriting.edits.open(argument.start, '$k.s((');
    visit(rewriting, argument, scope);
    rewriting.edits.close(argument.end, '))');
  },
  VariableDeclaration(rewriting, node, scope) {
    for (const { id } of node.declarations) refuseTargets(id);
    if (isSession(node, scope)) sessionVariables(rewriting, node, scope);
    else visitAll(rewriting, node.declarations, scope);
  },
  FunctionDeclaration(rewriting, node, scope) {
    functionNode(rewriting, node, scope);
    if (scope.kind === 'session' && node.id) {
      rewriting.functions.push({ name: node.id.name, start: node.start, end: node.end });
    }
  },
  FunctionExpression: functionNode,
  ArrowFunctionExpression: functionNode,
  ClassDeclaration(rewriting, node, scope) {
    const name = scope.kind === 'session' ? node.id?.name : undefined;
    if (name !== undefined) rewriting.edits.open(node.start, `void($.${name}=`);
    classNode(rewriting, node, scope);
    if (name !== undefined) rewriting.edits.close(node.end, ');');
  },
  ClassExpression: classNode,
  MethodDefinition(rewriting, { key, value, computed }, scope) {
    if (computed) visit(rewriting, key, scope);
    visit(rewriting, value, scope);
  },
  PropertyDefinition(rewriting, { key, value, computed }, scope) {
    if (computed) visit(rewriting, key, scope);
    if (value) visit(rewriting, value, inner(scope, [], 'function'));
  },
  BlockStatement(rewriting, { body }, scope) {
    visitAll(rewriting, body, inner(scope, lexicalNames(body)));
  },
  SwitchStatement(rewriting, { discriminant, cases }, scope) {
    visit(rewriting, discriminant, scope);
    visitAll(rewriting, cases, inner(scope, lexicalNames(cases.flatMap(({ consequent }) => consequent))));
  },
  CatchClause(rewriting, { param, body }, scope) {
    if (param) refuseTargets(param);
    const own = inner(scope, param ? namesOf([param]) : []);
    if (param) visit(rewriting, param, own);
    visit(rewriting, body, own);
  },
  ForStatement(rewriting, { init, test, update, body }, scope) {
    const own = inner(scope, loopNames(init));
    for (const part of [init, test, update]) if (part) visit(rewriting, part, own);
    loopBody(rewriting, body, own);
  },
  ForInStatement: forEach,
  ForOfStatement(rewriting, node, scope) {
    if (node.await) throw new Refusal('await is not available: a step is synchronous', node.start);
    forEach(rewriting, node, scope);
  },
  WhileStatement(rewriting, { test, body }, scope) {
    visit(rewriting, test, scope);
    loopBody(rewriting, body, scope);
  },
  DoWhileStatement(rewriting, { test, body }, scope) {
    loopBody(rewriting, body, scope);
    visit(rewriting, test, scope);
  },
  LabeledStatement: (rewriting, { body }, scope) => visit(rewriting, body, scope),
  BreakStatement: leave,
  ContinueStatement: leave,
  MetaProperty: leave,
  PrivateIdentifier: leave,
  ImportExpression: refuse('import() is not available in a document'),
  AwaitExpression: refuse('await is not available: a step is synchronous'),
  WithStatement: refuse('with is not available in strict code'),
  DebuggerStatement: refuse('debugger is not available in a document'),
  StaticBlock: refuse('static blocks are not available in a document'),
};

export const visit = (rewriting: Rewriting, node: AnyNode, scope: NameScope): void => {
  const visitor = visitors[node.type] as ((rewriting: Rewriting, node: AnyNode, scope: NameScope) => void) | undefined;
  if (visitor) visitor(rewriting, node, scope);
  else for (const child of childrenOf(node)) visit(rewriting, child, scope);
};

const visitAll = (rewriting: Rewriting, nodes: readonly AnyNode[], scope: NameScope): void => {
  for (const node of nodes) visit(rewriting, node, scope);
};
