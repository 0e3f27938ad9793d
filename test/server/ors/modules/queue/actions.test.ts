/** Each action of the queue module with a router behind it: what it tells, each error, and what the end of the session leaves. */
import { expect } from 'chai';
import type { Attributes } from '../bench.js';
import { queueTable } from '../../../../../server/ors/modules/queue/elements.js';
import type { child } from './room.js';
import { agents, queueRoom, targets, type QueueRoom } from './room.js';

const steps = [
  {
    target: 'alice@S.A',
    timeout: 10,
    clear: true,
    stat_to_check: 'StatAgentsTotal',
    stat_operator: '<',
    stat_value: 0,
  },
  { target: 'bob@S.A' },
];

describe('the actions of the queue module', () => {
  let room: QueueRoom;
  beforeEach(async () => {
    room = await queueRoom();
  });
  const other = (requestid: string, name: string, attributes = {}, children = [] as ReturnType<typeof child>[]) => {
    const session = room.other('S', `S/${requestid}/0`);
    return room
      .act(name, { requestid: 'r', ...attributes }, session, { requestid, children })
      .then(() => room.heard(session));
  };
  const dial = { dial: 20 };

  it('submit: an agent is selected, and kept until the offer is over', async () => {
    await room.submit({ reserve: 10 });
    await room.ready('alice');
    expect(room.heard()).to.deep.equal(['queue.submit.requestid', 'queue.submit.done alice']);
    expect(room.router.agentState('alice')).to.equal('Reserved');
    await room.clock.advance(10_000);
    expect(room.heard()).to.deep.equal(['error.queue.submit expired']);
    expect([room.session.isOver(), room.router.agentState('alice')]).to.deep.equal([true, 'Ready']);
  });

  it('submit: one target after the other, each in its time', async () => {
    await room.ready('bob');
    await room.submit({}, [targets(JSON.stringify(steps))]);
    expect(room.heard()).to.deep.equal(['queue.submit.requestid']);
    await room.clock.advance(10_000);
    expect(room.heard()).to.deep.equal(['queue.submit.done bob']);
  });

  it('submit: it is time to dial when agents will be there, and once', async () => {
    await room.submit({ dialling: dial, place: { hold: true } });
    expect(room.heard()).to.deep.equal(['queue.submit.requestid']);
    await room.ready('alice');
    expect(room.heard()).to.deep.equal(['queue.submit.timetodial']);
    await room.ready('bob');
    expect(room.heard()).to.deep.equal([]);
    expect(await other('2', 'update', { hold: 'false' })).to.deep.equal(['queue.update.done']);
    expect(room.heard()).to.deep.equal(['queue.submit.done alice']);
  });

  const refused: [what: string, attributes: Attributes, error: string][] = [
    ['time is over', { timeout: 1 }, 'timeout'],
    ['dialling says nothing', { dialling: {} }, 'invalidattribute'],
    ['the priority is none', { priority: 'high' }, 'invalidattribute'],
    ['src names rules elsewhere', { src: 'gdata:x' }, 'unsupported'],
    ['there is no such ordertype', { ordertype: 'best' }, 'bad-target'],
  ];
  for (const [what, attributes, error] of refused)
    it(`submit: ${error} when ${what}`, async () => {
      await room.submit(attributes);
      await room.clock.advance(2_000);
      expect([room.heard().at(-1), room.session.isOver()]).to.deep.equal([`error.queue.submit ${error}`, true]);
      expect(room.router.standing('S/1/0').state).to.equal('ended');
    });

  it('submit: with clearontimeout false it stays when time is over, in the next process, too, and says so once', async () => {
    const late = { timeout: 5, clearontimeout: 'false' };
    await room.submit(late);
    await room.clock.advance(5_000);
    expect(room.heard()).to.deep.equal(['queue.submit.requestid', 'error.queue.submit timeout']);
    await room.restart();
    await room.submit(late);
    await room.clock.advance(5_000);
    expect([room.heard(), room.router.standing('S/1/0').state]).to.deep.equal([[], 'waiting']);
  });

  it('cancel: by the request, or by the interaction and its queue', async () => {
    for (const by of [{ requestid: 'r' }, { requestid: '', interactionid: 'I1', queue: 'VQ' }]) {
      await room.submit();
      room.heard();
      expect(await other('2', 'cancel', by)).to.deep.equal([]);
      expect([room.heard(), room.router.standing('S/1/0').state]).to.deep.equal([['queue.cancel.done'], 'ended']);
    }
  });

  const uncancelled: [attributes: Attributes, error: string][] = [
    [{ requestid: 'x' }, 'invalidstate.null'],
    [{ requestid: '' }, 'invalidattribute'],
    [{ requestid: '', interactionid: 'I1' }, 'invalidattribute'],
    [{ requestid: '', interactionid: 'I1', queue: 'Other' }, 'invalidstate.null'],
    [{ requestid: '', interactionid: 'I2', queue: 'VQ' }, 'invalidstate.null'],
  ];
  for (const [attributes, error] of uncancelled)
    it(`cancel: ${error} for ${JSON.stringify(attributes)}, and the request stays`, async () => {
      await room.submit();
      expect(await other('2', 'cancel', attributes)).to.deep.equal([`error.queue.cancel ${error}`]);
      expect(room.router.standing('S/1/0').state).to.equal('waiting');
    });

  it('query: where it is, and since when', async () => {
    await room.submit({ priority: 3 });
    await room.clock.advance(7_500);
    const session = room.other('S', 'S/2/0');
    await room.act('query', { requestid: 'r' }, session);
    expect(session.heard).to.deep.equal([
      ['queue.query.done', { requestid: 'r', priority: 3, positioninqueue: 1, invqwaittime: 7 }],
    ]);
  });

  it("query and update: invalidstate.null for what is in no queue, or is another session's", async () => {
    await room.submit();
    for (const name of ['query', 'update']) {
      expect(await other('2', name, { requestid: 'x' })).to.deep.equal([`error.queue.${name} invalidstate.null`]);
      const stranger = room.other('T', 'T/1/0');
      await room.act(name, { requestid: 'r' }, stranger);
      expect(room.heard(stranger)).to.deep.equal([`error.queue.${name} invalidstate.null`]);
    }
  });

  it('update: priority, hold and targets', async () => {
    await room.submit({}, [targets('alice@S.A')]);
    await room.ready('bob');
    expect(await other('2', 'update', { hold: 'true' }, [targets('bob@S.A')])).to.deep.equal(['queue.update.done']);
    expect(room.router.standing('S/1/0').state).to.equal('waiting');
    expect(await other('3', 'update', { hold: '5', priority: '7' })).to.deep.equal(['queue.update.done']);
    await room.clock.advance(5_000);
    expect(room.router.standing('S/1/0')).to.have.nested.property('selected.priority', 7);
  });

  it('update: who is declined is let go, and who is excluded does not come again', async () => {
    await room.submit();
    await room.ready('alice');
    expect(room.heard()).to.deep.equal(['queue.submit.requestid', 'queue.submit.done alice']);
    const decline = 'S/1/0#1';
    expect(await other('2', 'update', { exclude: ['alice'], decline })).to.deep.equal(['queue.update.done']);
    await room.clock.advance(10_000);
    expect([room.heard(), room.router.agentState('alice')]).to.deep.equal([[], 'Ready']);
    await room.ready('bob');
    expect(room.heard()).to.deep.equal(['queue.submit.done bob']);
    expect(await other('3', 'update', { decline })).to.deep.equal(['queue.update.done']);
    expect(room.router.agentState('bob')).to.equal('Reserved');
  });

  it('update: who is declined by a request that is held then is free for others', async () => {
    await room.submit();
    await room.ready('alice');
    expect(await other('2', 'update', { hold: 'true', decline: 'S/1/0#1' })).to.deep.equal(['queue.update.done']);
    await room.clock.advance(60_000);
    expect([room.router.agentState('alice'), room.router.standing('S/1/0')]).to.deep.equal([
      'Ready',
      { state: 'waiting', position: 1 },
    ]);
  });

  it('update and query: wait for a request that is on its way to the queue', async () => {
    void room.submit({ priority: 1 });
    expect(await other('2', 'update', { priority: '5' })).to.deep.equal(['queue.update.done']);
    const session = room.other('S', 'S/3/0');
    await room.act('query', { requestid: 'r' }, session);
    expect(session.heard[0]?.[1]).to.include({ priority: 5, positioninqueue: 1 });
  });

  const unchanged: [attributes: Attributes, children: ReturnType<typeof child>[], error: string][] = [
    [{ priority: 'high' }, [], 'invalidattribute'],
    [{ hold: 'long' }, [], 'invalidattribute'],
    [{ priority: 9 }, [targets('Nobody@S.GA')], 'bad-target'],
    [{ priority: 9 }, [targets('{StatAgentsTotal<0}Billing@S.GA')], 'threshold'],
  ];
  for (const [attributes, children, error] of unchanged)
    it(`update: ${error} for ${JSON.stringify(attributes)}, and nothing is changed`, async () => {
      await room.submit();
      room.router.submit({ id: 'rival', vq: 'VQ', targets: ['Billing@S.GA'], priority: 1 });
      expect(await other('2', 'update', attributes, children)).to.deep.equal([`error.queue.update ${error}`]);
      expect(room.router.standing('S/1/0')).to.deep.equal({ state: 'waiting', position: 2 });
    });

  const ways: [what: string, attributes: Attributes, ready: readonly string[]][] = [
    ['waits', {}, []],
    ['is held', { place: { hold: true } }, ['alice']],
    ['waits for its time to dial', { dialling: dial, place: { hold: true } }, []],
    ['has outlived its time', { timeout: 1, clearontimeout: 'false' }, []],
    ['has an agent', {}, ['alice']],
  ];
  for (const [what, attributes, ready] of ways)
    it(`at the end of its session a request that ${what} leaves the queue, and nobody is held for it`, async () => {
      await room.submit(attributes);
      await room.ready(...ready);
      await room.clock.advance(2_000);
      room.heard();
      await room.queue.module.ended?.('S');
      expect([room.router.standing('S/1/0').state, room.session.isOver(), room.heard()]).to.deep.equal([
        'ended',
        true,
        [],
      ]);
      expect(room.router.waiting('VQ')).to.equal(0);
      await room.ready(...agents.map(({ id }) => id));
      expect(agents.map(({ id }) => room.router.agentState(id))).to.deep.equal(['Ready', 'Ready']);
      await room.clock.advance(60_000);
      expect(room.heard()).to.deep.equal([]);
    });

  it('have a test each', () => {
    expect(Object.keys(queueTable.actions)).to.deep.equal(['submit', 'cancel', 'query', 'update']);
    expect(Object.keys(queueTable.model.functions)).to.deep.equal([
      'reserveTarget',
      'checkAgentState',
      'excludeAgents',
    ]);
  });
});
