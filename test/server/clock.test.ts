import { expect } from 'chai';
import fc from 'fast-check';
import { createActor, setup } from 'xstate';
import { wallClockOn } from '../../server/clock.js';
import { virtualClock } from '../../server/clock/virtual.js';

const DAY = 86_400_000;

async function rejection(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'it succeeded',
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : 'not an Error'),
  );
}

describe('virtualClock', () => {
  it('starts where it is told and moves only when told', async () => {
    const clock = virtualClock(1_000);
    await clock.settle();
    expect(clock.now()).to.equal(1_000);
    await clock.advance(250);
    expect(clock.now()).to.equal(1_250);
  });

  it('fires timers in due order, ties in the order they were set, each at its due time', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 40 }), async (delays) => {
        const clock = virtualClock();
        const fired: { delay: number; index: number; at: number }[] = [];
        delays.forEach((delay, index) => clock.setTimeout(() => fired.push({ delay, index, at: clock.now() }), delay));
        await clock.advance(20);
        const expected = delays
          .map((delay, index) => ({ delay, index, at: delay }))
          .sort((a, b) => a.delay - b.delay || a.index - b.index);
        expect(fired).to.deep.equal(expected);
      }),
      { numRuns: 50 },
    );
  });

  it('fires a timer at the end of the span and not one beyond it', async () => {
    const clock = virtualClock();
    const fired: number[] = [];
    clock.setTimeout(() => fired.push(10), 10);
    clock.setTimeout(() => fired.push(11), 11);
    await clock.advance(10);
    expect(fired).to.deep.equal([10]);
  });

  it('does not fire a cleared timer, and ignores an id it never gave', async () => {
    const clock = virtualClock();
    let fired = 0;
    clock.clearTimeout(clock.setTimeout(() => (fired += 1), 5));
    clock.clearTimeout('no such timer');
    await clock.advance(10);
    expect(fired).to.equal(0);
  });

  it('lets promises settle between timers, so that what they lead to happens at the right time', async () => {
    const clock = virtualClock();
    const log: string[] = [];
    const sleep = (ms: number): Promise<void> => new Promise((done) => void clock.setTimeout(done, ms));
    const walk = async (name: string, ms: number): Promise<void> => {
      for (let step = 1; step <= 3; step += 1) {
        await sleep(ms);
        await Promise.resolve().then(() => Promise.resolve());
        log.push(`${name}${step}@${clock.now()}`);
      }
    };
    void walk('a', 10);
    void walk('b', 15);
    await clock.advance(45);
    expect(log).to.deep.equal(['a1@10', 'b1@15', 'a2@20', 'b2@30', 'a3@30', 'b3@45']);
  });

  it('stands still while work outside the process goes on', async () => {
    const clock = virtualClock();
    const log: string[] = [];
    const outside = (): Promise<void> => new Promise((done) => void setImmediate(() => setImmediate(() => done())));
    clock.setTimeout(() => void clock.during(outside()).then(() => log.push(`answer@${clock.now()}`)), 10);
    clock.setTimeout(() => log.push(`next@${clock.now()}`), 11);
    await clock.advance(100);
    expect(log).to.deep.equal(['answer@10', 'next@11']);
  });

  it('goes on when the work outside fails', async () => {
    const clock = virtualClock();
    const failing = clock.during(Promise.reject(new Error('refused')));
    await clock.advance(1);
    expect(await rejection(failing)).to.equal('Error: refused');
    expect(clock.now()).to.equal(1);
  });

  it('crosses a year of timers', async () => {
    const clock = virtualClock();
    let days = 0;
    const nextDay = (): void => {
      days += 1;
      clock.setTimeout(nextDay, DAY);
    };
    clock.setTimeout(nextDay, DAY);
    await clock.advance(365 * DAY);
    expect(days).to.equal(365);
  });

  it('hands on the error of a timer and can be advanced again', async () => {
    const clock = virtualClock();
    clock.setTimeout(() => {
      throw new Error('broken');
    }, 5);
    expect(await rejection(clock.advance(10))).to.equal('Error: broken');
    expect(clock.now()).to.equal(5);
    await clock.advance(5);
    expect(clock.now()).to.equal(10);
  });

  it('refuses to be advanced twice at once', async () => {
    const clock = virtualClock();
    const first = clock.advance(1);
    expect(await rejection(clock.advance(1))).to.contain('advancing already');
    await first;
  });

  it('refuses time that is no time', async () => {
    const clock = virtualClock();
    for (const ms of [-1, NaN, Infinity]) expect(await rejection(clock.advance(ms))).to.contain('RangeError');
    for (const ms of [NaN, Infinity]) expect(() => clock.setTimeout(() => undefined, ms)).to.throw(RangeError);
  });

  it("drives XState's delayed transitions", async () => {
    const clock = virtualClock();
    const machine = setup({}).createMachine({
      initial: 'waiting',
      states: { waiting: { after: { 5_000: 'done' } }, done: { type: 'final' } },
    });
    const actor = createActor(machine, { clock }).start();
    await clock.advance(4_999);
    expect(actor.getSnapshot().value).to.equal('waiting');
    await clock.advance(1);
    expect(actor.getSnapshot().value).to.equal('done');
  });
});

describe('wallClock', () => {
  /** A machine as Node is: whole milliseconds, a limit above which it fires at once, and up to `early` ms too early. */
  function machine(early = 0) {
    const clock = virtualClock();
    const asked: number[] = [];
    return {
      asked,
      advance: (ms: number) => clock.advance(ms),
      now: () => 1_700_000_000_000 + Math.floor(clock.now()),
      elapsed: () => clock.now(),
      setTimeout: (fn: () => void, ms: number) => {
        asked.push(ms);
        return clock.setTimeout(fn, ms > 2 ** 31 - 1 ? 1 : Math.max(0, ms - early));
      },
      clearTimeout: (id: unknown) => clock.clearTimeout(id),
    };
  }

  it('keeps delays beyond the limit of the machine', async () => {
    const node = machine();
    const clock = wallClockOn(node);
    const start = clock.now();
    let fired: number | undefined;
    clock.setTimeout(() => (fired = clock.now() - start), 100 * DAY);
    await node.advance(99 * DAY);
    expect(fired).to.equal(undefined);
    await node.advance(DAY);
    expect(fired).to.equal(100 * DAY);
    expect(Math.max(...node.asked)).to.equal(2 ** 31 - 1);
  });

  it('never fires early, even if the machine does', async () => {
    const node = machine(0.75);
    const clock = wallClockOn(node);
    const start = clock.now();
    let fired: number | undefined;
    clock.setTimeout(() => (fired = clock.now() - start), 10);
    await node.advance(20);
    expect(fired).to.be.at.least(10);
  });

  it('clears a timer in any of its spans, once', async () => {
    const node = machine();
    const clock = wallClockOn(node);
    let fired = 0;
    const id = clock.setTimeout(() => (fired += 1), 60 * DAY);
    await node.advance(30 * DAY);
    clock.clearTimeout(id);
    clock.clearTimeout(id);
    await node.advance(60 * DAY);
    expect(fired).to.equal(0);
  });

  it('refuses a delay that is no number', () => {
    expect(() => wallClockOn(machine()).setTimeout(() => undefined, NaN)).to.throw(RangeError, 'NaN');
  });
});
