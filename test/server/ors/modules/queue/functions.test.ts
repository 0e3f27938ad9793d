/** Functions of `_genesys.queue`: success, each error, the end of the session, and the next process. */
import { expect } from 'chai';
import { runInThisContext } from 'node:vm';
import { queueModelTable } from '../../../../../server/ors/model/queue.js';
import { IXN } from '../bench.js';
import { queueRoom, type QueueRoom } from './room.js';

describe('_genesys.queue', () => {
  let room: QueueRoom;
  beforeEach(async () => {
    room = await queueRoom();
  });
  describe('reserveTarget', () => {
    const reserve = (...args: (string | number)[]): Promise<void> => room.call('reserveTarget', args);

    it('takes who is free now, for so many seconds', async () => {
      await room.ready('alice');
      await reserve(IXN, 'Billing@S.GA', 20);
      expect([room.heard(), room.router.agentState('alice')]).to.deep.equal([
        ['queue.reservetarget.done alice'],
        'Reserved',
      ]);
      await room.clock.advance(19_999);
      expect(room.router.agentState('alice')).to.equal('Reserved');
      await room.clock.advance(1);
      expect(room.router.agentState('alice')).to.equal('Ready');
      expect([room.heard(), room.session.isOver()]).to.deep.equal([['error.queue.reservetarget expired'], true]);
    });

    const errors: [what: string, args: (string | number)[], error: string][] = [
      ['nobody is free', [IXN, 'Billing@S.GA', 20], 'timeout'],
      ['there is no such target', [IXN, 'Nobody@S.GA', 20], 'bad-target'],
      ['the target is none', [IXN, 'Billing', 20], 'bad-target'],
      ['it names no target', [IXN, '', 20], 'invalidattribute'],
      ['it has no time', [IXN, 'Billing@S.GA'], 'invalidattribute'],
      ['it has a time that is none', [IXN, 'Billing@S.GA', 0], 'invalidattribute'],
    ];
    for (const [what, args, error] of errors)
      it(`is ${error} when ${what}`, async () => {
        await reserve(...args);
        await room.clock.advance(1);
        expect([room.heard(), room.session.isOver()]).to.deep.equal([[`error.queue.reservetarget ${error}`], true]);
      });

    it('lets go of the agent when the session ends', async () => {
      await room.ready('alice');
      await reserve(IXN, 'Billing@S.GA', 20);
      await room.queue.module.ended?.('S');
      expect([room.router.agentState('alice'), room.session.isOver()]).to.deep.equal(['Ready', true]);
    });

    it('has the same agent in the next process, before anybody else, for the rest of the time', async () => {
      await room.ready('alice');
      await reserve(IXN, 'Billing@S.GA', 20);
      await room.clock.advance(5_000);
      room.heard();
      await room.restart();
      room.router.submit({ id: 'other', vq: 'VQ', targets: ['Billing@S.GA'], priority: 99 });
      await reserve(IXN, 'Billing@S.GA', 20);
      await room.ready('bob', 'alice');
      expect(room.router.standing('S/1/0')).to.have.nested.property('selected.reservation', 'S/1/0#1');
      expect(room.router.standing('other')).to.have.nested.property('selected.agent', 'bob');
      expect(room.heard(), 'the session knows').to.deep.equal([]);
      await room.clock.advance(15_000);
      expect(room.heard()).to.deep.equal(['error.queue.reservetarget expired']);
      expect([room.router.agentState('alice'), room.session.isOver()]).to.deep.equal(['Ready', true]);
    });

    it('is over in the next process when its time is, or when a call took the agent', async () => {
      await room.ready('alice');
      await reserve(IXN, 'Billing@S.GA', 20);
      room.heard();
      await room.clock.advance(1);
      await room.restart();
      await reserve(IXN, 'Billing@S.GA', 20);
      await room.ready('alice');
      expect(room.queue.confirm('S/1/0#1', 'accepted')).to.equal(true);
      expect([room.heard(), room.session.isOver()]).to.deep.equal([[], true]);
      await room.clock.advance(20_000);
      await room.restart();
      await reserve(IXN, 'Billing@S.GA', 20);
      expect(room.heard()).to.deep.equal(['error.queue.reservetarget expired']);
    });
  });

  describe('checkAgentState', () => {
    it('is done in silence when it is true, as always, and unsupported otherwise', async () => {
      await room.call('checkAgentState', [true]);
      expect(room.heard()).to.deep.equal([]);
      for (const given of [false, 'maybe']) await room.call('checkAgentState', [given]);
      expect(room.heard()).to.deep.equal(Array(2).fill('error.queue.checkagentstate unsupported'));
    });
  });

  describe('excludeAgents', () => {
    it('leaves them out of what this session submits from then on, and of nothing else', async () => {
      await room.call('excludeAgents', [['alice']]);
      expect(room.heard()).to.deep.equal(['queue.excludeagents.done']);
      await room.submit();
      await room.act('submit', { queue: 'VQ' }, room.other('T', 'T/1/0'), { children: [] });
      await room.ready('alice');
      expect(room.router.standing('S/1/0').state).to.equal('waiting');
      await room.ready('bob');
      expect(room.router.standing('S/1/0').state).to.equal('selected');
    });

    it('refuses what names no agents', async () => {
      await room.call('excludeAgents', [true]);
      expect(room.heard()).to.deep.equal(['error.queue.excludeagents invalidattribute']);
    });

    it('is remembered by the next process, as it was called last, until the session ends', async () => {
      const excludes = room.other('S', 'S/0/0');
      await room.call('excludeAgents', ['alice'], excludes);
      await room.call('excludeAgents', ['bob'], excludes);
      await room.restart();
      await room.submit();
      await room.ready('bob');
      expect(room.router.standing('S/1/0').state).to.equal('waiting');
      await room.ready('alice');
      expect(room.router.standing('S/1/0')).to.have.nested.property('selected.agent', 'alice');
    });
  });

  describe('cCTExtractTargets', () => {
    const { cCTExtractTargets: extract } = runInThisContext(`(${queueModelTable.library})`) as {
      cCTExtractTargets: (ixnid: string, server: string, input: unknown) => string[];
    };
    const cases: [input: unknown, list: string[]][] = [
      ['Sales.GA, 8001@Other.Q', ['Sales@Stat.GA', '8001@Other.Q']],
      [['Sales.GA', ' '], ['Sales@Stat.GA']],
      ['Sales', ['Sales']],
      ['', []],
      [undefined, []],
      [null, []],
    ];
    for (const [input, list] of cases)
      it(`${String(input)} is ${JSON.stringify(list)}`, () => {
        expect(extract(IXN, 'Stat', input)).to.deep.equal(list);
      });
  });
});
