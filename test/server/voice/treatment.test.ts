import { expect } from 'chai';
import type { InteractionId, Prompt } from '../../../server/voice/port.js';
import { after, connect, request, scene, type Scene } from './scene.js';

const play = ({ telephony }: Scene, ixn: InteractionId, prompt: Prompt, requestId = `play ${prompt.file}`) =>
  telephony.play({ requestId, ixn, prompt });

describe('play', () => {
  it('lasts as long as its file, 5 s for one without a known length', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    expect(await after(made.clock, 4_999, play(made, ixn, { file: 'some.wav' }))).to.equal('pending');
    expect(await after(made.clock, 1, play(made, ixn, { file: 'some.wav' }))).to.deep.equal({
      ok: true,
      ended: 'done',
    });
    const long = play(made, ixn, { file: 'long.wav' });
    expect(await after(made.clock, 19_999, long)).to.equal('pending');
    expect(await after(made.clock, 1, long)).to.deep.equal({ ok: true, ended: 'done' });
  });

  it('loops until it is stopped', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const music = play(made, ixn, { file: 'music.wav', loop: true });
    expect(await after(made.clock, 600_000, music)).to.equal('pending');
    expect(await made.telephony.stopPlay(ixn)).to.deep.equal({ ok: true });
    expect(await music).to.deep.equal({ ok: true, ended: 'stopped' });
    expect(await made.telephony.stopPlay(ixn)).to.deep.equal({ ok: true });
  });

  it('is stopped by the next prompt', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const music = play(made, ixn, { file: 'music.wav', loop: true });
    const sorry = play(made, ixn, { file: 'sorry.wav' });
    expect(await music).to.deep.equal({ ok: true, ended: 'stopped' });
    expect(await after(made.clock, 5_000, sorry)).to.deep.equal({ ok: true, ended: 'done' });
  });

  it('waits for the beep of an answering machine', async () => {
    const made = await scene({ kind: 'machine', answerMs: 1_000, greetingMs: 12_000 });
    const ixn = await connect(made, { cpd: { timeGuardMs: 15_000, keepOnMachine: true } });
    const message = play(made, ixn, { file: 'message.wav', startOnBeep: true });
    expect(await after(made.clock, 7_999, message)).to.equal('pending');
    expect(await after(made.clock, 1, message)).to.deep.equal({ ok: true, ended: 'done' });
    expect(made.lines()).to.include('13000 beep 1');
  });

  it('starts at once for a human, who does not beep, and after a beep that has passed', async () => {
    for (const party of [{ kind: 'human' }, { kind: 'machine', answerMs: 1_000, greetingMs: 5_000 }] as const) {
      const made = await scene(party);
      const ixn = await connect(made, { cpd: { timeGuardMs: 15_000, keepOnMachine: true } });
      const message = play(made, ixn, { file: 'message.wav', startOnBeep: true });
      expect(await after(made.clock, 5_000, message)).to.deep.equal({ ok: true, ended: 'done' });
    }
  });

  it('ends with gone when the customer hangs up', async () => {
    const made = await scene({ kind: 'human', patienceMs: 12_000 });
    const ixn = await connect(made);
    const music = play(made, ixn, { file: 'music.wav', loop: true });
    expect(await after(made.clock, 10_000, music)).to.deep.include({ ok: false, code: 'gone' });
    expect(await play(made, ixn, { file: 'more.wav' })).to.deep.include({ ok: false, code: 'gone' });
  });

  it('is not carried out again for the same request', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const first = play(made, ixn, { file: 'a.wav' }, 'key');
    const again = play(made, ixn, { file: 'a.wav' }, 'key');
    expect(await after(made.clock, 5_000, Promise.all([first, again]))).to.deep.equal([
      { ok: true, ended: 'done' },
      { ok: true, ended: 'done' },
    ]);
  });

  it('needs a call that is up', async () => {
    const made = await scene({ kind: 'noAnswer' });
    void made.telephony.createCall(request());
    const ixn = made.events[0]?.ixn ?? ('none' as InteractionId);
    expect(await play(made, ixn, { file: 'a.wav' })).to.deep.include({ ok: false, code: 'not-connected' });
  });
});

describe('attached data', () => {
  it('comes with the call, changes, and ends with it', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made, { userData: { a: '1', b: 2 } });
    await made.telephony.updateUserData(ixn, { c: { deep: true }, a: 'one' }, ['b']);
    expect(made.telephony.getUserData(ixn)).to.deep.equal({ a: 'one', c: { deep: true } });
    expect(made.events.at(-1)).to.deep.include({
      type: 'userDataChanged',
      set: { c: { deep: true }, a: 'one' },
      removed: ['b'],
    });
    await made.telephony.release(ixn);
    expect(made.telephony.getUserData(ixn)).to.equal(undefined);
    expect(await made.telephony.updateUserData(ixn, { a: 1 })).to.deep.include({ ok: false, code: 'gone' });
  });
});

describe('release', () => {
  it('ends a call with whatever is under way on it, once', async () => {
    const made = await scene({ kind: 'human' });
    const ixn = await connect(made);
    const music = play(made, ixn, { file: 'music.wav', loop: true });
    expect(await made.telephony.release(ixn)).to.deep.equal({ ok: true });
    expect(await music).to.deep.include({ ok: false, code: 'gone' });
    expect(await made.telephony.release(ixn)).to.deep.include({ ok: false, code: 'gone' });
    expect(made.lines().slice(-2)).to.deep.equal(['10000 released 1 local 19', '10000 deleted']);
  });

  it('leaves no timer behind, whenever it comes', async () => {
    for (const at of [0, 1_000, 6_500, 8_000, 10_500, 11_500]) {
      const made = await scene({ kind: 'human', answerMs: 6_000, patienceMs: 60_000 }, { wrapUpMs: 0 });
      const dialled = made.telephony.createCall(request());
      void dialled.then(() => {
        const ixn = made.events[0]?.ixn ?? ('none' as InteractionId);
        void play(made, ixn, { file: 'long.wav' });
        made.clock.setTimeout(() => {
          const to = { kind: 'dn', value: '7001' } as const;
          void made.telephony.route({ requestId: 'route', ixn, to, ringTimeoutMs: 9_000, confirm: true });
        }, 1_500);
      });
      await made.clock.advance(at);
      expect(made.timers.size, `timers at ${at}`).to.be.greaterThan(0);
      await made.telephony.release(made.events[0]?.ixn ?? ('none' as InteractionId));
      expect(made.timers.size, `timers after a release at ${at}`).to.equal(0);
    }
  });
});
