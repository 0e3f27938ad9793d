import { expect } from 'chai';
import { CallState, type CpdOptions } from '../../../server/voice/port.js';
import type { Behaviour } from '../../../server/voice/simulated/behaviour.js';
import { after, connect, request, scene } from './scene.js';

const cpd: CpdOptions = { timeGuardMs: 15_000, keepOnMachine: false };
const keep: CpdOptions = { timeGuardMs: 15_000, keepOnMachine: true };
const short: CpdOptions = { timeGuardMs: 1_000, keepOnMachine: false };

interface Case {
  readonly party: Behaviour;
  readonly cpd?: CpdOptions;
  readonly state: CallState;
  readonly connected: boolean;
  readonly at: number;
  readonly found?: string;
}

const cases: Record<string, Case> = {
  'a human is connected when detection has decided': {
    party: { kind: 'human', answerMs: 4_000 },
    cpd,
    state: 0,
    connected: true,
    at: 5_540,
    found: 'human',
  },
  'silence is connected as SilDetected': {
    party: { kind: 'silence', answerMs: 4_000 },
    cpd,
    state: 8,
    connected: true,
    at: 6_500,
    found: 'silence',
  },
  'an answering machine is dropped': {
    party: { kind: 'machine', answerMs: 4_000 },
    cpd,
    state: 9,
    connected: false,
    at: 6_860,
    found: 'machine',
  },
  'an answering machine is kept with am-detected = connect': {
    party: { kind: 'machine', answerMs: 4_000 },
    cpd: keep,
    state: 9,
    connected: true,
    at: 6_860,
    found: 'machine',
  },
  'a fax is dropped, also with am-detected = connect': {
    party: { kind: 'fax', answerMs: 4_000 },
    cpd: keep,
    state: 17,
    connected: false,
    at: 5_100,
    found: 'fax',
  },
  'the time guard makes a human of whatever answered': {
    party: { kind: 'machine', answerMs: 4_000 },
    cpd: short,
    state: 0,
    connected: true,
    at: 5_000,
    found: 'time guard',
  },
  'detection at the very end of the time guard counts': {
    party: { kind: 'fax', answerMs: 4_000, decideMs: 15_000 },
    cpd,
    state: 17,
    connected: false,
    at: 19_000,
    found: 'fax',
  },
  'without detection whatever answers is connected at once': {
    party: { kind: 'fax', answerMs: 4_000 },
    state: 0,
    connected: true,
    at: 4_000,
  },
  'a busy number': { party: { kind: 'busy' }, cpd, state: CallState.Busy, connected: false, at: 300 },
  'a number that does not exist': {
    party: { kind: 'unreachable' },
    cpd,
    state: CallState.SitInvalidNum,
    connected: false,
    at: 300,
  },
  'nobody answers': { party: { kind: 'noAnswer' }, cpd, state: CallState.NoAnswer, connected: false, at: 32_000 },
  'an answer after the ringing period is none': {
    party: { kind: 'human', answerMs: 32_001 },
    cpd,
    state: CallState.NoAnswer,
    connected: false,
    at: 32_000,
  },
  'an answer at the end of the ringing period is one': {
    party: { kind: 'human', answerMs: 32_000 },
    state: 0,
    connected: true,
    at: 32_000,
  },
  'one who hangs up during detection': {
    party: { kind: 'human', answerMs: 4_000, patienceMs: 1_000 },
    cpd,
    state: 5,
    connected: false,
    at: 5_000,
  },
};

describe('createCall', () => {
  for (const [name, one] of Object.entries(cases)) {
    it(`${name}: state ${one.state}, ${one.connected ? 'connected' : 'not connected'}, at ${one.at} ms`, async () => {
      const { clock, telephony, events } = await scene(one.party);
      const { cpd: _none, ...plain } = request();
      const result = telephony.createCall(one.cpd ? { ...plain, cpd: one.cpd } : plain);
      expect(await after(clock, one.at - 1, result)).to.equal('pending');
      expect(await after(clock, 1, result)).to.deep.include({ state: one.state, connected: one.connected });
      const found = events.flatMap((event) => (event.type === 'cpd' ? [event.cause] : []));
      expect(found).to.deep.equal(one.found === undefined ? [] : [one.found]);
      const deleted = events.filter((event) => event.type === 'deleted');
      expect(deleted.length).to.equal(one.connected ? 0 : 1);
    });
  }

  it('tells what happens, leg by leg', async () => {
    const made = await scene({ kind: 'human', answerMs: 4_000, patienceMs: 20_000 });
    await connect(made);
    await made.clock.advance(20_000);
    expect(made.lines()).to.deep.equal([
      '0 dialing 1',
      '0 ringing 1',
      '4000 established 1',
      '5540 cpd 0 human',
      '24000 released 1 remote 21',
      '24000 deleted',
    ]);
  });

  it('says why a call failed', async () => {
    const { clock, telephony } = await scene({ kind: 'busy' });
    const result = await after(clock, 300, telephony.createCall(request()));
    expect(result).to.deep.equal({ connected: false, state: 6, cause: { sip: 486, text: 'the number is busy' } });
  });

  it('takes the behaviours of a list one attempt after another, and stays at the last', async () => {
    const { clock, telephony } = await scene([{ kind: 'busy' }, { kind: 'fax', answerMs: 1 }]);
    const states: unknown[] = [];
    for (const requestId of ['1', '2', '3']) {
      const result = await after(clock, 5_000, telephony.createCall(request({ requestId })));
      states.push(result === 'pending' ? result : result.state);
    }
    expect(states).to.deep.equal([6, 17, 17]);
  });

  it('never dials twice for the same request, not while it rings and not when it is over', async () => {
    const { clock, telephony, events } = await scene([{ kind: 'busy' }, { kind: 'human' }]);
    const both = Promise.all([telephony.createCall(request()), telephony.createCall(request())]);
    await clock.advance(300);
    const [first, second] = await both;
    const third = await telephony.createCall(request());
    expect([second, third]).to.deep.equal([first, first]);
    expect(events.filter((event) => event.type === 'dialing').length).to.equal(1);
  });

  it('dials once more for another request', async () => {
    const { telephony, events } = await scene({ kind: 'human' });
    void telephony.createCall(request({ requestId: 's/1/0' }));
    void telephony.createCall(request({ requestId: 's/2/0' }));
    const ids = events.flatMap((event) => (event.type === 'dialing' ? [event.ixn] : []));
    expect(new Set(ids).size).to.equal(2);
  });

  it('answers AllTrunksBusy when all trunks are, and dials again when one is free', async () => {
    const { clock, telephony } = await scene({ kind: 'human' });
    for (const requestId of ['1', '2', '3']) void telephony.createCall(request({ requestId }));
    const fourth = await telephony.createCall(request({ requestId: '4' }));
    expect(fourth).to.deep.include({ connected: false, state: CallState.AllTrunksBusy });
    await telephony.stop();
    await telephony.start(() => undefined);
    const fifth = await after(clock, 10_000, telephony.createCall(request({ requestId: '5' })));
    expect(fifth).to.deep.include({ connected: true });
  });

  it('is told to whom it dialled as it was asked, prefix and shown number included', async () => {
    const { telephony, events } = await scene({ kind: 'human' });
    const asked = request({ prefix: '91', displayNumber: '8005550100' });
    void telephony.createCall(asked);
    expect(events[0]).to.deep.include({ type: 'dialing', request: asked });
  });

  it('dials numbers and DNs only, and says so', async () => {
    const { telephony } = await scene({ kind: 'human' });
    const result = await telephony.createCall(request({ to: { kind: 'queue', value: '7001' } }));
    expect(result).to.deep.include({ connected: false, state: CallState.GeneralError });
  });

  it('can be released while it rings', async () => {
    const { clock, telephony, events, lines } = await scene({ kind: 'noAnswer' });
    const result = telephony.createCall(request());
    await clock.advance(1_000);
    const ixn = events[0]?.ixn;
    if (ixn) await telephony.release(ixn);
    expect(await result).to.deep.include({ connected: false, state: CallState.Cleared });
    await clock.advance(60_000);
    expect(lines().slice(2)).to.deep.equal(['1000 released 1 local 19', '1000 deleted']);
  });

  it('rejects before start: that is a mistake of the program, not an outcome', async () => {
    const { telephony } = await scene({ kind: 'human' });
    await telephony.stop();
    const failed = await telephony.createCall(request()).catch((error: unknown) => String(error));
    expect(failed).to.contain('while it was not started');
  });
});
