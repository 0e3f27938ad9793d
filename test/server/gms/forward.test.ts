// Requests to a callback by its id, through the whole server; and the paths of ORS below GMS's root, as desktops have them.
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';

describe('requests to a callback', () => {
  let clock: VirtualClock;
  let store: Store;
  let server: Whole;
  let id: string;
  beforeEach(async () => {
    clock = virtualClock(Date.parse('2026-03-01T12:00:00.000Z'));
    store = memoryStore();
    server = await wholeServer({ store, clock });
    id = await start({});
  });
  afterEach(() => server.close());
  const start = async (more: object): Promise<string> => {
    const body = { _customer_number: '5115', ...more };
    const { data } = await server.ask('POST', '/genesys/1/service/callback/BasicCallback', { body });
    await clock.settle();
    return String(data['_id']);
  };
  const ask = (method: string, of: string, name: string) => server.ask(method, `/genesys/1/service/${of}/${name}`);

  it('are answered by its strategy', async () => {
    const { status, data } = await ask('POST', id, 'connect');
    expect([status, data['_action']]).to.deep.equal([200, 'ConfirmationDialog']);
  });

  it('are answered with its negative answer, too', async () => {
    const { status, data } = await ask('POST', id, 'plugin.reply');
    expect([status, data['message']]).to.deep.equal([
      409,
      'no answer of a plugin is expected now: it came too late, or came before',
    ]);
  });

  const errors: Record<
    string,
    [of: () => Promise<string>, name: string, status: number, phrase: string, message: RegExp]
  > = {
    'CALLBACK_NOT_FOUND where there is none': [async () => '1-none', 'connect', 400, 'CALLBACK_NOT_FOUND', /1-none/],
    'UNKNOWN_ERROR while it has no session': [
      () => start({ _desired_time: '2026-03-02T12:00:00.000Z' }),
      ...(['connect', 500, 'UNKNOWN_ERROR', /no session, and is SCHEDULED/] as const),
    ],
    'UNKNOWN_ERROR when its session is over': [
      async () => {
        await server.ask('DELETE', `/genesys/1/service/callback/BasicCallback/${id}`);
        return id;
      },
      ...(['connect', 500, 'UNKNOWN_ERROR', /session [0-9A-Z]{32}/] as const),
    ],
    'BAD_PARAMETER for what is no name of an event': [async () => id, 'a%20b', 400, 'BAD_PARAMETER', /event/],
  };
  for (const [title, [of, name, status, phrase, message]] of Object.entries(errors))
    it(`are answered ${title}`, async () => {
      const answer = await ask('POST', await of(), name);
      expect([answer.status, answer.data['phrase']]).to.deep.equal([status, phrase]);
      expect(answer.data['message']).to.match(message);
    });

  it('come by POST, but check-queue-position by GET, too', async () => {
    expect((await ask('GET', id, 'connect')).status).to.equal(404);
  });

  it('and events reach its session below /genesys/1/ors as well', async () => {
    const { sessionid = '' } = (await store.callback(id)) ?? {};
    const path = `/genesys/1/ors/scxml/session/${sessionid}`;
    expect((await server.ask('GET', `${path}/event/resume_session`)).status).to.equal(200);
    expect((await server.ask('POST', `${path}/request/connect`)).status).to.equal(200);
    expect((await server.ask('GET', `${path}/query`)).data['status']).to.equal('active');
    expect((await server.ask('POST', `${path}/terminate`)).status).to.equal(200);
    expect((await store.callback(id))?.reason).to.equal('NOT_AVAILABLE');
  });
});
