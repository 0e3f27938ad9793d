/** The walk of `rewrite.ts`: one entry for each kind of node that means more than its children. Its invariants are there. */
import { assign, identifier, refuseTarget, refuseTargets, type Rewriting } from './identifier.js';
import { argumentCost, costOf, grows, keyCost } from './line.js';
import {
  childrenOf,
  hasThis,
  inner,
  isSession,
  loopNames,
  lexicalNames,
  namesOf,
  varNames,
  type NameScope,
} from './scope.js';
import { Refusal } from './syntax.js';
import { unavailable } from './unavailable.js';
import type { AnyNode, ClassNode, FunctionNode, NodeOf, Statement, VariableDeclaration } from './syntax.js';

const fuel = 'if(--$k.n<0)$k.t();';
const LOOK = ['($k.v=(', '),$k.e&&$k.u(),$k.v)'] as const; // In line: a call costs more than most operators.
const GROWTH = ['$k.g(', ')'] as const;

/** `$.f()` would hand the scope to `f` as `this`. What `new` makes has its function as a value: that is more than a call. */
const callee = (rewriting: Rewriting, node: AnyNode, scope: NameScope): void => {
  if (node.type === 'Identifier') identifier(rewriting, node, scope, (name) => `(0,$.${name})`, 'call');
  else visit(rewriting, node, scope);
};

/** An operand that what reads it may walk. */
const operand = (rewriting: Rewriting, node: AnyNode, cost: number, scope: NameScope): void => {
  const { edits, line } = rewriting;
  const before = edits.reserve(node.start);
  visit(rewriting, node, scope);
  if (node.type === 'SpreadElement' || !line.spends(cost)) return;
  before.text = LOOK[0];
  edits.close(node.end, LOOK[1]);
};

const key = (rewriting: Rewriting, node: AnyNode, scope: NameScope): void =>
  operand(rewriting, node, keyCost(node), scope);

const callArguments = (rewriting: Rewriting, nodes: readonly AnyNode[], scope: NameScope): void => {
  for (const node of nodes) operand(rewriting, node, argumentCost(node), scope);
};

/** Of these one is evaluated, or none. */
const either = (rewriting: Rewriting, nodes: readonly (AnyNode | null | undefined)[], scope: NameScope): void => {
  rewriting.line.either(nodes.flatMap((node) => (node ? [() => visit(rewriting, node, scope)] : [])));
};

/** A statement with parts that jumps lead to. */
const joined = (rewriting: Rewriting, nodes: readonly (AnyNode | null | undefined)[], scope: NameScope): void => {
  for (const node of nodes) if (node) rewriting.line.region(() => visit(rewriting, node, scope));
};

const loopBody = (rewriting: Rewriting, body: Statement, scope: NameScope): void => {
  const { edits, line } = rewriting;
  const block = body.type === 'BlockStatement';
  edits.open(block ? body.start + 1 : body.start, block ? fuel : `{${fuel}`);
  line.turn(() => visit(rewriting, body, scope));
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
  rewriting.line.apart(() => {
    visitAll(rewriting, node.params, parameters);
    rewriting.line.spent = 0;
    functionBody(rewriting, node.body, parameters);
  });
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

const call = (rewriting: Rewriting, node: NodeOf<'CallExpression' | 'NewExpression'>, scope: NameScope): void => {
  (node.type === 'CallExpression' ? callee : visit)(rewriting, node.callee, scope);
  callArguments(rewriting, node.arguments, scope);
};

type Otherwise = NodeOf<'LogicalExpression' | 'AssignmentPattern'>;
const otherwise = (rewriting: Rewriting, { left, right }: Otherwise, scope: NameScope): void => {
  visit(rewriting, left, scope);
  either(rewriting, [right], scope);
};

type Choice = NodeOf<'ConditionalExpression' | 'IfStatement'>;
const choice = (rewriting: Rewriting, { test, consequent, alternate }: Choice, scope: NameScope): void => {
  visit(rewriting, test, scope);
  either(rewriting, [consequent, alternate], scope);
};

const whileLoop = (
  rewriting: Rewriting,
  node: NodeOf<'WhileStatement' | 'DoWhileStatement'>,
  scope: NameScope,
): void => {
  rewriting.line.region(() => {
    loopBody(rewriting, node.body, scope);
    visit(rewriting, node.test, scope);
  });
};

type Visitors = {
  readonly [T in AnyNode['type']]?: (rewriting: Rewriting, node: NodeOf<T>, scope: NameScope) => void;
};

const leave = (): void => undefined;

const visitors: Visitors = {
  Identifier: (rewriting, node, scope) => identifier(rewriting, node, scope),
  ThisExpression({ edits }, { start, end }, scope) {
    if (!hasThis(scope)) edits.replace(start, end, '(void 0)');
  },
  MemberExpression(rewriting, { object, property, computed }, scope) {
    visit(rewriting, object, scope);
    if (computed) key(rewriting, property, scope);
  },
  Property(rewriting, { key: name, value, computed, shorthand }, scope) {
    if (computed) key(rewriting, name, scope);
    if (!shorthand) {
      visit(rewriting, value, scope);
      return;
    }
    const bound = value.type === 'AssignmentPattern' ? value.left : value;
    if (bound.type === 'Identifier') identifier(rewriting, bound, scope, (name) => `${name}:$.${name}`);
    if (value.type === 'AssignmentPattern') either(rewriting, [value.right], scope);
  },
  CallExpression: call,
  NewExpression: call,
  TaggedTemplateExpression(rewriting, node, scope) {
    callee(rewriting, node.tag, scope);
    callArguments(rewriting, node.quasi.expressions, scope);
  },
  ChainExpression: (rewriting, { expression }, scope) => either(rewriting, [expression], scope),
  LogicalExpression: otherwise,
  AssignmentPattern: otherwise,
  ConditionalExpression: choice,
  IfStatement: choice,
  TryStatement: (rewriting, { block, handler, finalizer }, scope) =>
    joined(rewriting, [block, handler, finalizer], scope),
  UnaryExpression(rewriting, { operator, argument }, scope) {
    if (operator === 'typeof' && argument.type === 'Identifier') {
      identifier(rewriting, argument, scope, (name) => `$k.y($,"${name}")`, 'probe');
    } else visit(rewriting, argument, scope);
  },
  AssignmentExpression(rewriting, node, scope) {
    assign(rewriting, node.left);
    visit(rewriting, node.left, scope);
    if (/[&|?]{2}/.test(node.operator)) either(rewriting, [node.right], scope);
    else visit(rewriting, node.right, scope);
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
  MethodDefinition(rewriting, { key: name, value, computed }, scope) {
    if (computed) key(rewriting, name, scope);
    visit(rewriting, value, scope);
  },
  PropertyDefinition(rewriting, { key: name, value, computed }, scope) {
    if (computed) key(rewriting, name, scope);
    rewriting.line.apart(() => {
      rewriting.line.join();
      if (value) visit(rewriting, value, inner(scope, [], 'function'));
    });
  },
  BlockStatement(rewriting, { body }, scope) {
    visitAll(rewriting, body, inner(scope, lexicalNames(body)));
  },
  SwitchCase(rewriting, { test, consequent }, scope) {
    if (test) key(rewriting, test, scope);
    visitAll(rewriting, consequent, scope);
  },
  SwitchStatement(rewriting, { discriminant, cases }, scope) {
    visit(rewriting, discriminant, scope);
    joined(rewriting, cases, inner(scope, lexicalNames(cases.flatMap(({ consequent }) => consequent))));
  },
  CatchClause(rewriting, { param, body }, scope) {
    if (param) refuseTargets(param);
    const own = inner(scope, param ? namesOf([param]) : []);
    if (param) visit(rewriting, param, own);
    visit(rewriting, body, own);
  },
  ForStatement(rewriting, { init, test, update, body }, scope) {
    const own = inner(scope, loopNames(init));
    if (init) visit(rewriting, init, own);
    rewriting.line.region(() => {
      loopBody(rewriting, body, own);
      for (const part of [update, test]) if (part) visit(rewriting, part, own);
    });
  },
  ForInStatement: forEach,
  ForOfStatement(rewriting, node, scope) {
    if (node.await) throw new Refusal('await is not available: a step is synchronous', node.start);
    forEach(rewriting, node, scope);
  },
  WhileStatement: whileLoop,
  DoWhileStatement: whileLoop,
  LabeledStatement: (rewriting, { body }, scope) => joined(rewriting, [body], scope),
  BreakStatement: leave,
  ContinueStatement: leave,
  MetaProperty: leave,
  PrivateIdentifier: leave,
  ...unavailable,
};

export const visit = (rewriting: Rewriting, node: AnyNode, scope: NameScope): void => {
  const { edits, line } = rewriting;
  const cost = costOf(node);
  const before = cost > 0 ? edits.reserve(node.start) : undefined;
  const visitor = visitors[node.type] as ((rewriting: Rewriting, node: AnyNode, scope: NameScope) => void) | undefined;
  if (visitor) visitor(rewriting, node, scope);
  else for (const child of childrenOf(node)) visit(rewriting, child, scope);
  const looks = line.spends(cost);
  if (!before || !(looks || grows(node))) return;
  const [opening, closing] = grows(node) ? GROWTH : LOOK;
  before.text = opening;
  edits.close(node.end, closing);
};

const visitAll = (rewriting: Rewriting, nodes: readonly AnyNode[], scope: NameScope): void => {
  for (const node of nodes) visit(rewriting, node, scope);
};
