/** System variables (SCXML 5.10), the clock and the dice. */
import { expect } from 'chai';
import { at, failureOf, system, type Guest } from './guest.js';
import { onBothKernels } from './kernels.js';

onBothKernels('system variables', ({ Guest }) => {
  const values = [
    '[_sessionid, _name, _ioprocessors.scxml.location, Object.keys(_ioprocessors).length, _x.nested.deep]',
    '_event',
    '_event.data.list',
    'typeof _event',
    '_event.data',
    'Object.keys(_event)',
    'seen()',
    'kept.list',
  ];
  const forging = {
    name: '_event.name = "other"',
    data: '_event.data = {}',
    'a new field': '_event.raw = 1',
    'a delete': 'delete _event.name',
    'an I/O processor': '_ioprocessors.scxml.location = "x"',
    'a new I/O processor': '_ioprocessors.http = {}',
    'a platform variable': '_x.nested.deep = false',
    In: 'In.x = 1',
  };
  const script = 'function seen() { return _event.name }';
  const keep = 'var kept = _event.data';
  let guest: Guest;

  beforeEach(() => {
    guest = new Guest({ scripts: [script, keep, '_event.data.list.push(3)', ...Object.values(forging)], values });
    guest.run(script);
    guest.scope.setEvent({
      name: 'e.1',
      type: 'external',
      origin: '#_o',
      data: { list: [1, 2], $odd: { $undefined: 1 } },
    });
  });

  it('are bound', () => {
    expect(guest.value(values[0] ?? '')).to.deep.equal(['session-1', 'document', '#_scxml_session-1', 2, true]);
  });

  for (const [what, forgery] of Object.entries(forging)) {
    it(`cannot be forged: ${what}`, () => {
      expect(failureOf(() => guest.run(forgery))).to.match(/^TypeError/);
    });
  }

  it('_event has all the fields of SCXML 5.10.1 and raw, absent ones undefined', () => {
    expect(guest.value('Object.keys(_event)')).to.deep.equal([
      'name',
      'type',
      'sendid',
      'origin',
      'origintype',
      'invokeid',
      'data',
      'raw',
    ]);
    guest.scope.setEvent({ name: 'bare', type: 'internal' });
    expect(guest.value('_event.data')).to.equal(undefined);
  });

  it('_event is seen by functions too, and follows the newest event', () => {
    expect(guest.value('seen()')).to.equal('e.1');
    guest.scope.setEvent({ name: 'e.2', type: 'platform' });
    expect(guest.value('seen()')).to.equal('e.2');
    guest.scope.setEvent(undefined);
    expect(guest.value('typeof _event')).to.equal('undefined');
  });

  it('_event is unbound before the first event', () => {
    const fresh = new Guest({ values: ['typeof _event', '_event.name'] });
    expect(fresh.value('typeof _event')).to.equal('undefined');
    expect(failureOf(() => fresh.value('_event.name'))).to.match(/^TypeError/);
  });

  it("the data of an event is the session's own copy", () => {
    const data = { list: [1, 2] };
    guest.scope.setEvent({ name: 'e', type: 'external', data });
    guest.run(keep);
    guest.run('_event.data.list.push(3)');
    expect(guest.value('kept.list')).to.deep.equal([1, 2, 3]);
    expect(data.list).to.deep.equal([1, 2]);
  });

  it('are neither saved nor shown', () => {
    expect(guest.scope.variables()).to.deep.equal({});
    expect(guest.scope.save()).not.to.include('session-1');
  });

  it('In knows the states that were entered and not exited', () => {
    const own = new Guest({ conditions: ['In("a")', "In('b')"], values: ['1'] });
    own.scope.entered('a');
    own.scope.entered('b');
    own.scope.exited('b');
    expect([own.condition('In("a")'), own.condition("In('b')"), own.program.usesIn]).to.deep.equal([true, false, true]);
    own.reopen();
    expect(own.condition('In("a")')).to.equal(true);
    expect(new Guest({ values: ['1'] }).program.usesIn).to.equal(false);
  });
});

onBothKernels('variables of the host', ({ Guest }) => {
  for (const name of [
    'continue',
    'a-b',
    '1a',
    '',
    'a b',
    '$',
    '$k',
    'eval',
    'undefined',
    '_event',
    'In',
    '_x',
    'a=1,b',
    'let',
  ]) {
    it(`cannot be called ${JSON.stringify(name)}`, () => {
      const { scope } = new Guest({});
      for (const work of [() => scope.declare(name), () => scope.defineData(name, 1)]) {
        expect(failureOf(work)).to.include('cannot be the name of a variable');
      }
    });
  }

  it('may hide an intrinsic, or be __proto__', () => {
    const guest = new Guest({ values: ['[Math, __proto__, typeof Date]'] });
    guest.scope.defineData('Math', 1);
    guest.scope.defineData('__proto__', 2);
    expect(guest.value('[Math, __proto__, typeof Date]')).to.deep.equal([1, 2, 'function']);
  });

  it('declare leaves a value alone, define replaces it', () => {
    const guest = new Guest({ values: ['a', '{ n: 1 }'] });
    guest.scope.defineData('a', 1);
    guest.scope.declare('a');
    expect(guest.value('a')).to.equal(1);
    guest.scope.define('a', guest.chunk('value', '{ n: 1 }'));
    expect(guest.scope.variables()).to.deep.equal({ a: { n: 1 } });
  });
});

onBothKernels('time and chance', ({ Guest, after }) => {
  const values = [
    '[Date.now(), new Date().getTime(), +new Date]',
    'new Date(5).getTime()',
    'typeof Date()',
    'Math.random()',
    'Date()',
  ];

  it('every way to ask for the time answers the time of the step', () => {
    const guest = new Guest({ values });
    for (const now of [0, 1_700_000_000_000]) {
      guest.scope.begin(now);
      expect(guest.value(values[0] ?? '')).to.deep.equal([now, now, now]);
      // The name of the time zone behind it is the engine's own. ECMA-262 21.4.4.41.3
      expect(String(guest.value('Date()')).slice(0, 33)).to.equal(new Date(now).toString().slice(0, 33));
    }
    expect([guest.value('new Date(5).getTime()'), guest.value('typeof Date()')]).to.deep.equal([5, 'string']);
    expect(
      after('class D extends Date {}', '[new D().getTime(), new Date() instanceof Date, Date.UTC(1970, 0, 2)]'),
    ).to.deep.equal([0, true, 86_400_000]);
  });

  it('two sessions in turns each keep their own', () => {
    const one = new Guest({ values });
    const two = one.program.open(system);
    one.scope.begin(1);
    two.begin(2);
    expect(one.value(values[0] ?? '')).to.deep.equal([1, 1, 1]);
    expect(two.value(one.chunk('value', values[0] ?? ''))).to.deep.equal([2, 2, 2]);
    expect(one.value('Math.random()')).to.equal(two.value(one.chunk('value', 'Math.random()')));
  });

  it("Math.random is the seed's, and goes on after a restore", () => {
    const rolls = (guest: Guest): unknown[] => [1, 2, 3].map(() => guest.value('Math.random()'));
    const [first, same, other] = [new Guest({ values }), new Guest({ values }), new Guest({ values }, undefined, 8)];
    const expected = rolls(first);
    expect(rolls(same)).to.deep.equal(expected);
    expect(rolls(other)).not.to.deep.equal(expected);
    for (const roll of expected) expect(roll).to.be.within(0, 1);
    same.reopen();
    expect(rolls(same)).to.deep.equal(rolls(first));
  });
});

onBothKernels('foreach (SCXML 4.6)', ({ Guest }) => {
  const open = (script: string): Guest => {
    const guest = new Guest({
      scripts: [script, 'seen.push([item, i]); list.push(9)'],
      values: ['list', 'seen', '[item, i]', 'typeof item'],
    });
    guest.run(script);
    return guest;
  };
  const walk = (guest: Guest, item = 'item', index: string | undefined = 'i', most = Infinity): void => {
    let left = most;
    guest.scope.foreach(guest.chunk('value', 'list'), item, index, () => {
      guest.run('seen.push([item, i]); list.push(9)');
      return --left > 0;
    });
  };

  it('walks a copy, declares item and index, and leaves their last values', () => {
    const guest = open('var list = ["a", "b"], seen = []');
    walk(guest);
    expect(guest.value('seen')).to.deep.equal([
      ['a', 0],
      ['b', 1],
    ]);
    expect(guest.value('list')).to.deep.equal(['a', 'b', 9, 9]);
    expect(guest.value('[item, i]')).to.deep.equal(['b', 1]);
  });

  it('stops when the body says so', () => {
    const guest = open('var list = [1, 2, 3], seen = []');
    walk(guest, 'item', 'i', 2);
    expect(guest.value('seen')).to.have.length(2);
  });

  it('declares the item of an empty array', () => {
    const guest = open('var list = [], seen = []');
    walk(guest);
    expect(guest.scope.variables()).to.have.keys('list', 'seen', 'item', 'i');
  });

  it('the item is the element itself', () => {
    const guest = new Guest({ scripts: ['var list = [{}]', 'item.mark = 1'], values: ['list'] });
    guest.run('var list = [{}]');
    guest.scope.foreach(guest.chunk('value', 'list'), 'item', undefined, () => (guest.run('item.mark = 1'), true));
    expect(guest.value('list')).to.deep.equal([{ mark: 1 }]);
  });

  for (const value of ['7', '"text"', 'null', '{ length: 1 }', 'new Set([1])']) {
    it(`refuses ${value}`, () => {
      const guest = open(`var list = ${value}, seen = []`);
      expect(failureOf(() => walk(guest))).to.equal('TypeError: foreach needs an array');
    });
  }

  it('refuses illegal names before the first round (W3C test 152)', () => {
    const guest = open('var list = [1], seen = []');
    expect(failureOf(() => walk(guest, 'continue'))).to.include('"continue" cannot be');
    expect(failureOf(() => walk(guest, 'item', '_event'))).to.include('"_event" cannot be');
    expect(guest.value('seen')).to.deep.equal([]);
  });
});

onBothKernels('a program', ({ Guest, ecmascript }) => {
  it('answers an unknown number with an ExpressionError', () => {
    const builder = ecmascript().builder();
    builder.add('value', '1', at);
    const scope = builder.build().open(system);
    expect(failureOf(() => scope.value(5))).to.include('no source 5');
  });

  it('takes its fuel from the options', () => {
    const guest = new Guest({ scripts: ['for (var i = 0; i < 20; i++) ;'] }, ecmascript({ fuel: 10 }));
    expect(failureOf(() => guest.run('for (var i = 0; i < 20; i++) ;'))).to.match(/fuel/);
  });
});
