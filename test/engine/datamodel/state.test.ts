/** How much a session may hold when it is saved: the limit `state`, on both kernels, and what it does to a sandbox's journal. */
import { expect } from 'chai';
import { isolatedKernel } from '../../../engine/datamodel/ecmascript/isolated/kernel.js';
import { defaultLimits, LimitError } from '../../../engine/limits.js';
import { failureOf, Guest, parseXml } from './guest.js';
import { onBothKernels } from './kernels.js';

const LIMIT = 2000;
const shrink = 'v = 1';

/** Scripts whose variable `v` is more than LIMIT characters, each by something else. */
const large: Readonly<Record<string, string>> = {
  'a text': 'var v = "x".repeat(2000)',
  'a text that grows when it is written': 'var v = "\\u0001".repeat(500)',
  'a name': 'var v = { ["k".repeat(2000)]: 1 }',
  'many names': 'var v = {}; for (var i = 0; i < 500; i++) v["k" + i] = i',
  'many numbers': 'var v = Array(1500).fill(1)',
  'small values, each for 16 characters': 'var v = Array(126).fill(0)',
  'a list in a list': 'var v = [[["x".repeat(1000)], "x".repeat(1000)]]',
  'a map': 'var v = new Map([["x".repeat(1000), "x".repeat(1000)]])',
  'a set': 'var v = new Set(["x".repeat(1000), "y".repeat(1000)])',
  'a big integer': 'var v = 10n ** 2500n',
  'a regular expression': 'var v = new RegExp("x".repeat(2000))',
  'a text behind a getter': 'var v = { get a() { return "x".repeat(2000) } }',
};

onBothKernels('the data of a session', ({ Guest, ecmascript }) => {
  for (const [what, script] of Object.entries(large)) {
    it(`may not be larger than the limit: ${what}`, () => {
      const guest = new Guest({ scripts: [script, shrink] }, ecmascript({ state: LIMIT }));
      guest.run(script);
      expect(() => guest.scope.save()).to.throw(LimitError, 'more than 2000 characters when they are saved');
      expect(() => guest.scope.save(), 'as it was').to.throw(LimitError);
      guest.run(shrink);
      guest.reopen();
      expect(guest.scope.variables()['v']).to.equal(1);
    });
  }

  it('may be exactly as large as the limit', () => {
    const script = 'var v = ""';
    const saves = (length: number): boolean => {
      const guest = new Guest({ scripts: [script] }, ecmascript({ state: LIMIT }));
      guest.run(script);
      guest.scope.defineData('v', 'x'.repeat(length));
      try {
        guest.scope.save();
        return true;
      } catch (error) {
        expect(error).to.be.instanceOf(LimitError);
        return false;
      }
    };
    const written = JSON.stringify({ variables: { v: '' }, states: [], lost: [] }).length;
    expect(saves(LIMIT - written)).to.equal(true);
    expect(saves(LIMIT - written + 1)).to.equal(false);
  });

  it('may be a mebibyte when nobody says otherwise', () => {
    const script = 'var v = "x".repeat(1000000)';
    const more = 'v += v';
    const guest = new Guest({ scripts: [script, more] });
    guest.run(script);
    guest.reopen();
    guest.run(more);
    expect(() => guest.scope.save()).to.throw(LimitError, `more than ${defaultLimits.state} characters`);
  });
});

describe('a sandboxed session whose data are too large for a while', () => {
  const grow = 'var v = "x".repeat(3000); for (var i = 0; i < 500; i++) ;';
  const count = 'n++';
  const bomb = 'var a = []; for (;;) a.push("x".repeat(1e6) + a.length)';

  /** Its clock makes `grow` a long evaluation, after which a sandbox saves of its own. */
  const open = async () => {
    let now = 0;
    const limits = { memory: 24, evaluation: 10_000, step: 20_000 };
    const kernel = await isolatedKernel({ limits, elapsed: () => (now += 4) });
    const datamodel = kernel.datamodel('a', { parseXml, fuel: 1e9, state: LIMIT });
    const guest = new Guest({ scripts: [grow, shrink, count, bomb], values: ['n', 'v.length'] }, datamodel);
    await kernel.ready();
    guest.scope.defineData('n', 0);
    return { kernel, guest };
  };

  it('goes on within the step, and is saved when they are smaller', async () => {
    const { guest } = await open();
    guest.run(grow);
    expect(guest.value('v.length')).to.equal(3000);
    guest.run(count);
    guest.run(shrink);
    guest.scope.save();
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    guest.run(count);
    expect(guest.value('n')).to.equal(2);
  });

  it('ends with its sandbox until then', async () => {
    const { kernel, guest } = await open();
    guest.run(grow);
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    await kernel.ready();
    expect(() => guest.value('n')).to.throw(LimitError, 'could not be saved');
  });

  it('goes on through any number of short evaluations', async () => {
    const { guest } = await open();
    guest.scope.defineData('v', 'x'.repeat(3000));
    for (let round = 0; round < 1200; round++) guest.run(count);
    guest.run(shrink);
    guest.scope.save();
    expect(failureOf(() => guest.run(bomb))).to.include('memory');
    expect(guest.value('n')).to.equal(1200);
  });
});
