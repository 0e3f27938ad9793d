import { expect } from 'chai';
import fc from 'fast-check';
import { skillExpression, SkillExpressionError } from '../../../server/routing/skill.js';

const amy = { English: 20, Loans: 2, 'Life Insurance': 5, 'x-y.z': 1 };

/** Expression, and whether it fits Amy. */
const table: readonly (readonly [expression: string, fits: boolean])[] = [
  ['English=20&Loans=2', true],
  ['English = 20 & Loans = 2', true],
  ['English=20&Loans=3', false],
  ['English=20|Loans=3', true],
  ['English>20', false],
  ['English>=20', true],
  ['English<21 & Loans<=2', true],
  ['English!=20', false],
  ['French=0', true],
  ['French>0', false],
  ['French', false],
  ['Loans', true],
  ['Life Insurance>4', true],
  ['"Life Insurance">4', true],
  ['"a & b"=0', true],
  ['x-y.z=1', true],
  ['(English=20)', true],
  ['((Loans=2))&(English=20|French=1)', true],
  // From left to right: (true | false) & false, where "&" before "|" would be true.
  ['English=20|French=1&Spanish=1', false],
  ['English=20|(French=1&Spanish=1)', true],
  ['French=1&Spanish=1|English=20', true],
  ['Loans=2.0', true],
  ['Loans>-1', true],
];

/** Expression, and what is said of it. */
const faults: readonly (readonly [expression: string, message: string])[] = [
  ['', 'the name of a skill is missing at character 1'],
  ['English=', 'not understood at character 8'],
  ['English=20&', 'the name of a skill is missing at character 12'],
  ['English=20 Loans=2', '"&" or "|" is missing at character'],
  ['(English=20', 'a parenthesis is not closed at character 12'],
  ['English=20)', '"&" or "|" is missing at character 11'],
  ['=20', 'the name of a skill is missing at character 1'],
  ['English==20', 'not understood at character 8'],
  ['English=a', 'not understood at character 8'],
  ['English=20;drop', 'not understood at character 11'],
  [`${'('.repeat(60)}a${')'.repeat(60)}`, 'too deep'],
  ['a'.repeat(5000), 'at most 4000 characters'],
];

describe('a skill expression', () => {
  for (const [expression, fits] of table) {
    it(`${expression} fits: ${fits}`, () => {
      expect(skillExpression(expression)(amy)).to.equal(fits);
    });
  }

  for (const [expression, message] of faults) {
    it(`"${expression.slice(0, 30)}" is refused: ${message}`, () => {
      expect(() => skillExpression(expression)).to.throw(SkillExpressionError, message);
    });
  }

  it('has no skill from where objects have theirs', () => {
    for (const name of ['toString', '__proto__', 'constructor'])
      expect(skillExpression(`${name}=0`)({})).to.equal(true);
  });

  it('goes from left to right, whatever stands in it', () => {
    const term = fc.tuple(fc.constantFrom('a', 'b', 'c'), fc.nat(2));
    const rest = fc.array(fc.tuple(fc.constantFrom('&', '|'), term), { maxLength: 8 });
    const skills = fc.record({ a: fc.nat(2), b: fc.nat(2), c: fc.nat(2) });
    fc.assert(
      fc.property(term, rest, skills, ([name, level], more, own) => {
        const holds = ([skill, value]: readonly [string, number]): boolean => own[skill as 'a'] === value;
        let expected = holds([name, level]);
        let text = `${name}=${level}`;
        for (const [sign, next] of more) {
          expected = sign === '&' ? expected && holds(next) : expected || holds(next);
          text += ` ${sign} ${next[0]}=${next[1]}`;
        }
        expect(skillExpression(text)(own)).to.equal(expected);
      }),
    );
  });
});
