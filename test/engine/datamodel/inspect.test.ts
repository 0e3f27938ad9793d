import { expect } from 'chai';
import { inspectorOf } from '../../../engine/datamodel/ecmascript/inspect.js';
import { intrinsicNames } from '../../../engine/datamodel/ecmascript/intrinsics.js';
import { hardenText } from '../../../engine/datamodel/ecmascript/kernel/harden.js';
import type { ChunkKind } from '../../../engine/datamodel/datamodel.js';

const inspector = inspectorOf(false);

describe('the inspector', () => {
  it('knows the intrinsics that the kernel leaves, all of them and no other', () => {
    const [, list = ''] = /const allowed = \{([^}]*)\}/.exec(hardenText) ?? [];
    const names = list
      .match(/[A-Za-z_]\w*(?=[,:\s])/g)
      ?.filter((name) => !/^(__proto__|null|ClockDate|GuardedRegExp|noCompiler|collection)$/.test(name));
    expect(new Set(names)).to.deep.equal(new Set(intrinsicNames));
  });

  const free: [kind: ChunkKind, text: string, ...names: string[]][] = [
    ['value', 'a + b.c[d]', 'a 0 read', 'b 4 read', 'd 8 read'],
    ['value', 'f(x => x + y)', 'f 0 call', 'y 11 read'],
    ['value', '({ a, b: c, [d]: 1 })', 'a 3 read', 'c 9 read', 'd 13 read'],
    ['value', 'typeof a === typeof b.c', 'a 7 probe', 'b 20 read'],
    ['value', '[a, b.c] = d', 'a 1 write', 'b 4 read', 'd 11 read'],
    ['value', 'a++, b += c', 'a 0 write', 'b 5 write', 'c 10 read'],
    ['value', 'Math.max(_event.data, In("s"), undefined)'],
    ['location', 'a', 'a 0 write'],
    ['location', 'a.b[c]', 'a 0 read', 'c 4 read'],
    ['script', 'function f(p) { var q = p + r; return function q2() { return q; }; }', 'r 28 read'],
    ['script', 'for (const a of b) c = a;', 'b 16 read', 'c 19 write'],
    ['script', 'for (a in b);', 'a 5 write', 'b 10 read'],
    ['script', 'try { a } catch (b) { b }', 'a 6 read'],
  ];
  for (const [kind, text, ...expected] of free) {
    it(`finds ${expected.length === 0 ? 'no free name' : expected.join(', ')} in ${text}`, () => {
      const found = inspector.inspect(kind, text).free.map(({ name, offset, use }) => `${name} ${offset} ${use}`);
      expect(found).to.deep.equal(expected);
    });
  }

  it('looks through a sum of two thousand parts', () => {
    expect(inspector.inspect('value', `a${' + a'.repeat(2_000)}`).free).to.have.length(2_001);
  });

  it('tells what a script declares, also one that is refused, unless it cannot be parsed', () => {
    const declared = (text: string) => inspector.inspect('script', text).declared;
    expect(declared('var a; let b; { var c; let d; } function e() { var f; } class G {}')).to.have.members([
      'a',
      'b',
      'c',
      'e',
      'G',
    ]);
    expect(declared('var a; _event = 1;')).to.deep.equal(['a']);
    expect(declared('var a = ;')).to.equal(undefined);
  });
});
