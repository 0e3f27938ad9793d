import { expect } from 'chai';
import type { ModuleChild } from '../../../../engine/effect.js';
import { Queue } from '../../../../server/ors/modules/queue.js';
import type { Ended, RouterPort, Selected, SubmitRequest } from '../../../../server/routing/port.js';
import { perform, sessionOf, type Session } from './bench.js';

const selected: Selected = {
  reservation: 'R1',
  agent: 'alice',
  dn: '7001',
  place: 'P1',
  switch: 'SIP',
  target: 'Billing@S.GA',
  type: 'GA',
  vq: 'VQ',
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
  let submitted: SubmitRequest[];
  let cancelled: string[];
  let session: Session;
  beforeEach(() => {
    submitted = [];
    cancelled = [];
    session = sessionOf();
    const router = {
      submit: (request: SubmitRequest) => submitted.push(request),
      cancel: (id: string) => {
        cancelled.push(id);
        ended(id, { why: 'cancelled' });
        return true;
      },
    };
    queue = new Queue(router as unknown as RouterPort);
  });
  const ended = (id: string, how: Ended): void => {
    queue.report({ at: 0, id, type: 'ended', ...how });
  };
  const submit = (attributes = {}, children = targets('Billing@S.GA')): Promise<void> =>
    perform(queue.module, 'submit', session, { queue: 'VQ', interactionid: 'I1', ...attributes }, { children });
  const cancel = (): Promise<void> => perform(queue.module, 'cancel', session, { requestid: 'r' });
  const heard = () => session.heard.splice(0);

  it('submits with the effect key, in milliseconds, and answers the id of the request', async () => {
    await submit({ priority: '5', timeout: 60, reserve: '20' });
    expect(submitted).to.deep.equal([
      { id: 'S/1/0', vq: 'VQ', targets: ['Billing@S.GA'], priority: 5, timeoutMs: 60_000, reserveMs: 20_000 },
    ]);
    expect(heard()).to.deep.equal([['queue.submit.requestid', { requestid: 'r' }]]);
  });

  const lists: [texts: string[], wants: string[]][] = [
    [['A@S.GA, B@S.GA'], ['A@S.GA', 'B@S.GA']],
    [
      ['A@S.GA', 'B@S.A'],
      ['A@S.GA', 'B@S.A'],
    ],
    [['?:English>5,French>2@S.GA'], ['?:English>5,French>2@S.GA']],
    [['', ' , '], []],
  ];
  for (const [texts, wants] of lists)
    it(`reads targets ${JSON.stringify(texts)} as ${JSON.stringify(wants)}`, async () => {
      await submit({}, targets(...texts));
      expect(submitted[0]?.targets).to.deep.equal(wants);
    });

  it('tells who was selected, again and again until it is accepted', async () => {
    await submit();
    heard();
    queue.report({ at: 0, id: 'S/1/0', type: 'selected', selected });
    const data = {
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
    ended('S/1/0', { why: 'accepted' });
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
    });

  it('cancels once: what is cancelled again has ended before', async () => {
    await submit();
    heard();
    await cancel();
    await cancel();
    expect(cancelled).to.deep.equal(['S/1/0']);
    expect(heard()).to.deep.equal([
      ['queue.cancel.done', { requestid: 'r' }],
      ['error.queue.cancel', { requestid: 'r', description: 'this request has ended before' }],
    ]);
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
