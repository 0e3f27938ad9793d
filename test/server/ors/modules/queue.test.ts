import { expect } from 'chai';
import type { ModuleChild, ModuleEffect } from '../../../../engine/effect.js';
import { virtualClock, type VirtualClock } from '../../../../server/clock/virtual.js';
import { Queue } from '../../../../server/ors/modules/queue.js';
import type { Change, Ended, RouterPort, Selected, SubmitRequest } from '../../../../server/routing/port.js';
import { memoryStore } from '../../../../server/store/memory.js';
import type { Store } from '../../../../server/store/port.js';
import { queueTable } from '../../../../server/ors/modules/queue/elements.js';
import { holdToTable } from './fields.js';
import { network, openedOf, perform, sessionOf, type Session } from './bench.js';

const selected: Selected = {
  reservation: 'R1',
  agent: 'alice',
  dn: '7001',
  place: 'P1',
  switch: 'SIP',
  target: 'Billing@S.GA',
  type: 'GA',
  ...{ vq: 'VQ', media: 'voice' },
  priority: 0,
  waitedMs: 0,
  untilMs: 1,
};

const targets = (...texts: string[]): ModuleChild[] => [
  {
    name: 'targets',
    attributes: {},
    children: texts.map((expr) => ({ name: 'targetid', attributes: { expr }, children: [] })),
  },
];

describe('the queue module', () => {
  let queue: Queue;
  let clock: VirtualClock;
  let store: Store;
  let submitted: SubmitRequest[];
  let cancelled: string[];
  let updated: Change[];
  let session: Session;
  beforeEach(async () => {
    submitted = [];
    cancelled = [];
    session = sessionOf();
    updated = [];
    const router = {
      statistic: () => 5,
      standing: () => ({ state: 'waiting' }),
      place: () => ({ position: 2, waitedMs: 5400 }),
      update: (_: string, change: Change) => updated.push(change) > 0,
      submit: (request: SubmitRequest) => submitted.push(request),
      cancel: (id: string) => {
        if (!submitted.some((request) => request.id === id)) return false;
        cancelled.push(id);
        ended(id, { why: 'cancelled' });
        return true;
      },
    };
    clock = virtualClock();
    store = memoryStore();
    const services = { voice: network({}), interactions: await openedOf(session) };
    queue = new Queue({ router: router as unknown as RouterPort, clock, store, ...services });
  });
  afterEach(() => {
    holdToTable(queueTable, session.heard);
  });
  const ended = (id: string, how: Ended): void => {
    queue.report({ at: 0, id, type: 'ended', ...how });
  };
  const submit = (attributes = {}, children = targets('Billing@S.GA')): Promise<void> =>
    perform(queue.module, 'submit', session, { queue: 'VQ', interactionid: 'I1', ...attributes }, { children });
  const cancel = (): Promise<void> => perform(queue.module, 'cancel', session, { requestid: 'r' });
  const heard = () => session.heard.splice(0);
  const errors = () => heard().map(([name, data]) => [name, (data as { error: string }).error]);

  it('submits with the effect key, in milliseconds, and answers the id of the request', async () => {
    await submit({ priority: '5', timeout: 60, reserve: '20' });
    expect(submitted).to.deep.equal([
      {
        id: 'S/1/0',
        vq: 'VQ',
        targets: ['Billing@S.GA'],
        priority: 5,
        ageStartMs: 0,
        timeoutMs: 60_000,
        reserveMs: 20_000,
      },
    ]);
    expect(heard()).to.deep.equal([['queue.submit.requestid', { requestid: 'r' }]]);
  });

  const lists: [texts: string[], wants: string[]][] = [
    [['A@S.GA, B@S.GA'], ['A@S.GA', 'B@S.GA']],
    [
      ['A@S.GA', 'B@S.A'],
      ['A@S.GA', 'B@S.A'],
    ],
    [['?:English>5&French>2@S.GA, 8001.Q'], ['?:English>5&French>2@S.GA', '8001@.Q']],
    [
      ['{StatCallsInQueue<10}[25]8001.Q', '[75]?deep:(psap1 > 0)@S.GA'],
      ['8001@.Q', '?deep:(psap1 > 0)@S.GA'],
    ],
    [['{StatCallsInQueue>10}8001.Q,B@S.A'], ['B@S.A']],
  ];
  for (const [texts, wants] of lists)
    it(`reads targets ${JSON.stringify(texts)} as ${JSON.stringify(wants)}`, async () => {
      await submit({}, targets(...texts));
      expect(submitted[0]?.targets).to.deep.equal(wants);
    });

  const bad: [what: string, attributes: object, children: ModuleChild[], error: string][] = [
    ['no targets', {}, [], 'bad-target'],
    ['an empty place in the list', {}, targets('A@S.GA,,B@S.GA'), 'bad-target'],
    ['a weight that is none', {}, targets('[x]A@S.GA'), 'bad-target'],
    ['a threshold of something unknown', {}, targets('{Moon<1}A@S.GA'), 'bad-target'],
    ['a target without a type', {}, targets('A@S'), 'bad-target'],
    ['thresholds that do not hold', {}, targets('{StatCallsInQueue<1}A@S.GA'), 'threshold'],
    ['src', { src: 'gdata:rules' }, targets('A@S.GA'), 'unsupported'],
    ['a timeout that is none', { timeout: 'soon' }, targets('A@S.GA'), 'invalidattribute'],
    ['max without a statistic', { ordertype: 'max' }, targets('A@S.GA'), 'bad-target'],
  ];
  for (const [what, attributes, children, error] of bad)
    it(`refuses ${what} as ${error}`, async () => {
      await submit(attributes, children);
      expect(errors().at(-1)).to.deep.equal(['error.queue.submit', error]);
      expect([submitted, session.isOver()]).to.deep.equal([[], true]);
    });

  it('leaves excluded agents out of what the session submits from then on', async () => {
    const exclude = queue.module.model?.functions?.['excludeAgents'];
    const effect = { attributes: { args: ['alice,bob'] } } as unknown as ModuleEffect;
    await exclude?.perform(effect, sessionOf('S', 'S/0/0').context);
    await submit();
    expect(submitted[0]?.exclude).to.deep.equal(['alice', 'bob']);
  });

  it('tells that time is over, and stays, where clearontimeout is false', async () => {
    await submit({ timeout: 5, clearontimeout: 'false' });
    heard();
    await clock.advance(5_000);
    expect(errors()).to.deep.equal([['error.queue.submit', 'timeout']]);
    expect([cancelled, session.isOver()]).to.deep.equal([[], false]);
  });

  it('routes what is not there (any more) nowhere, and ends', async () => {
    await submit({ route: 'true' });
    heard();
    queue.report({ at: 0, id: 'S/1/0', type: 'selected', selected });
    await clock.advance(1);
    expect(errors()).to.deep.equal([['error.queue.submit', 'invalidstate.null']]);
    expect([cancelled, session.isOver()]).to.deep.equal([['S/1/0'], true]);
  });

  it('says where a request is, and changes it', async () => {
    await submit({ priority: 3 });
    const other = sessionOf('S', 'S/2/0');
    await perform(queue.module, 'update', other, { requestid: 'r', priority: 9, hold: '20' });
    await perform(queue.module, 'query', other, { requestid: 'r' });
    expect(updated).to.deep.equal([{ priority: 9, held: 20_000 }]);
    const place = { requestid: 'r', priority: 9, positioninqueue: 2, invqwaittime: 5 };
    expect(other.heard).to.deep.equal([
      ['queue.update.done', { requestid: 'r' }],
      ['queue.query.done', place],
    ]);
    await store.commit([...session.writes, ...other.writes]);
    updated = [];
    await perform(queue.module, 'submit', session.again(), { queue: 'VQ' }, { children: targets('A@S.GA') });
    expect(updated, 'in the next process').to.deep.equal([{ priority: 9, held: 20_000 }]);
  });

  it('says that it cannot query or change what is gone', async () => {
    for (const name of ['query', 'update']) await perform(queue.module, name, session, { requestid: 'r' });
    expect(heard().map(([name]) => name)).to.deep.equal(['error.queue.query', 'error.queue.update']);
  });

  it('tells who was selected, again and again until it is accepted', async () => {
    await submit();
    heard();
    queue.report({ at: 0, id: 'S/1/0', type: 'selected', selected });
    const data = {
      access: { prefix: '', rtype: 1, destination: '7001', location: 'SIP', dnis: '' },
      requestid: 'r',
      interactionid: 'I1',
      targetselected: '7001@SIP.DN',
      targetobjectselected: 'Billing@S.GA',
      targetcomponentselected: 'Billing@S.GA',
      vqselected: 'VQ',
      resource: {
        type: 'A',
        agent: 'alice',
        dn: '7001',
        place: 'P1',
        switch: 'SIP',
        vq: 'VQ',
        id: 'alice',
        reservation: 'R1',
        targettype: 'GA',
      },
    };
    expect(heard()).to.deep.equal([['queue.submit.done', data]]);
    queue.report({ at: 0, id: 'S/1/0', type: 'selected', selected });
    expect(session.isOver()).to.equal(false);
    ended('S/1/0', { why: 'accepted' });
    expect(session.isOver()).to.equal(true);
    queue.report({ at: 0, id: 'S/1/0', type: 'selected', selected });
    expect(heard().map(([name]) => name)).to.deep.equal(['queue.submit.done']);
  });

  const ends: [how: Ended, description: string][] = [
    [{ why: 'timeout' }, 'the request ended: timeout'],
    [{ why: 'expired' }, 'the request ended: expired'],
    [{ why: 'bad-target', text: '"X" is no target' }, '"X" is no target'],
  ];
  for (const [how, description] of ends)
    it(`tells that it ended as ${how.why}`, async () => {
      await submit();
      heard();
      ended('S/1/0', how);
      expect(heard()).to.deep.equal([['error.queue.submit', { requestid: 'r', error: how.why, description }]]);
      expect(session.isOver()).to.equal(true);
    });

  it('cancels once: what is cancelled again has ended before', async () => {
    await submit();
    heard();
    await cancel();
    await cancel();
    expect(cancelled).to.deep.equal(['S/1/0']);
    expect(heard()).to.deep.equal([
      ['queue.cancel.done', { requestid: 'r' }],
      [
        'error.queue.cancel',
        { requestid: 'r', error: 'invalidstate.null', description: 'this request has ended before' },
      ],
    ]);
  });

  describe('in the next process', () => {
    beforeEach(() => {
      session = session.again();
    });

    it('submits again at the old place, with what is left of the time', async () => {
      await clock.advance(45_000);
      await submit({ timeout: 60 });
      expect(submitted[0]).to.include({ id: 'S/1/0', ageStartMs: 0, timeoutMs: 15_000 });
      submitted = [];
      await clock.advance(45_000);
      await submit({ timeout: 60 });
      expect(submitted[0]).to.include({ timeoutMs: 0 });
    });

    it('tells the id of the request, unless the session has heard it before', async () => {
      await submit();
      expect(heard()).to.deep.equal([['queue.submit.requestid', { requestid: 'r' }]]);
      await store.commit(session.writes);
      await submit();
      expect(heard()).to.deep.equal([]);
    });

    it('does not submit for a session that is over: the action has ended', async () => {
      session.end();
      await submit();
      expect([submitted, session.isOver()]).to.deep.equal([[], true]);
    });

    it('cancels what is on its way to the queue', async () => {
      const submitting = submit();
      await perform(queue.module, 'cancel', sessionOf('S', 'S/2/0'), { requestid: 'r' });
      await submitting;
      expect([heard(), submitted, session.isOver()]).to.deep.equal([
        [['queue.cancel.done', { requestid: 'r' }]],
        [],
        true,
      ]);
    });

    it('says nothing when it cancels what is gone: that may be its own work', async () => {
      await cancel();
      expect([heard(), session.isOver()]).to.deep.equal([[], true]);
    });
  });

  it('does not cancel what another session has submitted', async () => {
    await submit();
    const other = sessionOf('OTHER');
    await perform(queue.module, 'cancel', other, { requestid: 'r' });
    expect(cancelled).to.be.empty;
    expect(other.heard.map(([name]) => name)).to.deep.equal(['error.queue.cancel']);
  });

  it('takes the requests of a session that ends out of the queue, and only those', async () => {
    await submit();
    await perform(queue.module, 'submit', sessionOf('OTHER'), { queue: 'VQ' });
    heard();
    await queue.module.ended?.('S');
    expect([cancelled, heard()]).to.deep.equal([['S/1/0'], []]);
  });
});
