import { expect } from 'chai';
import { virtualClock } from '../../../server/clock/virtual.js';
import type { InteractionId } from '../../../server/voice/port.js';
import { Desktop, type AgentScript } from '../../../server/voice/simulated/desktop.js';

const ixn = 'I' as InteractionId;

const seated = (script: AgentScript = {}, byHand = false) => {
  const clock = virtualClock();
  const done: string[] = [];
  const desktop: Desktop = new Desktop(clock, script, (state) => {
    done.push(desktop.reason === undefined ? state : `${state} ${desktop.reason}`);
  });
  desktop.begin();
  if (byHand) desktop.login();
  desktop.set('Ready');
  done.length = 0;
  const ring = () =>
    desktop.ring({
      ixn,
      answer: () => done.push('answer'),
      reject: () => done.push('reject'),
      hangUp() {
        done.push('hang up');
        desktop.end(ixn, 'ended');
      },
    });
  return { clock, desktop, done, ring };
};

describe('an agent who does not take a call', () => {
  const ignores: AgentScript = { rings: [{ kind: 'ignore' }] };
  const rejects: AgentScript = { rings: [{ kind: 'reject' }], notReadyAfterRejectMs: 7_000 };
  const reasons: AgentScript['notReadyReasons'] = { noAnswer: '998', rejected: '999' };
  const cases: [title: string, script: AgentScript, byHand: boolean, done: readonly string[]][] = [
    ['by the script does not answer', ignores, false, ['Ringing', 'NotReady NoAnswer', 'Ready']],
    ['with a configured reason', { ...ignores, notReadyReasons: reasons }, false, ['Ringing', 'NotReady 998', 'Ready']],
    ['whose phone stays ready', { ...ignores, notReadyAfterNoAnswerMs: 0 }, false, ['Ringing', 'Ready']],
    ['by hand does not answer', {}, true, ['Ringing', 'NotReady NoAnswer']],
    ['by hand, with a configured reason', { notReadyReasons: reasons }, true, ['Ringing', 'NotReady 998']],
    ['by hand, whose phone stays ready', { notReadyAfterNoAnswerMs: 0 }, true, ['Ringing', 'Ready']],
  ];
  for (const [title, script, byHand, expected] of cases)
    it(`is not ready for a while, or until by hand: ${title}`, async () => {
      const { clock, desktop, done, ring } = seated(script, byHand);
      ring();
      await clock.advance(15_000);
      desktop.end(ixn, 'no-answer');
      await clock.advance(60_000);
      expect(done).to.deep.equal(expected);
    });

  it('is not ready after a rejection, by the script and by hand', async () => {
    const script = seated(rejects);
    script.ring();
    await script.clock.advance(60_000);
    expect(script.done).to.deep.equal(['Ringing', 'NotReady Rejected', 'reject', 'Ready']);
    const hand = seated({ notReadyReasons: reasons }, true);
    hand.ring();
    await hand.clock.advance(1_000);
    expect(hand.desktop.reject()).to.equal(true);
    await hand.clock.advance(60_000);
    expect(hand.done).to.deep.equal(['Ringing', 'NotReady 999', 'reject']);
  });
});

describe('an agent by hand', () => {
  it('does it all alone: nothing of the script happens', async () => {
    const { clock, desktop, done, ring } = seated({ rings: [{ kind: 'reject' }] }, true);
    ring();
    await clock.advance(60_000);
    expect([desktop.hangUp(), desktop.answer(), desktop.answer(), desktop.reject(), desktop.call]).to.deep.equal([
      ...[false, true, false, false],
      ixn,
    ]);
    await clock.advance(7_200_000);
    expect(desktop.hangUp()).to.equal(true);
    await clock.advance(60_000);
    expect(done).to.deep.equal(['Ringing', 'Busy', 'answer', 'hang up', 'AfterCallWork', 'Ready']);
  });

  it('takes over from the script in a call, and gives back when logged out', async () => {
    const { clock, desktop, done, ring } = seated();
    ring();
    await clock.advance(3_000);
    desktop.login();
    await clock.advance(7_200_000);
    desktop.logout();
    expect(done).to.deep.equal(['Ringing', 'Busy', 'answer', 'hang up', 'AfterCallWork', 'LoggedOut']);
    expect(ring()).to.equal('unreachable');
  });

  it('ends the time after a call by a state of its own choice', async () => {
    const { clock, desktop, done, ring } = seated({ wrapUpMs: 3_600_000 }, true);
    ring();
    desktop.answer();
    desktop.hangUp();
    await clock.advance(1_000);
    desktop.set('NotReady', 'Lunch');
    expect(done.slice(-2)).to.deep.equal(['AfterCallWork', 'NotReady Lunch']);
  });
});
