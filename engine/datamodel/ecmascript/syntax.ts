/**
 * ECMAScript text -> ESTree. The only file that knows the parser; `scope.ts` and `rewrite.ts` read the tree.
 *
 * 1. Everything is read as strict code of ES2023, which is what Node 20 and QuickJS both run.
 * 2. Whatever is refused is a `Refusal` with an offset into the text, never a parser's own error.
 */
import { Parser, tokTypes, type AnyNode, type Expression, type Options, type Program, type TokenType } from 'acorn';

export type { AnyNode, Expression, Pattern, Statement, VariableDeclaration } from 'acorn';
export type NodeOf<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>;
export type FunctionNode = NodeOf<'FunctionDeclaration' | 'FunctionExpression' | 'ArrowFunctionExpression'>;
export type ClassNode = NodeOf<'ClassDeclaration' | 'ClassExpression'>;

export interface Parsed<T extends AnyNode> {
  readonly tree: T;
  /** Where the tree's text ends: behind it only `;` and comments. */
  readonly end: number;
  /** Where the parser had to insert a semicolon. ECMA-262 12.10 */
  readonly semicolons: readonly number[];
}

/** Why a source is not accepted, and where in its text. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  constructor(
    message: string,
    readonly offset: number,
  ) {
    super(message);
  }
}

/** The parser's own steps that `parseExpressionAt` does not offer: it neither checks nor tells what follows. */
interface Steps {
  readonly type: TokenType;
  readonly start: number;
  nextToken(): void;
  parseExpression(): Expression;
  eat(type: TokenType): boolean;
  unexpected(): never;
}

class ExpressionParser extends Parser {
  static whole(text: string, options: Options): { tree: Expression; end: number } {
    const steps = new this(options, text) as unknown as Steps;
    steps.nextToken();
    const tree = steps.parseExpression();
    const end = steps.start;
    while (steps.eat(tokTypes.semi));
    if (steps.type !== tokTypes.eof) steps.unexpected();
    return { tree, end };
  }
}

const reading = <T>(read: (options: Options, semicolons: number[]) => T): T => {
  const semicolons: number[] = [];
  const onInsertedSemicolon = (offset: number): void => void semicolons.push(offset);
  try {
    return read(
      { ecmaVersion: 2023, sourceType: 'script', strict: true, allowHashBang: false, onInsertedSemicolon },
      semicolons,
    );
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const offset = 'pos' in error && typeof error.pos === 'number' ? error.pos : 0;
    throw new Refusal(error.message.replace(/ \(\d+:\d+\)$/, ''), offset);
  }
};

/** One expression; `;` behind it is tolerated, for the W3C's own tests have it. */
export const parseExpression = (text: string): Parsed<Expression> =>
  reading((options, semicolons) => ({ ...ExpressionParser.whole(text, options), semicolons }));

export const parseScript = (text: string): Parsed<Program> =>
  reading((options, semicolons) => ({ tree: Parser.parse(text, options), end: text.length, semicolons }));

/** Whether `name` could stand in `var name` of strict code. */
export const isIdentifier = (name: string): boolean => {
  try {
    const { tree } = parseExpression(`${name}=0`);
    return tree.type === 'AssignmentExpression' && tree.left.type === 'Identifier' && tree.left.name === name;
  } catch (error) {
    if (error instanceof Refusal) return false;
    throw error;
  }
};
