import { expect } from 'chai';
import { CallState, type CpdOptions } from '../../../server/voice/port.js';
import { FAILURES, SIT, type Behaviour } from '../../../server/voice/simulated/behaviour.js';
import { expectWellFormed } from '../../contracts/voice.js';
import { after, request, scene } from './scene.js';

const keep: CpdOptions = { timeGuardMs: 15_000, keepOnMachine: true };
const tones = ['Busy', ...SIT] as const;

async function dial(party: Behaviour, cpd?: CpdOptions) {
  const made = await scene(party);
  const { cpd: _none, ...plain } = request();
  const result = await after(made.clock, 40_000, made.telephony.createCall(cpd ? { ...plain, cpd } : plain));
  return { ...made, result };
}

describe('tones in place of somebody', () => {
  for (const tone of tones) {
    const party: Behaviour = { kind: 'tone', tone, answerMs: 2_000 };
    it(`${tone} is found by detection, also with am-detected = connect: state ${CallState[tone]}, and the call ends`, async () => {
      const { result, lines, events } = await dial(party, keep);
      expect(result).to.deep.include({ connected: false, state: CallState[tone] });
      const state = CallState[tone];
      expect(lines().slice(1)).to.deep.equal([
        '0 ringing 1',
        '2000 established 1',
        `3500 cpd ${state} ${tone}`,
        `3500 released 1 local ${state}`,
        '3500 deleted',
      ]);
      expectWellFormed(events);
    });
  }

  it('are answers without detection, and when the time guard comes first', async () => {
    const party: Behaviour = { kind: 'tone', tone: 'SitVacant' };
    expect((await dial(party)).result).to.deep.include({ connected: true, state: 0 });
    const guarded = await dial(party, { timeGuardMs: 1_000, keepOnMachine: false });
    expect(guarded.result).to.deep.include({ connected: true, state: 0 });
    expect(guarded.lines()).to.include('7000 cpd 0 time guard');
  });
});

describe('a network that does not put a call through', () => {
  for (const state of [...tones, ...FAILURES])
    it(`says ${state}: ${CallState[state]}, without a ring`, async () => {
      const { result, lines, events } = await dial({ kind: 'fails', state, afterMs: 700 }, keep);
      expect(result).to.deep.include({ connected: false, state: CallState[state] });
      expect(result).to.have.nested.property('cause.text').that.is.a('string');
      const by = state === 'Busy' || state === 'RemoteRelease' ? 'remote' : 'failure';
      expect(lines()).to.deep.equal(['0 dialing 1', `700 released 1 ${by} ${CallState[state]}`, '700 deleted']);
      expectWellFormed(events);
    });

  it('has no longer than the phone may ring', async () => {
    const { result } = await dial({ kind: 'fails', state: 'SystemError', afterMs: 32_001 });
    expect(result).to.deep.include({ connected: false, state: CallState.NoAnswer });
  });

  it('has a word for every call state in which a call cannot be connected by dialling', () => {
    const spoken = new Set<number>([...tones, ...FAILURES].map((name) => CallState[name]));
    // connected, found by detection of other kinds, or what becomes of a call later
    const others = [
      'Ok',
      'Transferred',
      'Conferenced',
      'SilDetected',
      'AnsweringMachineDetected',
      'FaxDetected',
    ] as const;
    const later = ['Abandoned', 'Redirected', 'Forwarded', 'Consult', 'Held'] as const;
    for (const name of [...others, ...later]) spoken.add(CallState[name]);
    expect([...spoken].sort()).to.deep.equal([...new Set<number>(Object.values(CallState))].sort());
  });
});
