/** Values as text and back: `toSource()` in every document, `eval` of data in documents of a platform. */
import { expect } from 'chai';
import fc from 'fast-check';
import { toData } from '../../../engine/datamodel/data.js';
import { failureOf } from './guest.js';
import { onBothKernels } from './kernels.js';

const sources: readonly (readonly [expression: string, source: string])[] = [
  ['({})', '({})'],
  [
    '({ a: 1, "b c": "x\\"y", d: null, e: undefined, f: true, g: -0, h: NaN })',
    '({a:1, "b c":"x\\"y", d:null, e:(void 0), f:true, g:-0, h:NaN})',
  ],
  ['[1, "a", [], {}]', '[1, "a", [], {}]'],
  ['"text"', '(new String("text"))'],
  ['(5)', '(new Number(5))'],
  ['true', '(new Boolean(true))'],
  ['new Date(86400000)', '(new Date(86400000))'],
  ['[new Date(1), /a+/g, new Error("no"), 5n]', '[(new Date(1)), /a+/g, (new Error("no")), 5n]'],
  ['(function named() {})', '(function named() {[code]})'],
  ['[parseInt, () => 1]', '[(function parseInt() {[code]}), (function () {[code]})]'],
  ['(() => { var o = { a: [] }; o.a.push(o, o.a); return o; })()', '({a:[{}, []]})'],
  ['(() => { var s = { x: 1 }; return [s, s]; })()', '[{x:1}, {x:1}]'],
];

const datas: readonly (readonly [text: string, value: unknown])[] = [
  ['{"a":[1,2,{"b":null}]}', { a: [1, 2, { b: null }] }],
  ['({"a":1})', { a: 1 }],
  [" ( { a : 1, 'b' : \"c\\u0041\\x41\\n\\'\", 3: [1,2,], } ) ; ", { a: 1, b: "cAA\n'", 3: [1, 2] }],
  ['[-1, +2, 0x10, 1e3, .5, 5.]', [-1, 2, 16, 1000, 0.5, 5]],
  ['/* why */ [ // here\n true, false, null ]', [true, false, null]],
  ['undefined', undefined],
  ['(void 0)', undefined],
  ['', undefined],
  ['(new Date(5))', new Date(5)],
  ['(new String("a"))', 'a'],
  ['{"__proto__":{"x":1},"y":2}', JSON.parse('{"__proto__":{"x":1},"y":2}')],
];

const refused: readonly string[] = [
  'x',
  '1 + 1',
  'f()',
  '({ a: f() })',
  '(function () { return 1; })()',
  '[1, , 2]',
  '{ a: 1 } 2',
  '"a',
  "'a\nb'",
  'new Function("1")',
  'new Map()',
  'var a = 1',
  '{ get a() { return 1; } }',
  '`a`',
  '/a/',
  '((1)',
  'this',
  'constructor',
  '/* open',
];

onBothKernels('toSource', ({ after, Guest }) => {
  for (const [expression, source] of sources) {
    it(`of ${expression} is ${source}`, () => {
      expect(after('', `(${expression}).toSource()`)).to.equal(source);
    });
  }

  it("is the platform's, and an object may have its own", () => {
    expect(after('var o = { toSource() { return "mine"; } }', 'o.toSource()')).to.equal('mine');
    expect(after('var o = {}, k = ""; for (k in o) ;', 'k')).to.equal('');
    expect(failureOf(() => after('Object.prototype.toSource = 1', '1'))).to.match(/cannot be changed/);
  });

  it('of what is shared again and again ends', () => {
    const script = 'var o = [1]; for (var i = 0; i < 60; i++) o = [o, o]';
    const guest = new Guest({ scripts: [script], values: ['o.toSource().length'] });
    guest.run(script);
    expect(failureOf(() => guest.value('o.toSource().length'))).to.match(/too long|more than/);
  });

  it('of an event is its fields', () => {
    const guest = new Guest({ values: ['_event.toSource()'] });
    guest.scope.setEvent({ name: 'e', type: 'external', data: { k: ['v'] } });
    expect(guest.value('_event.toSource()')).to.match(/^\(\{name:"e", type:"external", .*data:\{k:\["v"\]\}.*\}\)$/);
  });
});

onBothKernels('eval of a platform', ({ ecmascript, Guest }) => {
  const read = (text: string): unknown => {
    const guest = new Guest({ values: ['eval(text)'] }, ecmascript({ platform: [] }));
    guest.scope.defineData('text', text);
    return guest.value('eval(text)');
  };

  for (const [text, value] of datas) {
    it(`reads ${JSON.stringify(text)}`, () => {
      expect(read(text)).to.deep.equal(value);
    });
  }

  for (const text of refused) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      expect(failureOf(() => read(text))).to.match(/^SyntaxError: eval reads data only/);
    });
  }

  it('answers what is no text as it is, and runs nothing in the scope of its caller', () => {
    const values = ['eval(5)', '(0, eval)("[1]")', 'eval.call(null, "7")', 'typeof eval', 'eval("secret")'];
    const guest = new Guest({ scripts: ['var secret = 1'], values }, ecmascript({ platform: [] }));
    guest.run('var secret = 1');
    expect(values.slice(0, 4).map((value) => guest.value(value))).to.deep.equal([5, [1], 7, 'function']);
    expect(failureOf(() => guest.value('eval("secret")'))).to.match(/eval reads data only/);
  });

  it('cannot be declared or assigned to, and without a platform not be named', () => {
    const hosted = new Guest({ scripts: ['eval = 1', 'var eval', 'function eval() {}'] }, ecmascript({ platform: [] }));
    expect(hosted.problems).to.have.lengthOf(3);
    expect(new Guest({ values: ['eval("1")'] }).problems.map(({ message }) => message)).to.deep.equal([
      'the name eval is reserved',
    ]);
  });

  it('ends with the fuel of the step', () => {
    const guest = new Guest(
      { values: ["eval('['.repeat(100000))", "eval('[' + '1,'.repeat(400000) + ']')"] },
      ecmascript({ platform: [], fuel: 100_000 }),
    );
    expect(failureOf(() => guest.value("eval('['.repeat(100000))"))).to.match(/stack|too long/i);
    guest.scope.begin(1);
    expect(failureOf(() => guest.value("eval('[' + '1,'.repeat(400000) + ']')"))).to.match(/too long/);
  });

  it('reads what toSource writes, and all JSON', () => {
    const guest = new Guest(
      { values: ['eval(value.toSource())', 'eval("(" + JSON.stringify(value) + ")")'] },
      ecmascript({ platform: [], fuel: 1e9 }),
    );
    const json = fc.jsonValue({ maxDepth: 4 }).filter((value) => typeof value === 'object' && value !== null);
    fc.assert(
      fc.property(json, (value) => {
        const plain: unknown = JSON.parse(JSON.stringify(value));
        guest.scope.begin(0);
        guest.scope.defineData('value', toData(plain));
        expect(guest.value('eval("(" + JSON.stringify(value) + ")")')).to.deep.equal(plain);
        expect(guest.value('eval(value.toSource())')).to.deep.equal(plain);
      }),
      { numRuns: 60, seed: 8 },
    );
  });
});
