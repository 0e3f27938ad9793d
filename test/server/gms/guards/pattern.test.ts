import { expect } from 'chai';
import fc from 'fast-check';
import { patternOf } from '../../../../server/gms/guards/pattern.js';

/** Of the guide, "How to get Help about Supported Patterns?", and of "Customer Phone Numbers". */
const examples: readonly (readonly [pattern: string, matching: string, other: string])[] = [
  ['\\\\+12345678901', '+12345678901', '12345678901'],
  ['911-', '911-', '911-1'],
  [String.raw`(0[1-9]|1[0-9]|2[0-9]|3[01])\.(0[1-9]|1[012])\.[0-9]{4}`, '31.12.2013', '32.12.2013'],
  [String.raw`(0[1-9]|1[012])[- /.](0[1-9]|1[12][0-9]|3[01])[- /.](19|20)\d\d`, '12/31/2013', '13/31/2013'],
  [String.raw`^[_A-Za-z0-9-]+(\.[_A-Za-z0-9-]+)*@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`, 'a.b@example.org', 'a.b@example'],
  ['^[_A-Za-z0-9-]+(\\.[_A-Za-z0-9-]+)*@badrobot.com+$', 'jj@badrobot.com', 'jj@goodrobot.com'],
  ['\\\\\\\\d*k*', '123kk', 'k1'],
];

const refused: readonly (readonly [pattern: string, why: string])[] = [
  ['(a)\\1', 'the escape \\1'],
  ['(?=a)a', 'looks around'],
  ['(?<!a)a', 'looks around'],
  ['(?i)a', 'sets flags'],
  ['a++', 'a repetition of a repetition'],
  ['a**', 'a repetition of a repetition'],
  ['*a', 'a repetition of nothing'],
  ['[a&&b]', 'classes within classes'],
  ['[[a]]', 'classes within classes'],
  ['[z-a]', 'a range that ends nowhere'],
  ['\\p{Alpha}', 'the escape \\p'],
  ['\\bx', 'the escape \\b'],
  ['(a', 'no ")" where one is needed'],
  ['a)', 'a ")" that closes nothing'],
  ['[a', 'a "[" that is not closed'],
  ['a{2,1}', 'ends before it begins'],
  ['a{101}', 'not counted from 0 to 100'],
  ['a{x}', 'not counted from 0 to 100'],
  ['((a{100}){100}){100}', 'repeats too much'],
  ['('.repeat(21) + ')'.repeat(21), 'groups more than 20 deep'],
  ['a'.repeat(256), 'more than 255 characters'],
  ['a\\', 'the escape \\'],
];

describe('exception patterns', () => {
  for (const [pattern, matching, other] of examples) {
    it(`has ${pattern} match ${matching} and not ${other}`, () => {
      const matches = patternOf(pattern);
      expect([matches(matching), matches(other)]).to.deep.equal([true, false]);
    });
  }

  for (const [pattern, why] of refused) {
    it(`refuses ${pattern.slice(0, 24)}: ${why}`, () => {
      expect(() => patternOf(pattern)).to.throw(why);
    });
  }

  it('matches what the regular expression matches as a whole', () => {
    const atom = fc.constantFrom('a', 'b', '.', '\\d', '\\W', '[ab]', '[^a]', '[0-9+]', '\\+', '^', '$', '1');
    const { pattern } = fc.letrec<{ pattern: string }>((tie) => ({
      pattern: fc.oneof(
        { maxDepth: 3 },
        atom,
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => a + b),
        fc.tuple(tie('pattern'), tie('pattern')).map(([a, b]) => `(${a}|${b})`),
        fc
          .tuple(tie('pattern'), fc.constantFrom('*', '+', '?', '{2}', '{0,2}', '{1,}', '*?'))
          .map(([a, times]) => `(?:${a})${times}`),
      ),
    }));
    const text = fc.string({ unit: fc.constantFrom('a', 'b', '1', '+', ' '), maxLength: 6 });
    fc.assert(
      fc.property(pattern, text, (source, value) => {
        expect(patternOf(source)(value), source).to.equal(new RegExp(`^(?:${source})$`, 'u').test(value));
      }),
      { numRuns: 500 },
    );
  });

  it('does no more than a few steps for each character, where a backtracking engine would never end', () => {
    const hostile = ['(a+)+b', '(a|a)*b', '(a|aa)+b', '(.*){20}b', 'a*'.repeat(100) + 'b', '((a?){20})+b'];
    for (const pattern of hostile) {
      const matches = patternOf(pattern);
      expect(matches('a'.repeat(100)), pattern).to.equal(false);
      expect(matches('a'.repeat(99) + 'b'), pattern).to.equal(true);
    }
  });
});
