/** No source is given more of the moment than it may read, and none less. */
import { expect } from 'chai';
import { readers } from '../../../engine/datamodel/ecmascript/reach.js';
import { rewrite } from '../../../engine/datamodel/ecmascript/rewrite.js';
import type { PlatformModel } from '../../../engine/platform.js';
import { showing } from '../../support/showing.js';
import { onBothKernels } from './kernels.js';

const now = 'function now() { return _genesys.ixn.n; }';

/** [scripts, an expression, what it may read] */
const reading: readonly (readonly [readonly string[], string, readonly string[]])[] = [
  [[now], '1', []],
  [[now], 'now()', ['ixn']],
  [[now, 'function over() { return now(); }'], 'over()', ['ixn']],
  [[now, 'function other() { return _event.name; }'], 'other()', ['_event']],
  [['function a() { return b(); } function b() { return a() || _event; }'], 'a()', ['_event']],
  [['function f() { return 1; }', 'function f() { return _genesys.ixn; }'], 'f()', ['ixn']],
  [[now], '_genesys', ['*']],
  [['function f() { var now = 1; return now; }', now], 'f()', []],
  [['function f() { return [1].map(function () { return _event; }); }'], '1', ['_event']],
  [['var o = { get a() { return _event; } }'], '1', ['_event']],
  [[now, 'var alias = now'], '1', ['ixn']],
  [[now], '_data', ['ixn']],
];

/** [scripts, an expression that is what the view says] */
const ways: readonly (readonly [readonly string[], string])[] = [
  [[], '_genesys.ixn.n'],
  [[], '_genesys["i" + "xn"].n'],
  [[now], 'now()'],
  [[now], 'typeof now === "function" && now()'],
  [[now], '_data["no" + "w"]()'],
  [[now, 'var alias = now'], 'alias()'],
  [[now, 'var alias; function keep() { alias = now; } keep()'], 'alias()'],
  [[now, 'var alias = now.bind(null)'], 'alias()'],
  [[now, 'var o = { now }'], 'o.now()'],
  [[now, 'var o = { get n() { return now(); } }'], 'o.n'],
  [[now, 'var o = { valueOf() { return now(); } }'], '+o'],
  [[now, 'var o = {}; Object.defineProperty(o, "n", { get: now })'], 'o.n'],
  [[now, 'class A { n() { return now(); } static m = () => now(); } var a = new A()'], 'a.n() && A.m()'],
  [[now, 'var list = [now]'], 'list.map((each) => each())[0]'],
  [['function make() { return function () { return _genesys.ixn.n; }; } var made = make()'], 'made()'],
  [['function make() { return () => _genesys.ixn.n; } var made = make()'], 'made()'],
  [['function Maker() { this.n = _genesys.ixn.n; } var first = new Maker()'], 'new first.constructor().n'],
  [['function* each() { for (;;) yield _genesys.ixn.n; } var all = each()'], 'all.next().value'],
  [['function outer() { function deep() { return _genesys.ixn.n; } return { deep }; } var o = outer()'], 'o.deep()'],
  [['function f(n = _genesys.ixn.n) { return n; }'], 'f()'],
  [['function g(n = () => _genesys.ixn.n) { return n; } var kept = g()'], 'kept()'],
  [[now, 'var text = String(now), f = now; f = f || now'], 'f()'],
  [[now, 'function tagged() { return now(); }'], 'tagged`x`'],
  [['if (true) { function inBlock() { return _genesys.ixn.n; } var kept = inBlock }'], 'kept()'],
];

describe('what a source may read', () => {
  for (const [scripts, expression, expected] of reading)
    it(`${scripts.join('; ')}: ${expression}`, () => {
      const sources = [...scripts.map((text) => rewrite('script', text, true)), rewrite('value', expression, true)];
      expect([...(readers(sources.map(({ reach }) => reach)).at(-1) ?? [])].sort()).to.deep.equal(expected);
    });
});

onBothKernels('a source that reads the view', ({ ecmascript, Guest }) => {
  const platform: readonly PlatformModel[] = [
    { root: 'ixn', namespace: 'urn:ixn', functions: [], library: undefined },
    { root: 'other', namespace: 'urn:other', functions: [], library: undefined },
  ];
  for (const [scripts, expression] of ways)
    it(`sees what is now: ${[...scripts, expression].join('; ')}`, () => {
      const guest = new Guest({ scripts, values: [expression, '_genesys.other.n'] }, ecmascript({ platform }));
      guest.scope.setView(showing({ ixn: { n: 1 } }));
      for (const script of scripts) guest.run(script);
      expect(guest.value(expression)).to.equal(1);
      for (const n of [2, 3]) {
        guest.scope.begin(n);
        guest.scope.setView(showing({ ixn: { n }, other: { n: -n } }));
        expect(guest.value('_genesys.other.n')).to.equal(-n);
        expect(guest.value(expression)).to.equal(n);
      }
    });

  it('is the only one that asks for it', () => {
    const guest = new Guest({ scripts: [now], values: ['1', 'now()', '_genesys.other.n'] }, ecmascript({ platform }));
    const asked: string[] = [];
    guest.scope.setView((root) => {
      asked.push(root);
      return { n: asked.length };
    });
    guest.run(now);
    guest.value('1');
    expect(asked).to.deep.equal([]);
    guest.value('now()');
    guest.value('now()');
    expect(asked).to.deep.equal(['ixn']);
    expect(guest.value('_genesys.other.n')).to.equal(2);
  });
});
