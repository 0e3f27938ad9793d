/**
 * Skill expressions: `English=20 & (Loans>2 | Cards>=5)`. Neighbours: `target.ts` finds them in targets.
 *
 * 1. Comparisons are `=`, `!=`, `<`, `<=`, `>`, `>=` of a skill's level with a number; an agent without the skill has level 0.
 *    A name alone means a level above 0.
 * 2. `&` and `|` have one rank and go from left to right, as in URS ("a | b & c" is "(a | b) & c"); parentheses decide otherwise.
 * 3. Names have letters, digits, `_`, `-`, `.` and spaces between them; any other name stands in double quotes.
 */
type Skills = Readonly<Record<string, number>>;
export type Fits = (skills: Skills) => boolean;

export class SkillExpressionError extends Error {
  override readonly name = 'SkillExpressionError';
}

/** Characters of an expression, and parentheses within each other. */
const LONGEST = 4_000;
const DEEPEST = 50;

/** By their signs. */
export const comparisons: Readonly<Record<string, (level: number, value: number) => boolean>> = {
  '=': (level, value) => level === value,
  '!=': (level, value) => level !== value,
  '<': (level, value) => level < value,
  '<=': (level, value) => level <= value,
  '>': (level, value) => level > value,
  '>=': (level, value) => level >= value,
};

const TOKEN =
  /\s*(?:(&|\||\(|\))|(!=|<=|>=|=|<|>)\s*(-?\d+(?:\.\d+)?)|"([^"]*)"|([\p{L}\p{N}_.-]+(?: +[\p{L}\p{N}_.-]+)*))\s*/uy;

type Token =
  | { readonly kind: '&' | '|' | '(' | ')'; readonly at: number }
  | { readonly kind: 'compare'; readonly by: string; readonly value: number; readonly at: number }
  | { readonly kind: 'name'; readonly name: string; readonly at: number };

/** Throws SkillExpressionError: what is wrong, and at which character, from 1. */
export const skillExpression = (text: string): Fits => {
  if (text.length > LONGEST) throw new SkillExpressionError(`a skill expression has at most ${LONGEST} characters`);
  const reader = new Reader(text);
  const fits = reader.expression(0);
  reader.end();
  return fits;
};

class Reader {
  readonly #tokens: readonly Token[];
  #next = 0;

  constructor(private readonly text: string) {
    this.#tokens = tokensOf(text);
  }

  /** 2 */
  expression(depth: number): Fits {
    if (depth > DEEPEST) this.#fail('parentheses stand too deep in each other');
    let fits = this.#term(depth);
    for (;;) {
      const { kind } = this.#peek() ?? {};
      if (kind !== '&' && kind !== '|') return fits;
      this.#next += 1;
      fits = kind === '&' ? both(fits, this.#term(depth)) : either(fits, this.#term(depth));
    }
  }

  end(): void {
    if (this.#peek()) this.#fail('"&" or "|" is missing');
  }

  #term(depth: number): Fits {
    const token = this.#peek();
    if (token?.kind === '(') {
      this.#next += 1;
      const inside = this.expression(depth + 1);
      if (this.#peek()?.kind !== ')') this.#fail('a parenthesis is not closed');
      this.#next += 1;
      return inside;
    }
    if (token?.kind !== 'name') return this.#fail('the name of a skill is missing');
    this.#next += 1;
    const { name } = token;
    const compared = this.#peek();
    if (compared?.kind !== 'compare') return (skills) => levelOf(skills, name) > 0;
    this.#next += 1;
    const { by, value } = compared;
    const compare = comparisons[by] ?? this.#fail(`"${by}" compares nothing`);
    return (skills) => compare(levelOf(skills, name), value);
  }

  #peek(): Token | undefined {
    return this.#tokens[this.#next];
  }

  #fail(what: string): never {
    throw fault(this.text, this.#peek()?.at ?? this.text.length, what);
  }
}

const both =
  (a: Fits, b: Fits): Fits =>
  (skills) =>
    a(skills) && b(skills);
const either =
  (a: Fits, b: Fits): Fits =>
  (skills) =>
    a(skills) || b(skills);

const levelOf = (skills: Skills, name: string): number => (Object.hasOwn(skills, name) ? (skills[name] ?? 0) : 0);

const tokensOf = (text: string): Token[] => {
  const tokens: Token[] = [];
  const pattern = new RegExp(TOKEN);
  for (let at = 0; at < text.trimEnd().length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (!found) throw fault(text, at, 'this is not understood');
    tokens.push(tokenOf(found, at));
  }
  return tokens;
};

const tokenOf = ([, sign, by, value, quoted, name]: RegExpExecArray, at: number): Token => {
  if (sign !== undefined) return { kind: sign as '&' | '|' | '(' | ')', at };
  if (by !== undefined) return { kind: 'compare', by, value: Number(value), at };
  return { kind: 'name', name: quoted ?? name ?? '', at };
};

const fault = (text: string, at: number, what: string): SkillExpressionError =>
  new SkillExpressionError(`${what} at character ${at + 1} of the skill expression "${text}"`);
