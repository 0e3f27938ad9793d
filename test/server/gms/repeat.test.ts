// A start of a callback that comes again with its Idempotency-Key.
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { demoServices } from '../../../server/gms/demo-services.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';
import { callbackServer, type CallbackServer } from './server.js';

const NOW = '2026-03-01T12:00:00.000Z';
const LATER = '2026-03-01T13:00:00.000Z';
const path = '/genesys/1/service/callback/BasicCallback';
const customer = { _customer_number: '+49 911 4711 0815', usr_reason: 'billing' };

describe('a callback that is asked for again', () => {
  let clock: VirtualClock;
  let store: Store;
  let server: Whole;
  const begin = async (services: object = demoServices): Promise<void> => {
    server = await wholeServer({ store, clock, services });
  };
  const start = async (body: object, key = 'k') => {
    const { status, data, headers } = await server.ask('POST', path, { body, key });
    return { status, data, replayed: headers['idempotent-replayed'] as unknown };
  };
  beforeEach(async () => {
    clock = virtualClock(Date.parse(NOW));
    store = memoryStore();
    await begin();
  });
  afterEach(() => server.close());

  for (const [when, body] of Object.entries({ now: customer, later: { ...customer, _desired_time: LATER } }))
    it(`is one callback, with the same answer, when it is wanted ${when}: beside the first, after it, and in the next process`, async () => {
      const [first, beside] = await Promise.all([start(body), start(body)]);
      const after = await start(body);
      await server.close();
      await begin({});
      const much = await start(body);
      const { status, data } = first;
      expect(status).to.equal(200);
      for (const repeat of [after, much]) expect(repeat).to.deep.equal({ status, data, replayed: 'true' });
      expect([first.replayed, beside.replayed]).to.have.members([undefined, 'true']);
      expect(beside.data).to.deep.equal(data);
      expect(await store.callbacks({})).to.have.length(1);
    });

  it('is another callback with another key, or without one', async () => {
    for (const key of ['k', 'l']) await start(customer, key);
    for (const key of [{}, {}]) await server.ask('POST', path, { body: customer, ...key });
    expect(await store.callbacks({})).to.have.length(4);
  });

  it('is refused when something else is asked for with the key', async () => {
    await start(customer);
    const { status, data } = await start({ ...customer, usr_reason: 'sales' });
    expect(status).to.equal(422);
    expect(data).to.deep.include({ code: 42290, phrase: 'IDEMPOTENCY_KEY_REUSED', properties: {} });
    expect(data['message']).to.include('"k"');
  });

  it('is looked at anew when the first was refused, since nothing was done', async () => {
    const refused = await start({ usr_reason: 'billing' });
    expect([refused.status, refused.data['code']]).to.deep.equal([400, 40010]);
    expect((await start({ usr_reason: 'billing' })).replayed).to.equal(undefined);
    expect((await start(customer)).status).to.equal(200);
  });

  for (const key of ['', 'a b', 'k'.repeat(256)])
    it(`is refused with the key "${key.slice(0, 9)}"`, async () => {
      const { status, data } = await start(customer, key);
      expect(status).to.equal(400);
      expect(data).to.deep.include({ code: 40090, phrase: 'IDEMPOTENCY_KEY_INVALID' });
      expect(await store.callbacks({})).to.be.empty;
    });
});

describe('a callback that could not be started', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(demoServices, NOW);
    server.ids.push('1-a', '1-b');
    server.sessions.failure = new Error('no such document');
  });
  afterEach(() => server.close());

  it('gives the same error again, and is not tried again, also when it could be started by now', async () => {
    const start = () => server.post(path, customer, 'k');
    const first = await start();
    server.sessions.failure = undefined;
    const again = await start();
    expect([first.status, again.status]).to.deep.equal([500, 500]);
    expect(again.body).to.deep.equal(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotent-replayed'))).to.deep.equal([null, 'true']);
    expect(server.sessions.started).to.have.length(1);
  });

  it('at its time, has been accepted all the same: the repeat is answered as the first', async () => {
    const start = () => server.post(path, { ...customer, _desired_time: LATER }, 'k');
    const first = await start();
    await server.clock.advance(3_600_000);
    expect(await server.store.callback('1-a')).to.include({ reason: 'SUBMIT_ERROR' });
    const again = await start();
    expect([first.body, again.body]).to.deep.equal([{ _id: '1-a' }, { _id: '1-a' }]);
  });
});
