/** Busy treatments: what a customer hears while a request waits. */
import { expect } from 'chai';
import type { PlayResult, TelephonyPort } from '../../../../../server/voice/port.js';
import { child, queueRoom, targets, type QueueRoom } from './room.js';

const sound = (resource: string) => child('playsound', { type: 'music', resource, duration: '10' });
const treated = (...resources: string[]) => [
  targets('Billing@S.GA'),
  child('runtreatments', {}, ...resources.map(sound)),
];

describe('busy treatments', () => {
  let room: QueueRoom;
  let heard: string[];
  let ends: (result: PlayResult) => void;
  const open = async (answers: Partial<TelephonyPort> = {}): Promise<void> => {
    heard = [];
    room = await queueRoom({
      play: ({ prompt }) => {
        heard.push(prompt.file);
        return new Promise((resolve) => (ends = resolve));
      },
      stopPlay: async () => {
        heard.push('stop');
        ends({ ok: true, ended: 'stopped' });
        return { ok: true };
      },
      ...answers,
    });
  };
  beforeEach(() => open());

  it('are heard in turn, from the beginning again, until somebody is selected', async () => {
    await room.submit({}, treated('a.wav', 'b.wav'));
    await room.clock.advance(25_000);
    expect(heard.filter((each) => each !== 'stop')).to.deep.equal(['a.wav', 'b.wav', 'a.wav']);
    await room.ready('alice');
    await room.clock.advance(60_000);
    expect(heard.at(-1)).to.equal('stop');
    expect(heard.filter((each) => each !== 'stop')).to.have.length(3);
  });

  it('stop when nothing is heard of them: they take no time, or fail', async () => {
    for (const result of [
      { ok: true, ended: 'done' },
      { ok: false, code: 'gone', text: '' },
    ] as const) {
      let asked = 0;
      await open({
        play: async () => {
          asked += 1;
          return result;
        },
      });
      await room.submit({}, [
        targets('Billing@S.GA'),
        child('runtreatments', {}, child('play', {}, child('prompts', {}, child('prompt', { text: 'wait' })))),
      ]);
      await room.clock.advance(60_000);
      expect(asked).to.be.at.most(1);
    }
  });

  for (const route of ['false', 'true'])
    it(`are heard again when an agent did not answer, with route="${route}"`, async () => {
      await room.submit({ route }, treated('a.wav'));
      await room.ready('alice');
      heard = [];
      if (route === 'true') await room.answer({ ok: false, code: 'no-answer', text: '' });
      else room.queue.confirm('S/1/0#1', 'no-answer');
      await room.clock.settle();
      expect(heard).to.deep.equal(['a.wav']);
    });

  it('are not heard by one who is offered to the next agent at once, or has one', async () => {
    await room.submit({}, treated('a.wav'));
    await room.ready('alice', 'bob');
    heard = [];
    expect(room.queue.confirm('S/1/0#1', 'rejected')).to.equal(true);
    expect(room.queue.confirm('S/1/0#2', 'accepted')).to.equal(true);
    expect(room.queue.confirm('S/1/0#2', 'rejected')).to.equal(false);
    await room.clock.settle();
    expect(heard).to.deep.equal([]);
  });

  it('end with the request, and with the session nothing follows', async () => {
    await room.submit({}, treated('a.wav'));
    await room.act('cancel', { requestid: 'r' });
    expect(heard).to.deep.equal(['a.wav', 'stop']);
    await open();
    await room.submit({}, treated('a.wav', 'b.wav'));
    await room.queue.module.ended?.('S');
    await room.clock.advance(60_000);
    expect(heard).not.to.include('b.wav');
  });

  it('begin again in the next process, with keys that the network has not heard', async () => {
    const keys = new Set<string>();
    await open({
      play: ({ requestId }) => {
        keys.add(requestId);
        return new Promise(() => undefined);
      },
    });
    await room.submit({}, treated('a.wav'));
    await room.clock.advance(1);
    await room.restart();
    await room.submit({}, treated('a.wav'));
    await room.clock.settle();
    expect(keys.size).to.equal(2);
  });
});
