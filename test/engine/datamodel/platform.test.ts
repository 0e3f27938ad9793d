import { expect } from 'chai';
import { fromData, toData } from '../../../engine/datamodel/data.js';
import type { Called, Datamodel } from '../../../engine/datamodel/datamodel.js';
import type { PlatformModel } from '../../../engine/platform.js';
import { showing } from '../../support/showing.js';
import { failureOf, type Guest } from './guest.js';
import { onBothKernels } from './kernels.js';

const library = `{
  kinds: { voice: 0, chat: 5 },
  nameOf(id) { return this.calls?.[id]?.name ?? 'nobody'; },
  count: function () { let n = 0; for (const id in this.calls) n++; return n; },
  loop() { for (;;); },
}`;

const platform: readonly PlatformModel[] = [
  { root: 'ixn', namespace: 'urn:ixn', functions: ['setuData', 'drop'], library },
  { root: 'plain', namespace: 'urn:plain', functions: [], library: undefined },
];

const ann = { calls: { c1: { name: 'Ann', at: { deep: [1, 2] } } } };

onBothKernels('the object _genesys', ({ ecmascript, Guest }) => {
  const hosted = (more = {}): Datamodel => ecmascript({ platform, uri: 'file:///a.scxml', ...more });
  const called = (guest: Guest): Called[] => {
    const heard: Called[] = [];
    guest.scope.attend((each) => heard.push(each));
    return heard;
  };
  const told = (heard: Called[]): unknown[] =>
    heard.splice(0).map(({ namespace, name, args }) => [namespace, name, fromData(args)]);
  const open = (...values: string[]): Guest => {
    const guest = new Guest({ values }, hosted());
    guest.scope.setView(showing({ ixn: ann }));
    return guest;
  };

  it('shows the view of the step, and the next one after it', () => {
    const guest = open('_genesys.ixn.calls');
    expect(guest.value('_genesys.ixn.calls')).to.deep.equal(ann.calls);
    guest.scope.begin(1);
    guest.scope.setView(showing({ ixn: { calls: {} } }));
    expect(guest.value('_genesys.ixn.calls')).to.deep.equal({});
    guest.scope.setView(undefined);
    expect(guest.value('_genesys.ixn.calls')).to.equal(undefined);
  });

  it('is there without a view: its roots are empty but for constants', () => {
    const guest = new Guest(
      { values: ['_genesys.ixn.kinds.chat', 'Object.keys(_genesys.ixn)', 'Object.keys(_genesys)'] },
      hosted(),
    );
    expect(guest.value('_genesys.ixn.kinds.chat')).to.equal(5);
    expect(guest.value('Object.keys(_genesys.ixn)')).to.deep.equal([]);
    expect(guest.value('Object.keys(_genesys)')).to.deep.equal(['ixn', 'plain']);
  });

  it('keeps roots that have not changed', () => {
    const guest = new Guest(
      {
        scripts: ['var before = _genesys'],
        values: ['before.ixn === _genesys.ixn', 'before.plain === _genesys.plain'],
      },
      hosted(),
    );
    guest.scope.setView(showing({ ixn: ann, plain: { a: 1 } }));
    guest.run('var before = _genesys');
    guest.scope.begin(1);
    guest.scope.setView(showing({ ixn: ann, plain: { a: 1 } }));
    expect(guest.value('before.ixn === _genesys.ixn')).to.equal(true);
    expect(guest.value('before.plain === _genesys.plain')).to.equal(false);
  });

  it('runs library functions on the view', () => {
    const guest = open("_genesys.ixn.nameOf('c1')", '_genesys.ixn.count()', "_genesys.ixn.nameOf('c2')");
    expect(guest.value("_genesys.ixn.nameOf('c1')")).to.equal('Ann');
    expect(guest.value("_genesys.ixn.nameOf('c2')")).to.equal('nobody');
    expect(guest.value('_genesys.ixn.count()')).to.equal(1);
  });

  it('ends library functions by the fuel of the step', () => {
    expect(failureOf(() => open('_genesys.ixn.loop()').value('_genesys.ixn.loop()'))).to.match(/too long/);
  });

  for (const change of [
    '_genesys.ixn = 1',
    '_genesys.ixn.calls = {}',
    "_genesys.ixn.calls.c1.name = 'Eve'",
    '_genesys.ixn.calls.c1.at.deep.push(3)',
    'delete _genesys.ixn.calls.c1',
    '_genesys.ixn.nameOf = 1',
    '_genesys.ixn.kinds.chat = 6',
    '_genesys.ixn.setuData = 1',
    '_genesys.ixn.count.prototype.x = 1',
    'Object.getPrototypeOf(_genesys.ixn).nameOf = 1',
    'Object.getPrototypeOf(Object.getPrototypeOf(_genesys.ixn)).nameOf = 1',
    'Object.setPrototypeOf(_genesys.ixn, null)',
    "Object.defineProperty(_genesys, 'ixn', { value: 1 })",
  ]) {
    it(`cannot be changed: ${change}`, () => {
      const guest = new Guest(
        { scripts: [change], values: ['_genesys.ixn.calls', "_genesys.ixn.nameOf('c1')"] },
        hosted(),
      );
      guest.scope.setView(showing({ ixn: ann }));
      failureOf(() => guest.run(change));
      expect(guest.value('_genesys.ixn.calls')).to.deep.equal(ann.calls);
      expect(guest.value("_genesys.ixn.nameOf('c1')")).to.equal('Ann');
    });
  }

  it('refuses to be assigned to or declared', () => {
    const guest = new Guest({ scripts: ['_genesys = 1', 'var _genesys = 1', 'function f(_genesys) {}'] }, hosted());
    expect(guest.problems.map(({ message }) => message)).to.deep.equal(
      Array.from({ length: 3 }, () => '_genesys is read-only (SCXML 5.10)'),
    );
    expect(failureOf(() => guest.scope.declare('_genesys'))).to.match(/cannot be the name/);
  });

  it('is not there without a platform', () => {
    const guest = new Guest({ values: ['_genesys', '__Log(1)', '[1].toSource()'] }, ecmascript());
    expect(failureOf(() => guest.value('_genesys'))).to.match(/_genesys is not defined/);
    expect(failureOf(() => guest.value('__Log(1)'))).to.match(/__Log is not defined/);
    expect(guest.value('[1].toSource()')).to.equal('[1]');
  });

  it('is not needed by documents that do not read it', () => {
    const readsView = (value: string): boolean => new Guest({ values: [value] }, hosted()).program.views.length > 0;
    expect(['1', "__Log('x')", '({ _genesys: 1 })', '_genesys', 'typeof _genesys'].map(readsView)).to.deep.equal([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  const named: [value: string, roots: string[]][] = [
    ['_genesys.ixn.calls', ['ixn']],
    ['_genesys\n  .plain', ['plain']],
    ['_genesys?.plain', ['plain']],
    ['[_genesys.ixn, _genesys.plain]', ['ixn', 'plain']],
    ['(() => _genesys.plain)()', ['plain']],
    ['_genesys', ['ixn', 'plain']],
    ['_genesys["ixn"]', ['ixn', 'plain']],
    ['_genesys/**/.ixn', ['ixn', 'plain']],
    ['_genesys.\\u0069xn', ['ixn', 'plain']],
    ['_genesys.ixnä', ['ixn', 'plain']],
    ['[_genesys].length', ['ixn', 'plain']],
    ['_genesys.nothing', ['ixn', 'plain']],
    ["'_genesys.ixn'", []],
  ];
  for (const [value, roots] of named)
    it(`is shown to ${value} as ${roots.join(' and ') || 'nothing'}`, () => {
      const guest = new Guest({ values: [value] }, hosted());
      expect(guest.program.views).to.deep.equal(roots);
      guest.scope.setView(showing({ ixn: ann, plain: {} }));
      guest.value(value);
    });

  it('is read by functions that sources call elsewhere', () => {
    const guest = new Guest(
      { scripts: ['function size() { return _genesys.ixn.count(); }'], values: ['size()'] },
      hosted(),
    );
    guest.run('function size() { return _genesys.ixn.count(); }');
    guest.scope.setView(showing({ ixn: ann }));
    expect(guest.value('size()')).to.equal(1);
  });

  it('hands calls out in order, with their arguments as they were', () => {
    const script =
      "var o = { a: 1 }; _genesys.ixn.setuData(o, 'c1'); o.a = 2; _genesys.ixn.drop(); _genesys.ixn.setuData(o)";
    const guest = new Guest({ scripts: [script], values: ['_genesys.ixn.drop(1)'] }, hosted());
    const heard = called(guest);
    guest.run(script);
    expect(told(heard)).to.deep.equal([
      ['urn:ixn', 'setuData', [{ a: 1 }, 'c1']],
      ['urn:ixn', 'drop', []],
      ['urn:ixn', 'setuData', [{ a: 2 }]],
    ]);
    expect(guest.value('_genesys.ixn.drop(1)')).to.equal(undefined);
    expect(told(heard)).to.deep.equal([['urn:ixn', 'drop', [1]]]);
  });

  it('hands out what was called before a source failed', () => {
    const script = '_genesys.ixn.drop(1); nothing.there';
    const guest = new Guest({ scripts: [script] }, hosted());
    const heard = called(guest);
    expect(failureOf(() => guest.run(script))).to.match(/nothing is not defined/);
    expect(told(heard)).to.deep.equal([['urn:ixn', 'drop', [1]]]);
  });

  it('limits calls in a step, and what they say', () => {
    const many = 'for (;;) _genesys.ixn.drop()';
    const long = "_genesys.ixn.drop('x'.repeat(1000000), 'x'.repeat(1000000), 'x'.repeat(1000000))";
    const guest = new Guest({ scripts: [many, long, '_genesys.ixn.drop(() => 1)'] }, hosted());
    const heard = called(guest);
    expect(failureOf(() => guest.run(many))).to.match(/1000 times/);
    expect(heard.splice(0).length).to.be.within(990, 1000);
    guest.scope.begin(1);
    expect(failureOf(() => guest.run(long))).to.match(/too long/);
    expect(failureOf(() => guest.run('_genesys.ixn.drop(() => 1)'))).to.match(/cannot leave the session/);
    expect(heard).to.deep.equal([]);
  });

  it('hears nothing of what runs while a session is saved or shown', () => {
    const script = 'var o = { get x() { _genesys.ixn.drop(); return 1; } }';
    const guest = new Guest({ scripts: [script], values: ['1'] }, hosted());
    const heard = called(guest);
    guest.run(script);
    guest.scope.save();
    guest.scope.variables();
    guest.value('1');
    expect(heard).to.deep.equal([]);
  });

  it('is not saved: a session that is restored sees it with its next event', () => {
    const guest = new Guest(
      { scripts: ['var mine = _genesys.ixn.calls'], values: ['mine', '_genesys.ixn.calls'] },
      hosted(),
    );
    guest.scope.setView(showing({ ixn: ann }));
    guest.run('var mine = _genesys.ixn.calls');
    expect(guest.scope.save()).not.to.include('_genesys');
    guest.reopen();
    expect(guest.value('_genesys.ixn.calls')).to.equal(undefined);
    expect(guest.value('mine')).to.deep.equal(ann.calls);
    guest.scope.setView(showing({ ixn: ann }));
    expect(guest.value('_genesys.ixn.calls')).to.deep.equal(ann.calls);
  });

  it('shows data that JSON does not have', () => {
    const guest = new Guest({ values: ['_genesys.ixn.d.getTime()', '_genesys.ixn.$x'] }, hosted());
    guest.scope.setView(showing({ ixn: toData({ d: new Date(5), $x: 1 }) as never }));
    expect(guest.value('_genesys.ixn.d.getTime()')).to.equal(5);
    expect(guest.value('_genesys.ixn.$x')).to.equal(1);
  });

  it('refuses a library that names more than intrinsics', () => {
    const model = { root: 'a', namespace: 'urn:a', functions: [], library: '{ f() { return process; } }' };
    expect(() => new Guest({ values: ['_genesys'] }, ecmascript({ platform: [model] }))).to.throw(/names "process"/);
  });

  it('has host functions, which a document may replace', () => {
    const own = 'function __Log(x) { return x + 1; }';
    const guest = new Guest(
      { scripts: [own], values: ['__Log(1)', '__GetDocumentURL()', '__GetCurrentStates()'] },
      hosted(),
    );
    const heard = called(guest);
    guest.scope.entered('a');
    guest.scope.entered('# 1');
    guest.scope.entered('b');
    expect(guest.value('__GetDocumentURL()')).to.equal('file:///a.scxml');
    expect(guest.value('__GetCurrentStates()')).to.deep.equal(['a', 'b']);
    guest.value('__Log(1)');
    expect(told(heard)).to.deep.equal([[undefined, '__Log', [1]]]);
    guest.run(own);
    expect(guest.value('__Log(1)')).to.equal(2);
    guest.reopen();
    expect(guest.value('__Log(1)')).to.equal(2);
    expect(heard).to.deep.equal([]);
  });
});
