/** Sandboxes that break, fill up and are replaced: sessions go on. And what passes from one kernel to the other. */
import { expect } from 'chai';
import { isolatedKernel, type IsolatedKernelOptions } from '../../../engine/datamodel/ecmascript/isolated/kernel.js';
import { LimitError } from '../../../engine/limits.js';
import { failureOf, Guest, parseXml, system, type Texts } from './guest.js';
import { isolated, trusted } from './kernels.js';

const bomb = 'var a = []; for (;;) a.push("x".repeat(1e6) + a.length)';
const loop = 'for (var i = 0; ; i++) ;';
const lists = 'var list = [1, 2, 3], seen = []';
const short = 'for (var i = 0; i < 300; i++) ;';
const fill = 'var a = []; for (var i = 0; i < 10; i++) a.push("x".repeat(1e6) + i); a = 0';
const small = { memory: 24, evaluation: 10_000, step: 20_000 };

const open = async (options: IsolatedKernelOptions = { limits: small }, fuel = 1e9) => {
  const kernel = await isolatedKernel(options);
  return {
    kernel,
    guest: (texts: Texts, author = 'a') => new Guest(texts, kernel.datamodel(author, { parseXml, fuel })),
  };
};

const counter = {
  scripts: ['var n = 0, o = { list: [] }, again = o.list', 'n++; o.list.push(n)', bomb],
  values: ['[n, o, again === o.list]', 'Math.random()', '1'],
};
const start = counter.scripts[0] ?? '';
const count = counter.scripts[1] ?? '';
const state = counter.values[0] ?? '';

describe('a sandbox that breaks', () => {
  it('is an error for who broke it, who goes on where he was in the step', async () => {
    const { kernel, guest } = await open();
    const session = guest(counter);
    await kernel.ready();
    session.run(start);
    session.scope.begin(1);
    session.run(count);
    expect(failureOf(() => session.run(bomb))).to.include('memory');
    session.run(count);
    expect(session.value(state)).to.deep.equal([2, { list: [1, 2] }, true]);
  });

  it('is counted, and those that are open', async () => {
    const { kernel, guest } = await open();
    const { open: spares, broken } = kernel.sandboxes();
    const session = guest(counter);
    session.run(start);
    await kernel.ready();
    expect([broken, kernel.sandboxes()]).to.deep.equal([0, { open: spares + 1, broken: 0 }]);
    expect(failureOf(() => session.run(bomb))).to.include('memory');
    expect(kernel.sandboxes()).to.deep.equal({ open: spares, broken: 1 });
    kernel.close();
    expect(kernel.sandboxes()).to.deep.equal({ open: 0, broken: 1 });
  });

  it('is nothing to other sessions: variables, chance, event, states and time stay theirs', async () => {
    const { kernel, guest } = await open();
    const values = ['[n, _event.data, In("s"), In("t"), Date.now()]', 'Math.random()'];
    const [hostile, other, twin] = [guest(counter), guest({ ...counter, values }), guest({ ...counter, values }, 'b')];
    for (const each of [other, twin]) {
      each.scope.begin(5);
      each.run(start);
      each.scope.entered('s');
      each.scope.entered('t');
      each.scope.exited('t');
      each.scope.setEvent({ name: 'e', type: 'external', data: { k: 1 } });
      for (let i = 0; i < 1200; i++) each.run(count);
      each.value('Math.random()');
    }
    await kernel.ready();
    expect(failureOf(() => hostile.run(bomb))).to.include('memory');
    expect(other.value(values[0] ?? '')).to.deep.equal([1200, { k: 1 }, true, false, 5]);
    expect(other.value('Math.random()')).to.equal(twin.value('Math.random()'));
  });

  it('is nothing to the fuel of a step: what ran out of it before does so again, at the same place', async () => {
    const turns = 'for (var i = 0; i < 600; i++) n++';
    const { kernel, guest } = await open({ limits: small }, 1000);
    const hostile = new Guest({ scripts: [bomb] }, kernel.datamodel('a', { parseXml, fuel: 1e9 }));
    const session = guest({ scripts: [turns], values: ['[n, Date.now(), _event.name]'] });
    session.scope.defineData('n', 0);
    session.scope.begin(1);
    session.scope.begin(2);
    session.run(turns);
    session.scope.setEvent({ name: 'e', type: 'internal' });
    expect(failureOf(() => session.run(turns))).to.include('fuel');
    session.scope.begin(3);
    session.run(turns);
    expect(session.value('[n, Date.now(), _event.name]')).to.deep.equal([1600, 3, 'e']);
    session.scope.begin(4);
    await kernel.ready();
    expect(failureOf(() => hostile.run(bomb))).to.include('memory');
    expect(session.value('[n, Date.now(), _event.name]')).to.deep.equal([1600, 4, 'e']);
  });

  it('is made good by little work, however much a session did in it', async () => {
    let asked = 0;
    const { kernel, guest } = await open({ limits: small, elapsed: () => (asked += 1) });
    const [hostile, session] = [guest(counter), guest({ scripts: [short, start, count], values: ['n'] })];
    session.run(start);
    for (let step = 0; step < 600; step++) {
      session.scope.begin(step);
      session.run(count);
      session.run(short);
    }
    await kernel.ready();
    expect(failureOf(() => hostile.run(bomb))).to.include('memory');
    const before = asked;
    expect(session.value('n')).to.equal(600);
    expect(asked - before).to.be.below(250);
    expect(before).to.be.above(1000);
  });

  it('is replaced in the middle of a foreach', async () => {
    const { kernel, guest } = await open();
    const session = guest({ scripts: [lists, 'seen.push(item)', bomb], values: ['list', 'seen'] });
    session.run(lists);
    await kernel.ready();
    let round = 0;
    session.scope.foreach(session.chunk('value', 'list'), 'item', undefined, () => {
      if (++round === 2) expect(failureOf(() => session.run(bomb))).to.include('memory');
      session.run('seen.push(item)');
      return true;
    });
    expect(session.value('seen')).to.deep.equal([1, 2, 3]);
  });

  it('is not replaced again and again in one step, and the session ends when it does not stop', async () => {
    const { kernel, guest } = await open();
    const session = guest(counter);
    expect(failureOf(() => session.run(bomb))).to.include('memory');
    expect(failureOf(() => session.value('1'))).to.include('no fresh sandbox is ready');
    for (let step = 0; step < 3; step++) {
      await kernel.ready();
      session.scope.begin(step);
      expect(session.value('1')).to.equal(1);
      expect(failureOf(() => session.run(bomb))).to.include('memory');
    }
    await kernel.ready();
    expect(() => session.scope.begin(9)).to.throw(LimitError, 'broke its sandbox 4 times');
  });
});

describe('sandboxes', () => {
  it('of authors who have rested longest give way, and open again with all that was in them', async () => {
    const { kernel, guest } = await open({ limits: { ...small, domains: 2 } });
    const sessions = [];
    for (const author of ['a', 'b', 'c']) {
      await kernel.ready();
      const session = guest(counter, author);
      session.run(start);
      session.run(count);
      sessions.push(session);
    }
    for (const session of sessions) {
      await kernel.ready();
      session.scope.begin(1);
      expect(session.value(state)).to.deep.equal([1, { list: [1] }, true]);
    }
  });

  it('that are nearly full are replaced between steps', async () => {
    const { kernel, guest } = await open({ limits: { ...small, memory: 32, full: 0.4 } });
    const session = guest({ scripts: [start, count, fill], values: [state] });
    session.run(start);
    session.run(fill);
    for (let step = 0; step < 5; step++) {
      await kernel.ready();
      session.scope.begin(step);
      session.run(count);
    }
    expect(session.value(state)).to.deep.equal([5, { list: [1, 2, 3, 4, 5] }, true]);
  });

  it('say what to do when there is none, and when they are closed', async () => {
    const { kernel, guest } = await open({ limits: { ...small, spares: 1 } });
    guest({ values: ['1'] }, 'a');
    expect(failureOf(() => guest({ values: ['1'] }, 'b'))).to.include('await ready()');
    await kernel.ready();
    const session = guest({ values: ['1'] }, 'b');
    kernel.close();
    expect(failureOf(() => session.value('1'))).to.include('no fresh sandbox');
  });
});

describe('time in a sandbox', () => {
  it('is counted in work when there is no clock: a loop ends at the same place each time', async () => {
    const ends = [];
    for (let round = 0; round < 2; round++) {
      const { guest } = await open({ limits: { evaluation: 1 } });
      const session = guest({ scripts: [loop], values: ['i'] });
      expect(failureOf(() => session.run(loop))).to.include('1 ms an evaluation');
      ends.push(session.value('i'));
    }
    expect(ends[0]).to.equal(ends[1]);
  });

  it("is the clock's when there is one, and of a whole step besides", async () => {
    let now = 0;
    const { guest } = await open({ limits: { evaluation: 50, step: 120 }, elapsed: () => (now += 1) });
    const session = guest({ scripts: [loop, short] });
    session.run(short);
    for (let round = 0; round < 3; round++) expect(failureOf(() => session.run(loop))).to.include('runs too long');
    expect(failureOf(() => session.run(short))).to.include('runs too long');
    session.scope.begin(1);
    session.run(short);
  });

  it('is that of a whole step for what saves, shows and restores all data', async () => {
    let [now, pace] = [0, 0];
    const { guest } = await open({ limits: { evaluation: 50, step: 5000 }, elapsed: () => (now += pace) });
    const many = 'var many = new Set(); for (var i = 0; i < 4000; i++) many.add(i)';
    const session = guest({ scripts: [many], values: ['many.size'] });
    session.run(many);
    pace = 1;
    const saved = session.scope.save();
    expect(now).to.be.above(50);
    expect(session.scope.variables()['many']).to.have.property('size', 4000);
    session.scope = session.program.restore(JSON.parse(saved) as never, system);
    expect(session.value('many.size')).to.equal(4000);
  });
});

describe('a session saved on one kernel', () => {
  const script =
    'var n = 1, when = new Date(7), re = /a+/g, m = new Map([[1, new Set([n])]]), o = { big: 5n, u: undefined, z: -0 }, same = o; o.self = o; function add(k) { n += k; return n }';
  const values = ['[n, when, re, m, o.big, o.u, o.z, same === o.self]', 'add(2)', 'Math.random()', 'In("s")'];

  for (const [from, to] of [
    [trusted, isolated],
    [isolated, trusted],
  ] as const) {
    it(`${from.name} goes on on the other, and both save the same`, () => {
      const one = new from.Guest({ scripts: [script], values });
      one.run(script);
      one.scope.entered('s');
      one.value('Math.random()');
      const saved = one.scope.save();
      const two = new to.Guest({ scripts: [script], values });
      two.scope = two.program.restore(JSON.parse(saved) as never, system);
      two.scope.begin(0);
      expect(two.scope.save()).to.deep.equal(saved);
      for (const value of values) expect(two.value(value)).to.deep.equal(one.value(value));
      expect(two.scope.save()).to.deep.equal(one.scope.save());
    });
  }
});
