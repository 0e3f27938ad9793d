import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../../server/clock/virtual.js';
import type { Interactions } from '../../../../server/ors/interactions.js';
import { dialogModule } from '../../../../server/ors/modules/dialog.js';
import type { PlayResult, Prompt, TelephonyPort } from '../../../../server/voice/port.js';
import { interactionsOf, IXN, network, perform, sessionOf, type Session } from './bench.js';

describe('the dialog module', () => {
  let clock: VirtualClock;
  let interactions: Interactions;
  let session: Session;
  beforeEach(() => {
    clock = virtualClock();
    session = sessionOf();
    interactions = interactionsOf(session);
    interactions.add(IXN, '5551000', 'S');
    session.heard.length = 0;
  });
  const play = (answers: Partial<TelephonyPort>, more = {}, on = session): Promise<void> =>
    perform(dialogModule({ voice: network(answers), interactions, clock }), 'playsound', on, {
      interactionid: IXN,
      resource: 'hello.wav',
      ...more,
    });
  const done = ['dialog.playsound.done', { requestid: 'r', interactionid: IXN }];
  const played: PlayResult = { ok: true, ended: 'done' };

  const prompts: [attributes: object, prompt: Prompt][] = [
    [{}, { file: 'hello.wav', loop: false, startOnBeep: false }],
    [{ type: 'music' }, { file: 'hello.wav', loop: true, startOnBeep: false }],
    [{ hints: { 'am-beep-detection': 'on' } }, { file: 'hello.wav', loop: false, startOnBeep: true }],
  ];
  for (const [attributes, prompt] of prompts)
    it(`plays ${JSON.stringify(attributes)} as ${JSON.stringify(prompt)}`, async () => {
      const asked: unknown[] = [];
      const voice: Partial<TelephonyPort> = {
        play: async (request) => {
          asked.push(request);
          return played;
        },
      };
      await play(voice, attributes);
      expect(asked).to.deep.equal([{ requestId: 'S/1/0', ixn: IXN, prompt }]);
      expect(session.heard).to.deep.equal([done]);
    });

  it('that is done again waits until it is known whether the call is still there', async () => {
    const asked: unknown[] = [];
    const voice: Partial<TelephonyPort> = {
      play: async ({ requestId }) => {
        asked.push(requestId);
        return played;
      },
    };
    session = session.again();
    const playing = play(voice);
    await clock.settle();
    expect(asked).to.deep.equal([]);
    await interactions.open();
    await playing;
    expect([asked, session.heard]).to.deep.equal([['S/1/0'], [done]]);
  });

  it('that the call does not outlive is an error with the reason', async () => {
    await play({ play: async () => ({ ok: false, code: 'gone', text: 'no such call' }) });
    const data = { requestid: 'r', interactionid: IXN, error: 'invalidstate.null', description: 'no such call' };
    expect(session.heard).to.deep.equal([['error.dialog.playsound', data]]);
  });

  it('on the interaction of another session is an error, and asks nobody', async () => {
    const other = sessionOf('OTHER');
    await play({}, {}, other);
    const [[name, data] = []] = other.heard;
    expect(name).to.equal('error.dialog.playsound');
    expect(data).to.include({ description: `interaction "${IXN}" does not belong to this session (any more)` });
  });

  /** Plays until it is stopped. */
  const endless = () => {
    let stop: (result: PlayResult) => void = () => undefined;
    const playing = new Promise<PlayResult>((resolve) => (stop = resolve));
    const stopped: string[] = [];
    const voice = {
      play: () => playing,
      stopPlay: async (ixn: string) => {
        stopped.push(ixn);
        stop({ ok: true, ended: 'stopped' });
        return { ok: true } as const;
      },
    };
    return { stopped, voice };
  };

  it('is stopped after its duration, and not before', async () => {
    const { stopped, voice } = endless();
    const playing = play(voice, { type: 'music', duration: '3' });
    await clock.advance(2_999);
    expect(stopped).to.deep.equal([]);
    await clock.advance(1);
    await playing;
    expect([stopped, session.heard]).to.deep.equal([[IXN], [done]]);
  });

  it('that ends by itself is not stopped after its duration', async () => {
    await play({ play: async () => played }, { duration: 3 });
    await clock.advance(10_000);
    expect(session.heard).to.deep.equal([done]);
  });

  it('that cannot be stopped, because the network breaks, rejects', async () => {
    const { voice } = endless();
    const broken = { ...voice, stopPlay: () => Promise.reject(new Error('cut')) };
    const playing = play(broken, { duration: 1 }).catch(String);
    await clock.advance(1_000);
    expect(await playing).to.equal('Error: cut');
  });
});
