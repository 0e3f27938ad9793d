/**
 * What a hostile source may try (`attacks.ts`): each attempt is an error or comes to nothing, in bounded time, and a second session
 * beside it notices nothing. On the isolated kernel both are in one sandbox.
 */
import { expect } from 'chai';
import { ExpressionError } from '../../../engine/datamodel/datamodel.js';
import { beyondTrusted, escapes, refused, results, runaways, tampering, throwing } from './attacks.js';
import { natives } from './natives.js';
import { operators } from './operators.js';
import { at, failureOf, Guest, parseXml } from './guest.js';
import { clocked, onBothKernels, sandbox } from './kernels.js';

/** Milliseconds that the longest attempt may take on a busy machine. */
const BOUND = 5000;

const attempt = (guest: Guest, script: string): void => {
  try {
    guest.run(script);
  } catch (error) {
    expect(error).to.be.instanceOf(ExpressionError);
  }
};

onBothKernels(
  'a hostile source',
  ({ Guest: KernelGuest, ecmascript }) => {
    // A sandbox that an attempt broke is replaced between two tests.
    beforeEach(() => sandbox.ready());

    /** The failure of a script that has less than the usual fuel: what stops, stops sooner. */
    const refusedWork = (script: string): string => {
      const guest = new KernelGuest({ scripts: [script] }, ecmascript({ fuel: 100_000 }));
      guest.scope.defineData('n', 0);
      return failureOf(() => guest.run(script));
    };

    describe('does not reach the host by', () => {
      for (const [what, script] of Object.entries(escapes)) {
        it(what, () => {
          const guest = new KernelGuest({ scripts: [script], values: ['typeof stolen'] });
          guest.scope.declare('stolen');
          attempt(guest, script);
          guest.scope.begin(1);
          expect(guest.value('typeof stolen')).to.equal('undefined');
        });
      }
    });

    describe('is refused before it runs', () => {
      for (const script of refused) {
        it(script, () => {
          const builder = ecmascript().builder();
          builder.add('script', script, at);
          expect(builder.problems).to.have.length(1);
        });
      }
    });

    describe('does not change for others', () => {
      for (const [what, script, expression, value] of tampering) {
        it(what, () => {
          const victim = new KernelGuest({ scripts: ['var victim = 1'], values: [expression] });
          victim.run('var victim = 1');
          const attacker = new KernelGuest({ scripts: [script] });
          attempt(attacker, script);
          victim.scope.begin(0);
          expect(victim.value(expression)).to.deep.equal(value);
          expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
        });
      }
    });

    describe('is stopped in', () => {
      for (const [what, script] of Object.entries(runaways)) {
        it(what, () => {
          expect(refusedWork(script)).to.match(
            /fuel|RangeError|TypeError|runs too long|stack overflow|memory|too long|more than/,
          );
        }).timeout(BOUND);
      }

      it('and the next step has all its fuel again', () => {
        const loop = 'for (var i = 0; i < 90000; i++) ;';
        const guest = new KernelGuest({ scripts: [loop], values: ['i'] }, ecmascript({ fuel: 100_000 }));
        guest.run(loop);
        expect(failureOf(() => guest.run(loop))).to.match(/fuel/);
        guest.scope.begin(1);
        guest.run(loop);
        expect(guest.value('i')).to.equal(90000);
      });

      it('and one session does not spend the fuel of another', () => {
        const loop = 'for (var i = 0; i < 60000; i++) ;';
        const guest = new KernelGuest({ scripts: [loop] }, ecmascript({ fuel: 100_000 }));
        const other = new KernelGuest({ scripts: [loop] }, ecmascript({ fuel: 100_000 }));
        guest.run(loop);
        other.run(loop);
        expect(failureOf(() => guest.run(loop))).to.match(/fuel/);
      });
    });

    describe('may throw', () => {
      for (const [what, script] of Object.entries(throwing)) {
        it(what, () => {
          expect(refusedWork(script)).to.be.a('string').with.length.below(1001);
        });
      }
    });

    describe('may leave behind, for results and saves,', () => {
      for (const [what, script] of Object.entries(results)) {
        it(what, () => {
          const guest = new KernelGuest({ scripts: [script], values: ['v', '1'] });
          attempt(guest, script);
          expect(failureOf(() => guest.value('v'))).to.be.a('string');
          try {
            guest.scope.save();
          } catch (error) {
            expect(error).to.be.instanceOf(ExpressionError);
          }
          guest.scope.begin(1);
          expect(guest.value('1')).to.equal(1);
        });
      }
    });
  },
  clocked,
);

describe('what natives and operators do uninterrupted', () => {
  beforeEach(() => sandbox.ready());

  for (const [what, script] of [...Object.entries(natives), ...Object.entries(operators)]) {
    it(`is short, or refused: ${what}`, () => {
      const guest = new clocked.Guest({ scripts: [script] });
      guest.scope.defineData('n', 0);
      expect(failureOf(() => guest.run(script))).to.match(/runs too long|more than|memory/);
    }).timeout(BOUND);
  }
});

describe('a breach of the sandbox', () => {
  const loop = 'var f = (x) => f(x) + f(x); for (;;) try { f(1) } catch (e) {}';
  const bomb = 'var a = []; for (;;) a.push("x".repeat(1e6) + a.length)';
  const cases: [what: string, script: string, fuel: number, told: number][] = [
    ['too long a run', loop, 1e9, 1],
    ['too much memory', bomb, 1e9, 1],
    ['an error', 'throw 1', 1e9, 0],
    ['used up fuel', loop, 1000, 0],
  ];
  for (const [what, script, fuel, times] of cases) {
    it(`is told ${times === 1 ? 'once' : 'never'} of ${what}`, async () => {
      await sandbox.ready();
      let told = 0;
      const breached = (): void => {
        told += 1;
      };
      const guest = new Guest({ scripts: [script] }, sandbox.datamodel('tests', { parseXml, fuel, breached }));
      failureOf(() => guest.run(script));
      expect(told).to.equal(times);
    }).timeout(BOUND);
  }
});

describe('what only the isolated kernel contains', () => {
  beforeEach(() => sandbox.ready());

  for (const [what, { script, why }] of Object.entries(beyondTrusted)) {
    it(`${what}: ${why}`, async () => {
      const beside = new clocked.Guest({ scripts: ['var kept = { n: 1 }', 'kept.n++'], values: ['kept'] });
      beside.run('var kept = { n: 1 }');
      const guest = new clocked.Guest({ scripts: ['var before = 1', script], values: ['before'] });
      guest.scope.defineData('n', 0);
      guest.scope.defineData('big', { $bigint: `1${'0'.repeat(1000)}` });
      guest.run('var before = 1');
      expect(failureOf(() => guest.run(script))).to.match(
        /fuel|runs too long|memory|sandbox|stack overflow|too large|more than/,
      );
      beside.run('kept.n++');
      expect(beside.value('kept')).to.deep.equal({ n: 2 });
      await sandbox.ready();
      guest.scope.begin(1);
      expect(guest.value('before')).to.equal(1);
    }).timeout(BOUND);
  }
});
