import { expect } from 'chai';
import type { Data } from '../../../../engine/event.js';
import { virtualClock } from '../../../../server/clock/virtual.js';
import { Replies } from '../../../../server/host/replies.js';
import { wsModule, wsTable } from '../../../../server/ors/modules/ws.js';
import { perform, sessionOf, type Attributes, type Session } from './bench.js';
import { holdToTable } from './fields.js';

describe('the web module', () => {
  let session: Session;
  let replies: Replies;
  beforeEach(() => {
    session = sessionOf();
    replies = new Replies(virtualClock());
  });
  const respond = (attributes: Attributes, content?: Data): Promise<void> =>
    perform(wsModule(replies), 'response', session, attributes, { params: { a: 1 }, content });
  afterEach(() => holdToTable(wsTable, session.heard));
  const waiting = () => replies.wait('id', 'S', 1_000, () => new Error('late'));

  const types: [written: string | undefined, type: string][] = [
    [undefined, 'positive'],
    ['positive', 'positive'],
    ['negative', 'negative'],
    ["'negative'", 'negative'],
  ];
  for (const [written, type] of types)
    it(`answers the request, ${type} for type ${written ?? 'left out'}`, async () => {
      const reply = waiting();
      await respond({ requestid: 'id', type: written, resultcode: 404 });
      expect(await reply).to.deep.equal({ type, resultcode: '404', params: { a: 1 } });
      expect(session.heard).to.be.empty;
    });

  it('answers with content of a type of its own', async () => {
    const reply = waiting();
    await respond({ requestid: 'id', contenttype: 'text/csv; charset=utf-8' }, 'a,b');
    const more = { content: 'a,b', contenttype: 'text/csv; charset=utf-8' };
    expect(await reply).to.deep.equal({ type: 'positive', resultcode: undefined, params: { a: 1 }, ...more });
  });

  for (const contenttype of ['text', 'a/b\r\nset-cookie: x=1', 'text/html;'])
    it(`with a type that is none is an error to both sides: ${JSON.stringify(contenttype)}`, async () => {
      const reply = waiting();
      await respond({ requestid: 'id', contenttype }, 'a,b');
      const wrong = 'the answer has a contenttype that is no media type';
      expect(await reply).to.deep.equal({ type: 'negative', resultcode: '500', params: { description: wrong } });
      const data = { requestid: 'id', error: 'badtype', description: wrong };
      expect(session.heard).to.deep.equal([['error.ws.response', data]]);
    });

  it('has its answer written with the step, and is not done again', () => {
    const action = wsModule(replies).actions['response'];
    const at = { line: 1, column: 1 };
    const effect = { type: 'module', namespace: '', name: 'response', requestid: 'r', children: [], at } as const;
    const attributes = { requestid: 'id', type: 'negative', resultcode: 404 };
    const reply = { type: 'negative', resultcode: '404', params: { a: 1 } };
    expect(action?.answers?.({ ...effect, attributes, params: { a: 1 }, content: undefined })).to.deep.equal({
      sendid: 'id',
      reply,
    });
    expect(action?.passing).to.equal(true);
  });

  const description = 'nobody waits for this request any more: it was answered before, or its time is over';
  for (const [title, requestid, given] of [
    ['that nobody waits for', 'other', 'other'],
    ['without an id', undefined, ''],
  ] as const)
    it(`of a request ${title} is an error`, async () => {
      await respond({ requestid });
      expect(session.heard).to.deep.equal([['error.ws.response', { requestid: given, error: 'unknown', description }]]);
    });

  it('whose session is over is heard of by nobody, and has an end', async () => {
    const reply = waiting();
    replies.abandon('S', new Error('the session is over'));
    session.end();
    await respond({ requestid: 'id' });
    expect(await reply.catch(String)).to.equal('Error: the session is over');
    expect([session.heard, session.isOver()]).to.deep.equal([[], true]);
  });

  it('of a request of another session is an error, and answers nothing', async () => {
    const reply = replies.wait('id', 'OTHER', 1_000, () => new Error('late'));
    await respond({ requestid: 'id' });
    expect(session.heard).to.deep.equal([['error.ws.response', { requestid: 'id', error: 'unknown', description }]]);
    replies.abandon('OTHER', new Error('still waiting'));
    expect(await reply.catch(String)).to.equal('Error: still waiting');
  });

  const wrong: Record<(typeof wsTable.errors)['error.ws.response'][number], Attributes> = {
    unknown: { requestid: 'other' },
    badtype: { requestid: 'id', contenttype: 'text' },
  };
  for (const [error, attributes] of Object.entries(wrong)) {
    it(`ends in the error ${error}`, async () => {
      void waiting();
      await respond(attributes, 'a,b');
      expect(session.heard.map(([, data]) => (data as { error: string }).error)).to.deep.equal([error]);
    });
    it(`ends in the error ${error} unheard when its session is over`, async () => {
      void waiting();
      session.end();
      await respond(attributes, 'a,b');
      expect([session.heard, session.isOver()]).to.deep.equal([[], true]);
    });
  }

  it('a second time is an error', async () => {
    const reply = waiting();
    await respond({ requestid: 'id' });
    await respond({ requestid: 'id' });
    await reply;
    expect(session.heard).to.deep.equal([['error.ws.response', { requestid: 'id', error: 'unknown', description }]]);
  });
});
