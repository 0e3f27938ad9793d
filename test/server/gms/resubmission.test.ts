import { expect } from 'chai';
import fc from 'fast-check';
import { fateOf, resubmitted } from '../../../server/gms/resubmission.js';
import type { CallStanding } from '../../../server/voice/talks.js';
import { callbackRecord } from '../../contracts/store/records.js';

const START = 1_000_000;
const at = (seconds: number): number => START + seconds * 1000;
const record = callbackRecord({
  state: 'ROUTING',
  sessionid: 'LOST',
  desiredTime: START,
  createdAt: START - 5_000,
  expirationTime: at(900),
  history: [
    { at: START - 5_000, state: 'SCHEDULED' },
    { at: START, state: 'QUEUED' },
  ],
  properties: {},
});
const vq = { _urs_vq_priority: 100, _urs_vq_priority_increment: 10, _urs_vq_priority_increment_interval: 60 };

describe('resubmitted', () => {
  it('grows the priority by the formula of the guide, and gives the age since the callback began', () => {
    expect(resubmitted(record, vq, at(179), true)).to.deep.include({
      _urs_vq_priority: 120,
      _urs_call_interaction_age: 179,
      _restored_age: 179,
    });
  });

  it('keeps an age that was given, which the priority has nothing of', () => {
    const params = { ...vq, _urs_call_interaction_age: 7 };
    const again = resubmitted(record, params, at(60), true);
    expect(again).to.include({ _urs_vq_priority: 110, _urs_call_interaction_age: 7 });
    expect(again).to.not.have.property('_restored_age');
  });

  for (const missing of Object.keys(vq))
    it(`leaves the priority alone without ${missing}`, () => {
      const { [missing as keyof typeof vq]: _, ...rest } = vq;
      const again = resubmitted(record, rest, at(600), true);
      expect(again['_urs_vq_priority']).to.equal(missing === '_urs_vq_priority' ? undefined : 100);
      expect(again).to.not.have.property('_restored_age');
    });

  it('leaves both alone where the place is not restored', () => {
    const again = resubmitted(record, vq, at(600), false);
    expect(again).to.include(vq).and.not.have.property('_urs_call_interaction_age');
  });

  it('goes on with the dial attempts, the sessions and what is left of _ttl', () => {
    const before = { ...record, properties: { _dial_attempt: 2, _submit_attempt: 2 } };
    expect(resubmitted(before, { _ttl: 900 }, at(300), true)).to.include({
      _dial_attempt: 2,
      _submit_attempt: 3,
      _ttl: 600,
    });
    expect(resubmitted(record, { _ttl: 900 }, at(901), true)).to.include({
      _dial_attempt: 0,
      _submit_attempt: 2,
      _ttl: 0,
    });
  });

  it('never counts _ttl anew: all sessions together have no more than the one', () => {
    fc.assert(
      fc.property(fc.integer({ min: -600, max: 2000 }), (seconds) => {
        const left = Number(resubmitted(record, {}, at(seconds), true)['_ttl']);
        expect(left).to.be.within(0, 900);
        if (seconds >= 0) expect(left).to.equal(Math.max(0, 900 - seconds));
      }),
    );
  });
});

describe('fateOf', () => {
  const fates: Record<string, [calls: CallStanding[], attempts: number, fate: string | undefined]> = {
    'submits again who has no call': [[], 1, undefined],
    'submits again whose calls are over': [['over', 'over'], 2, undefined],
    'ends a callback that had all its sessions': [['over'], 3, 'SUBMIT_ERROR'],
    'waits while a phone may ring': [['over', 'up'], 1, 'wait'],
    'calls nobody who talks with an agent': [['talking'], 1, 'AGENT_CONNECTED'],
  };
  for (const [title, [calls, _submit_attempt, fate]] of Object.entries(fates))
    it(title, () => {
      expect(fateOf({ ...record, properties: { _submit_attempt } }, calls, 3)).to.equal(fate);
    });

  it('ends a callback whose customer has been with an agent', () => {
    expect(fateOf({ ...record, state: 'PROCESSING' }, ['over'], 3)).to.equal('AGENT_CONNECTED');
  });
});
