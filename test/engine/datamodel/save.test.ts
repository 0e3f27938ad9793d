/** Saving and restoring sessions, and the two sides of tagged data held together. */
import { deepStrictEqual } from 'node:assert';
import { expect } from 'chai';
import fc from 'fast-check';
import { fromData, toData, Xml } from '../../../engine/datamodel/data.js';
import { toJson } from '../../../engine/datamodel/json.js';
import type { Data } from '../../../engine/event.js';
import { failureOf, type Guest } from './guest.js';
import { isolated, onBothKernels, trusted } from './kernels.js';

const leaf = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, NaN, Infinity, -Infinity, -0, 0, 10n ** 20n, true, ''),
  fc.double(),
  fc.string(),
  fc.constantFrom('$ref', '$$', '__proto__', 'toJSON'),
  // Node 20's deepStrictEqual takes two invalid dates for different ones: they have tests of their own below.
  fc.date({ noInvalidDate: true }).map((date) => new Date(date)),
  fc.constantFrom('a+', '[/]', '\\d').map((text) => new RegExp(text, 'gi')),
);
const key = fc.oneof(
  fc.string(),
  fc.constantFrom('$ref', '$', '$$x', '$undefined', '__proto__', 'constructor', '0', 'toString'),
);
const tree = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leaf,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(key, tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((entries) => new Map(entries)),
    fc.array(tie('value'), { maxLength: 3 }).map((members) => new Set(members)),
  ),
})).value;
/** The same object several times, and inside itself. */
const graph = fc.tuple(tree, tree, fc.boolean()).map(([a, b, cyclic]) => {
  const value: Record<string, unknown> = { a, b, again: a, list: [b, a] };
  if (cyclic) value['self'] = value;
  return value;
});

const throughText = (data: Data | undefined): Data => JSON.parse(JSON.stringify(data ?? null)) as Data;

describe('tagged data', () => {
  it('says everything that the value says', () => {
    fc.assert(
      fc.property(graph, (value) => deepStrictEqual(fromData(throughText(toData(value))), value)),
      { numRuns: 150 },
    );
  });

  it('keeps shared and cyclic objects one', () => {
    const shared = { d: new Date(5) };
    const value = { one: shared, two: [shared, shared.d], self: undefined as unknown };
    value.self = value;
    const copy = fromData(throughText(toData(value))) as typeof value;
    expect(copy.two[0]).to.equal(copy.one);
    expect(copy.two[1]).to.equal(copy.one.d);
    expect(copy.self).to.equal(copy);
  });

  const tags: readonly (readonly [unknown, Data | undefined])[] = [
    [undefined, undefined],
    [
      [undefined, NaN, -0, -Infinity],
      [{ $undefined: 1 }, { $number: 'NaN' }, { $number: '-0' }, { $number: '-Infinity' }],
    ],
    [new Date(7), { $date: 7 }],
    [new Date(NaN), { $date: { $number: 'NaN' } }],
    [5n, { $bigint: '5' }],
    [/a+/g, { $regexp: ['a+', 'g'] }],
    [new Map([[1, new Set([2])]]), { $map: [[1, { $set: [2] }]] }],
    [
      { $ref: 1, $$: 2, a$: 3 },
      { $$ref: 1, $$$: 2, a$: 3 },
    ],
    [new Xml('<a/>'), { $xml: '<a/>' }],
  ];
  for (const [value, data] of tags) {
    it(`of ${JSON.stringify(data)} in the host and in the guests alike`, () => {
      expect(toData(value)).to.deep.equal(data);
      for (const { Guest } of [trusted, isolated]) {
        const guest = new Guest({ values: ['v'] });
        guest.scope.defineData('v', data);
        expect(guest.scope.value(guest.chunk('value', 'v'))).to.deep.equal(data);
        expect(guest.value('v')).to.deep.equal(value);
      }
    });
  }

  it('has no place for functions, and names the path', () => {
    expect(() => toData({ a: [0, () => 1] })).to.throw(TypeError, 'value.a[1] is a function');
    expect(() => toData(new Map([['k', Symbol('s')]]))).to.throw(TypeError, 'value value is a symbol');
  });

  it('with an unknown tag is refused on all sides', () => {
    expect(() => fromData({ $what: 1 })).to.throw(TypeError, 'unknown tag $what');
    for (const { Guest } of [trusted, isolated]) {
      const guest = new Guest({});
      expect(failureOf(() => guest.scope.defineData('v', { $what: 1 }))).to.include('unknown tag $what');
    }
  });

  it('as plain JSON has ISO dates, no undefined and no tags', () => {
    const value = {
      d: new Date(0),
      u: undefined,
      n: NaN,
      m: new Map([[1, 2n]]),
      s: new Set(['x']),
      x: new Xml('<a/>'),
      $k: [undefined],
    };
    expect(toJson(toData(value))).to.deep.equal({
      d: '1970-01-01T00:00:00.000Z',
      n: null,
      m: [[1, '2']],
      s: ['x'],
      x: '<a/>',
      $k: [null],
    });
  });

  it('as plain JSON refuses cycles and what shared objects blow up', () => {
    const cycle: unknown[] = [];
    cycle.push(cycle);
    let shared: unknown = [1];
    for (let i = 0; i < 40; i++) shared = [shared, shared];
    expect(() => toJson(toData(cycle))).to.throw(TypeError, 'contains itself');
    expect(() => toJson(toData(shared))).to.throw(RangeError, 'more than');
  });
});

onBothKernels('a saved session', ({ Guest }) => {
  it('has the same variables when it is restored', () => {
    fc.assert(
      fc.property(graph, (value) => {
        const guest = new Guest({ values: ['v', 'v.again === v.a && v.list[1] === v.a', 'typeof v.a'] });
        guest.scope.defineData('v', toData(value));
        const before = guest.value('v.again === v.a && v.list[1] === v.a');
        guest.reopen();
        deepStrictEqual(guest.value('v'), value);
        expect(guest.value('v.again === v.a && v.list[1] === v.a')).to.equal(before);
        deepStrictEqual(guest.scope.variables(), { v: value });
      }),
      { numRuns: 150 },
    );
  });

  it('keeps an invalid date, and that it is shared', () => {
    const never = new Date(NaN);
    const guest = new Guest({ values: ['v', 'v.a === v.list[0] && String(v.a)'] });
    guest.scope.defineData('v', toData({ a: never, list: [never, new Date(0)] }));
    guest.reopen();
    expect(guest.value('v')).to.deep.equal({ a: never, list: [never, new Date(0)] });
    expect(guest.value('v.a === v.list[0] && String(v.a)')).to.equal('Invalid Date');
  });

  it('keeps what variables share, and their order', () => {
    const script = 'var z = { n: 1 }, a = [z], $m = new Map([[z, a]])';
    const guest = new Guest({ scripts: [script], values: ['[a[0] === z, $m.get(z) === a]'] });
    guest.run(script);
    guest.reopen();
    expect(guest.value('[a[0] === z, $m.get(z) === a]')).to.deep.equal([true, true]);
    expect(Object.keys(guest.scope.variables())).to.deep.equal(['z', 'a', '$m']);
  });

  it('has the functions of its scripts again, on its own variables', () => {
    const script =
      'var n = 1; function add(k) { n += k; return helper() } function helper() { return n } var alias = add, o = { add }';
    const guest = new Guest({ scripts: [script], values: ['add(2)', '[alias === add, o.add === add, n]'] });
    guest.run(script);
    guest.reopen();
    guest.reopen();
    expect(guest.value('add(2)')).to.equal(3);
    expect(guest.value('[alias === add, o.add === add, n]')).to.deep.equal([true, true, 3]);
    expect(guest.scope.variables()).to.deep.equal({ n: 3, o: {} });
  });

  it('leaves other functions out, and says which', () => {
    const script = 'var f = () => 1, o = { a: 1, m() {} }, list = [Symbol("s"), 2]; class A {}';
    const guest = new Guest({ scripts: [script], values: ['[typeof f, o, list, typeof A]'] });
    guest.run(script);
    const { lost } = JSON.parse(guest.scope.save()) as { lost: unknown };
    expect(lost).to.deep.equal(['f', 'o.m', 'list[0]', 'A']);
    guest.reopen();
    expect(guest.value('[typeof f, o, list, typeof A]')).to.deep.equal([
      'undefined',
      { a: 1 },
      [undefined, 2],
      'undefined',
    ]);
  });

  it('of another version of the document is refused', () => {
    const one = new Guest({ scripts: ['function f() {}'] });
    one.run('function f() {}');
    const saved = one.scope.save();
    const two = new Guest({ values: ['1'] });
    expect(
      failureOf(() =>
        two.program.restore(JSON.parse(saved) as never, { sessionid: '', name: '', ioprocessors: {}, x: {}, seed: 0 }),
      ),
    ).to.include('another version of its document');
  });

  it('can be saved when its step has used all fuel', () => {
    const loop = 'var n = 0; for (;;) n++';
    const guest = new Guest({ scripts: [loop], values: ['n'] });
    expect(failureOf(() => guest.run(loop))).to.match(/fuel/);
    guest.reopen();
    expect(guest.value('n')).to.equal(1_000_000);
  });
});

onBothKernels('XML content (SCXML B.2.1)', ({ Guest }) => {
  const xml =
    '<books xmlns=""><book title="one &lt; two" lang="en">text<page/></book><book title="two"/></books>'.replace(
      '&lt;',
      'is',
    );
  const rows: readonly (readonly [expression: string, value: unknown])[] = [
    [
      '[d.nodeType, d.nodeName, d.documentElement.tagName, d.firstChild === d.documentElement]',
      [9, '#document', 'books', true],
    ],
    ['d.getElementsByTagName("book")[1].getAttribute("title")', 'two'],
    ['[d.getElementsByTagName("*").length, d.documentElement.children.length]', [4, 2]],
    ['d.documentElement.firstChild.childNodes[0].nodeValue', 'text'],
    ['[b.textContent, b.firstElementChild.nodeName, b.lastChild.parentNode === b]', ['text', 'page', true]],
    ['[b.nextSibling.getAttribute("title"), b.previousSibling, b.ownerDocument === d]', ['two', null, true]],
    [
      '[b.getAttribute("none"), b.hasAttribute("lang"), b.attributes[0].value, b.getAttributeNames()]',
      [null, true, 'one is two', ['title', 'lang']],
    ],
    ['[b.getAttribute("constructor"), b.getAttribute("__proto__")]', [null, null]],
    ['"" + d', xml],
    ['"" + b.nextSibling', '<book title="two"></book>'],
    ['d', new Xml(xml)],
    ['held === b', true],
  ];
  let guest: Guest;
  const script = 'var b = d.documentElement.firstChild, held = b';
  beforeEach(() => {
    guest = new Guest({
      scripts: [
        script,
        'b.tagName = "x"',
        'b.childNodes.push(1)',
        'b.constructor.prototype.x = 1',
        'd.x = 1',
        'b.attributes[0].value = 2',
      ],
      values: rows.map(([expression]) => expression),
    });
    guest.scope.defineData('d', { $xml: xml });
    guest.run(script);
  });

  for (const [expression, value] of rows) {
    it(expression, () => expect(guest.value(expression)).to.deep.equal(value));
    it(`${expression} after a restore`, () => {
      guest.reopen();
      expect(guest.value(expression)).to.deep.equal(value);
    });
  }

  for (const change of [
    'b.tagName = "x"',
    'b.childNodes.push(1)',
    'b.constructor.prototype.x = 1',
    'd.x = 1',
    'b.attributes[0].value = 2',
  ]) {
    it(`is read-only: ${change}`, () => expect(failureOf(() => guest.run(change))).to.match(/^TypeError/));
  }

  it('arrives in events and inside other data', () => {
    const own = new Guest({ values: ['_event.data.list[0].documentElement.getAttribute("k")'] });
    own.scope.setEvent({ name: 'e', type: 'external', data: { list: [{ $xml: '<a k="v"/>' }] } });
    expect(own.value('_event.data.list[0].documentElement.getAttribute("k")')).to.equal('v');
  });

  it('that does not parse is an ExpressionError', () => {
    expect(failureOf(() => guest.scope.defineData('bad', { $xml: '<a/><b/>' }))).to.include('not one element');
  });
});
