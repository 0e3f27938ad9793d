/** What `isolated/quickjs.ts` expects of the pinned build of QuickJS: the calls are not promised by anybody else. */
import { expect } from 'chai';
import { Broken, QuickJs, Thrown } from '../../../engine/datamodel/ecmascript/isolated/quickjs.js';
import { defaultKernelLimits } from '../../../engine/limits.js';

const limits = { ...defaultKernelLimits, memory: 32 };
const never = (): boolean => false;

describe('the build of QuickJS', () => {
  it('gives numbers and texts back as they were', async () => {
    const guest = await QuickJs.open(limits, never);
    const same = guest.evaluate('(value) => value', 'test');
    for (const number of [0, -1.5, 2 ** 53, Infinity])
      expect(guest.readNumber(guest.call(same, guest.number(number)))).to.equal(number);
    for (const text of ['', 'a', 'ä€😀', '"\\ud800"', 'x'.repeat(100_000)])
      expect(guest.readText(guest.call(same, guest.text(text)))).to.equal(text);
    expect(guest.readNumber(guest.text('{"a":1}'))).to.be.NaN;
    for (const number of [0, 7, -1, 2 ** 31 - 1, -(2 ** 31), 2 ** 31, 0.5])
      expect(guest.readNumber(guest.evaluate(String(number), 'test'))).to.equal(number);
  });

  it('tells truth, and for what only the guest can judge nothing', async () => {
    const guest = await QuickJs.open(limits, never);
    const truths = { true: true, false: false, 0: false, 1: true, '-1': true, null: false, undefined: false };
    for (const [text, truth] of Object.entries(truths))
      expect(guest.readTruth(guest.evaluate(text, 'test')), text).to.equal(truth);
    for (const text of ['0.5', '-0', 'NaN', '""', '"a"', '({})', '0n', '1n', 'Symbol()'])
      expect(guest.readTruth(guest.evaluate(text, 'test')), text).to.equal(undefined);
  });

  it('calls with four arguments, no this, and finds properties', async () => {
    const guest = await QuickJs.open(limits, never);
    const made = guest.evaluate(
      '({ f: function () { "use strict"; return this === undefined ? [].join.call(arguments) : 0 } })',
      '',
    );
    const args = ['a', 'b', 'c', 'd'].map((text) => guest.text(text));
    expect(guest.readText(guest.call(guest.property(made, 'f'), ...args))).to.equal('a,b,c,d');
  });

  it('tells what was thrown, and goes on', async () => {
    const guest = await QuickJs.open(limits, never);
    const thrower = guest.evaluate('() => { throw "thrown" }', '');
    for (let round = 0; round < 2; round++) {
      try {
        guest.call(thrower);
        expect.fail('nothing was thrown');
      } catch (error) {
        if (!(error instanceof Thrown)) throw error;
        expect(guest.readText(error.value)).to.equal('thrown');
      }
    }
    expect(() => guest.evaluate('a +', '')).to.throw(Thrown);
    expect(guest.broken).to.equal(false);
  });

  it('asks after each hundred calls or jumps, and after ten thousand steps of a regular expression', async () => {
    const asked: number[] = [];
    const guest = await QuickJs.open(limits, (done) => asked.push(done) === 0);
    guest.call(guest.evaluate('() => { for (let i = 0; i < 100000; i++) ; }', ''));
    expect(asked.length).to.be.within(900, 6000);
    expect(new Set(asked)).to.deep.equal(new Set([100]));
    asked.length = 0;
    guest.call(guest.evaluate('() => /^(a+)+$/.test("a".repeat(18) + "!")', ''));
    expect(asked.filter((done) => done === 10_000).length).to.be.within(10, 1000);
  });

  it('cannot be talked out of an interrupt', async () => {
    let enough = false;
    const guest = await QuickJs.open(limits, () => enough);
    const stubborn = guest.evaluate('() => { for (;;) try { for (;;) ; } catch (e) {} finally { continue } }', '');
    enough = true;
    expect(() => guest.call(stubborn)).to.throw(Thrown);
  });

  it('has no more memory than it was given', async () => {
    const guest = await QuickJs.open(limits, never);
    const greedy = guest.evaluate('() => { const all = []; for (;;) all.push("x".repeat(1e6) + all.length) }', '');
    expect(() => guest.call(greedy)).to.throw();
    expect(guest.used).to.be.within(0.5, 1);
  });

  for (const memory of [21, 24, 32]) {
    it(`never takes a want of memory for success: ${memory} MiB`, async () => {
      const guest = await QuickJs.open({ ...limits, memory }, never);
      for (const body of [
        'all.push([1, 2, 3, 4])',
        'all.push({})',
        'all.push(() => all)',
        'all = [all, "x" + all.length]',
      ]) {
        if (guest.broken) return;
        const greedy = guest.evaluate(`() => { let all = []; for (;;) ${body} }`, '');
        expect(() => guest.call(greedy), body).to.throw();
      }
    });
  }

  it('is broken after what WebAssembly throws, and then says so', async () => {
    const guest = await QuickJs.open({ ...limits, stack: 4096 }, never);
    const deep = guest.evaluate('() => JSON.parse("[".repeat(1e6))', '');
    expect(() => guest.call(deep)).to.throw(Broken, 'Maximum call stack');
    expect(guest.broken).to.equal(true);
    expect(() => guest.call(deep)).to.throw(Broken, 'this instance is broken');
    guest.free(deep);
  });

  it('has no typed arrays, no shared memory and no eval of its own kind for sources', async () => {
    const guest = await QuickJs.open(limits, never);
    const names = ['Uint8Array', 'ArrayBuffer', 'SharedArrayBuffer', 'Atomics', 'DataView', 'std', 'os'];
    const known = guest.evaluate(`${JSON.stringify(names)}.filter((name) => name in globalThis).join()`, '');
    expect(guest.readText(known)).to.equal('');
  });

  it('needs more memory than the instance itself takes', async () => {
    let refused: unknown;
    await QuickJs.open({ ...limits, memory: 16 }, never).catch((error: unknown) => (refused = error));
    expect(refused).to.be.instanceOf(RangeError);
  });
});
