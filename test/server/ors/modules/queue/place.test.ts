import { expect } from 'chai';
import { toData } from '../../../../../engine/datamodel/data.js';
import { placeOf } from '../../../../../server/ors/modules/queue/place.js';
import { Refusal } from '../../../../../server/ors/modules/queue/refusal.js';
import type { CallView } from '../../../../../server/voice/port.js';
import { agents, queueRoom } from './room.js';

const SINCE = 1_000_000;

describe('place of <queue:submit>', () => {
  const understood: readonly [given: unknown, place: object][] = [
    [undefined, {}],
    [{}, {}],
    [{ hold: true }, { held: true }],
    [{ hold: 'false' }, {}],
    [{ age: 90 }, { ageStartMs: SINCE - 90_000 }],
    [{ age: '' }, {}],
    [{ increment: '10', interval: 60 }, { increment: { by: 10, everyMs: 60_000 } }],
    [{ increment: 10 }, {}],
    [{ increment: 10, interval: '' }, {}],
    [{ increment: 10, interval: 0 }, {}],
    [
      { pegs: 'VQ_EWT', media: 'chat', service: 'billing' },
      { pegs: 'VQ_EWT', media: 'chat', service: 'billing' },
    ],
    [{ pegs: '', media: null }, {}],
    [{ exclude: ['alice', 7] }, { exclude: ['alice', '7'] }],
  ];
  for (const [given, place] of understood)
    it(`${JSON.stringify({ given })} is ${JSON.stringify(place)}`, () => {
      expect(placeOf(toData(given), SINCE)).to.deep.equal(place);
    });

  for (const given of [{ age: 'old' }, { age: -1 }, { increment: 'fast', interval: 60 }, { interval: {} }])
    it(`${JSON.stringify(given)} is refused, with the name of what is wrong`, () => {
      expect(() => placeOf(toData(given), SINCE)).to.throw(Refusal, /age|increment|interval/);
    });
});

describe('the medium of what is submitted', () => {
  const staff = agents.map((agent) => ({ ...agent, capacity: { chat: 2 } }));
  /** Who has a chat already may have another, and no call. */
  const roomOf = async (media: CallView['media']) => {
    const room = await queueRoom({ call: () => ({ media, parties: [] }) as unknown as CallView }, staff);
    const chatting = async () => {
      await room.ready('alice');
      room.router.occupy('alice', 'chat', 1);
    };
    await chatting();
    return { room, chatting };
  };
  const told = ['queue.submit.requestid'];
  const found = [...told, 'queue.submit.done alice'];

  it('is that of the interaction: a chat goes to who may have another, a call does not', async () => {
    for (const [media, expected] of [
      ['chat', found],
      [undefined, told],
    ] as const) {
      const { room } = await roomOf(media);
      await room.submit();
      await room.clock.settle();
      expect(room.heard(), media).to.deep.equal(expected);
    }
  });

  it('is what place says, where it says one', async () => {
    const { room } = await roomOf('chat');
    await room.submit({ place: { media: 'voice' } });
    await room.clock.settle();
    expect(room.heard()).to.deep.equal(told);
  });

  it('is the same in the next process', async () => {
    const { room, chatting } = await roomOf('chat');
    room.router.report('alice', 'NotReady');
    await room.submit();
    await room.restart();
    await room.submit();
    await chatting();
    expect(room.heard().at(-1)).to.equal('queue.submit.done alice');
  });
});
