/**
 * What code may do between two looks at the deadline, counted while `visit.ts` walks it: an operator that reads a text walks all
 * of it, and nothing interrupts an operator. Where too much would come together, the rewritten text asks for a look (`$k.u`).
 *
 * 1. `spent` is the most that any way to the place walked now can have spent since the last look.
 * 2. A look costs nothing worth measuring until a long text is about (`kernel/meter.ts`).
 */
import type { AnyNode, NodeOf } from './syntax.js';

/** A text read as a number takes ten times as long as one that is compared or looked up. */
const CONVERSION = 8;
const WALK = 1;
/** Three numbers read from the longest text, 90 ms of QuickJS. */
const MOST = 3 * CONVERSION;
/** What a text in a source may be long before it counts as one that may grow another. */
const SHORT = 1000;

const arithmetic = /^(?:[-*/%&|^]|\*\*|<<|>>>?)=?$/;
const comparison = /^(?:[<>]=?|[=!]=)$/;

export class Line {
  spent = 0;
  /** The most that was spent anywhere in what is walked. */
  #peak = 0;

  /** Whether a look has to follow. */
  spends(cost: number): boolean {
    this.spent += cost;
    const looks = this.spent >= MOST;
    this.#peak = Math.max(this.#peak, looks ? MOST - 1 : this.spent);
    if (looks) this.spent = 0;
    return looks;
  }

  /** Of the ways one is taken, or none. */
  either(ways: readonly (() => void)[]): void {
    const before = this.spent;
    let most = before;
    for (const way of ways) {
      this.spent = before;
      way();
      most = Math.max(most, this.spent);
    }
    this.spent = most;
  }

  /** From anywhere in it jumps may lead to its end. */
  region(work: () => void): void {
    const outer = this.#peak;
    this.#peak = this.spent;
    work();
    this.spent = this.#peak;
    this.#peak = Math.max(outer, this.#peak);
  }

  /** Of a loop: begun with a look, and before it comes its head once more. */
  turn(body: () => void): void {
    const before = this.spent;
    this.region(() => {
      this.spent = 0;
      body();
    });
    this.spent = Math.max(before, this.spent);
  }

  /** Where anything may have gone before. */
  join(): void {
    this.spent = MOST - 1;
  }

  /** Code that runs at another time. */
  apart(work: () => void): void {
    const before = this.spent;
    this.spent = 0;
    work();
    this.spent = before;
  }
}

/** Values that are never long texts, whatever the variables are. */
const isShort = (node: AnyNode): boolean => {
  switch (node.type) {
    case 'Literal':
      return node.end - node.start < SHORT;
    case 'UpdateExpression':
      return true;
    case 'UnaryExpression':
      return true;
    case 'BinaryExpression':
      return node.operator !== '+';
    default:
      return /Function|Class/.test(node.type);
  }
};

const long = (nodes: readonly AnyNode[]): number => nodes.filter((node) => !isShort(node)).length;

const binaryCost = (operator: string, left: AnyNode, right: AnyNode): number => {
  const read = long([left, right]);
  if (arithmetic.test(operator)) return CONVERSION * read;
  const text = [left, right].some((node) => node.type === 'Literal' && typeof node.value === 'string');
  if (comparison.test(operator) && !text) return read > 0 ? CONVERSION : 0;
  return read > 0 ? WALK : 0;
};

type Costs = { readonly [T in AnyNode['type']]?: (node: NodeOf<T>) => number };
const costs: Costs = {
  BinaryExpression: ({ operator, left, right }) => binaryCost(operator, left, right),
  AssignmentExpression: ({ operator, left, right }) =>
    /^(?:=|&&=|\|\|=|\?\?=)$/.test(operator) ? 0 : binaryCost(operator, left, right),
  UnaryExpression: ({ operator, argument }) => (/[-+~]/.test(operator) ? CONVERSION * long([argument]) : 0),
  UpdateExpression: () => CONVERSION,
  TemplateLiteral: ({ expressions }) => WALK * long(expressions),
};

/** What evaluating the node itself may cost, its parts apart. */
export const costOf = (node: AnyNode): number => {
  const cost = costs[node.type] as ((node: AnyNode) => number) | undefined;
  return cost ? cost(node) : 0;
};

/** Of an argument of a call: what is called may be a native that reads it as a number. */
export const argumentCost = (node: AnyNode): number => CONVERSION * long([node]);
/** Of a property's name that is worked out. */
export const keyCost = (node: AnyNode): number => WALK * long([node]);

/** Whether it makes a text much longer than its parts are, or out of a long one of the source. */
export const grows = (node: AnyNode): boolean => {
  switch (node.type) {
    case 'BinaryExpression':
    case 'AssignmentExpression':
      return /^\+=?$/.test(node.operator) && long([node.left, node.right]) === 2;
    case 'TemplateLiteral':
      return long(node.expressions) > 1 || (node.expressions.length > 0 && node.end - node.start >= SHORT);
    default:
      return false;
  }
};
