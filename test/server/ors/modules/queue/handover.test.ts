/** `route="true"`: the queue routes the call itself. */
import { expect } from 'chai';
import type { RouteResult } from '../../../../../server/voice/port.js';
import { queueRoom, type QueueRoom } from './room.js';

const ok: RouteResult = { ok: true };
const refused = (
  code: 'no-answer' | 'rejected' | 'busy' | 'routed' | 'held' | 'unreachable' | 'gone',
): RouteResult => ({
  ok: false,
  code,
  text: code,
});
const route = { route: 'true' };

describe('a request that is routed by the queue', () => {
  let room: QueueRoom;
  beforeEach(async () => {
    room = await queueRoom();
  });

  it('is done when the agent has the call, and not before', async () => {
    await room.submit(route);
    await room.ready('alice');
    expect(room.heard()).to.deep.equal(['queue.submit.requestid']);
    expect(room.routes).to.have.length(1);
    expect(room.routes[0]).to.deep.include({ ixn: 'I1', to: { kind: 'dn', value: '7001', switch: 'SIP' } });
    await room.answer(ok);
    expect(room.heard()).to.deep.equal(['queue.submit.done alice']);
    expect([room.session.isOver(), room.router.standing('S/1/0').state]).to.deep.equal([true, 'ended']);
  });

  for (const code of ['no-answer', 'rejected', 'busy'] as const)
    it(`is put back at its place when the agent says ${code}, and goes to the next`, async () => {
      await room.submit(route);
      await room.ready('alice');
      await room.answer(refused(code));
      expect(room.router.standing('S/1/0')).to.deep.equal({ state: 'waiting', position: 1 });
      expect([room.heard(), room.session.isOver()]).to.deep.equal([['queue.submit.requestid'], false]);
      await room.ready('bob');
      expect(room.routes[1]?.to.value).to.equal('7002');
      await room.answer(ok);
      expect(room.heard()).to.deep.equal(['queue.submit.done bob']);
    });

  for (const [code, error] of [
    ['routed', 'invalidstate.routed'],
    ['held', 'invalidstate.hold'],
    ['gone', 'invalidstate.null'],
    ['unreachable', 'invaliddestination'],
  ] as const)
    it(`ends as ${error} when the network says ${code}, and its agent is free`, async () => {
      await room.submit(route);
      await room.ready('alice');
      await room.answer(refused(code));
      expect(room.heard().at(-1)).to.equal(`error.queue.submit ${error}`);
      expect([room.session.isOver(), room.router.agentState('alice')]).to.deep.equal([true, 'Ready']);
    });

  it('ends as invaliddestination when the adapter breaks', async () => {
    room = await queueRoom({ route: () => Promise.reject(new Error('broken')) });
    await room.submit(route);
    await room.ready('alice');
    expect(room.heard().at(-1)).to.equal('error.queue.submit invaliddestination');
    expect(room.router.agentState('alice')).to.equal('Ready');
  });

  it('asks the network nothing while the store cannot say that it did', async () => {
    const { store } = room;
    const commit = store.commit.bind(store);
    store.commit = () => Promise.reject(new Error('full'));
    await room.submit(route);
    await room.ready('alice');
    expect([room.routes, room.router.standing('S/1/0').state]).to.deep.equal([[], 'waiting']);
    store.commit = commit;
    await room.ready('bob');
    expect(room.routes).to.have.length(1);
  });

  it('needs an interaction', async () => {
    await room.submit({ ...route, interactionid: '' });
    expect(room.heard()).to.deep.equal(['queue.submit.requestid', 'error.queue.submit invalidattribute']);
  });

  for (const how of ['is cancelled', 'loses its session'] as const)
    it(`frees its agent when it ${how} while it rings, and hears no more of the call`, async () => {
      await room.submit(route);
      await room.ready('alice');
      if (how === 'is cancelled') await room.act('cancel', { requestid: 'r' }, room.other('S', 'S/2/0'));
      else await room.queue.module.ended?.('S');
      room.heard();
      expect([room.session.isOver(), room.router.agentState('alice')]).to.deep.equal([true, 'Ready']);
      await room.answer(ok);
      expect(room.heard()).to.deep.equal([]);
    });

  describe('in the next process', () => {
    const routed = async (holder: 'us' | 'other' | undefined): Promise<void> => {
      room = await queueRoom({ holder: async () => holder });
      await room.submit(route);
      await room.ready('alice');
      const [asked] = room.routes.splice(0);
      await room.restart();
      void room.submit(route);
      await room.clock.settle();
      if (holder === 'us') expect(room.routes).to.deep.equal([]);
      else expect(room.routes[0]).to.deep.equal(asked);
      // the answer to the first process, which is no more
      await room.answer(ok);
    };

    for (const holder of ['other', undefined] as const)
      it(`asks what came of it when the call ${holder ? 'rings there, or is there' : 'has ended'}`, async () => {
        await routed(holder);
        expect(room.session.isOver()).to.equal(false);
        await room.ready('bob');
        await room.answer(ok);
        expect(room.heard()).to.deep.equal(['queue.submit.done alice']);
        expect([room.session.isOver(), room.router.agentState('bob')]).to.deep.equal([true, 'Ready']);
      });

    it('waits in the queue again, and asks anew, when the call came back from there', async () => {
      await routed('other');
      await room.answer(refused('no-answer'));
      expect(room.router.standing('S/1/0').state).to.equal('waiting');
      await room.clock.advance(1);
      await room.ready('alice');
      expect(new Set(room.routes.map(({ requestId }) => requestId)).size).to.equal(2);
      await room.answer(ok);
      expect(room.heard()).to.deep.equal(['queue.submit.done alice']);
    });

    it('waits in the queue again when the call waits, too', async () => {
      await routed('us');
      expect(room.router.standing('S/1/0').state).to.equal('waiting');
    });

    it('ends as the call did', async () => {
      await routed('other');
      await room.answer(refused('gone'));
      expect(room.heard()).to.deep.equal(['error.queue.submit invalidstate.null']);
    });

    it('is taken back while it asks', async () => {
      await routed('other');
      await room.act('cancel', { requestid: 'r' }, room.other('S', 'S/2/0'));
      await room.answer(ok);
      expect([room.heard(), room.session.isOver()]).to.deep.equal([['queue.cancel.done'], true]);
    });
  });
});
