import { expect } from 'chai';
import { virtualClock } from '../../../../server/clock/virtual.js';
import { Replies } from '../../../../server/host/replies.js';
import { wsModule } from '../../../../server/ors/modules/ws.js';
import { perform, sessionOf, type Attributes, type Session } from './bench.js';

describe('the web module', () => {
  let session: Session;
  let replies: Replies;
  beforeEach(() => {
    session = sessionOf();
    replies = new Replies(virtualClock());
  });
  const respond = (attributes: Attributes): Promise<void> =>
    perform(wsModule(replies), 'response', session, attributes, { params: { a: 1 } });
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
      expect(session.heard).to.deep.equal([['error.ws.response', { requestid: given, description }]]);
    });

  it('a second time is an error', async () => {
    const reply = waiting();
    await respond({ requestid: 'id' });
    await respond({ requestid: 'id' });
    await reply;
    expect(session.heard).to.deep.equal([['error.ws.response', { requestid: 'id', description }]]);
  });
});
