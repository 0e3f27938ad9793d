import { expect } from 'chai';
import { demoServices } from '../../../server/gms/demo-services.js';
import { callbackIds } from '../../../server/gms/id.js';
import { callbackServer, type CallbackServer } from './server.js';

const { options } = demoServices.BasicCallback;
const services = {
  ...demoServices,
  Email: { template: 'callback', options: { ...options, _mandatory_customer_lookup_keys: '_email' } },
};
const now = '2026-03-01T12:00:00.000Z';
const later = '2026-03-01T13:00:00.000Z';
const base = '/genesys/1/service/callback';
const basic = `${base}/BasicCallback`;
const customer = { _customer_number: '+49 911 4711 0815' };

describe('callbacks.start', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(services, now);
    server.ids.push('1-a', '1-b');
  });
  afterEach(() => server.close());

  const record = () => server.store.callback('1-a');
  const cancel = (query = '') => server.delete(`${basic}/1-a${query}`);

  describe('now', () => {
    it('has the record in the store before the session is started, and the session id in it after', async () => {
      let state: unknown;
      server.sessions.strategy = async () => void (state = (await record())?.state);
      await server.post(basic, customer);
      expect(state).to.equal('QUEUED');
      expect((await record())?.sessionid).to.match(/^SESSION10+$/);
      expect((await server.get(`${basic}/1-a`)).body).to.have.property('_ors_session_id', 'SESSION1'.padEnd(32, '0'));
    });

    it('completes the record with SUBMIT_ERROR when the session cannot be started', async () => {
      server.sessions.failure = new Error('strategies/callback.scxml: no such document');
      const { status, body } = await server.post(basic, customer);
      expect(status).to.equal(500);
      expect(body).to.deep.equal({
        code: 50030,
        phrase: 'ORS_ERROR',
        message: 'strategies/callback.scxml: no such document',
        exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionFromORS',
        properties: {},
      });
      expect(await record()).to.include({ state: 'COMPLETED', reason: 'SUBMIT_ERROR' });
      expect((await server.get(`${basic}/1-a`)).body).to.have.property('_callback_reason', 'SUBMIT_ERROR');
    });

    it('refuses a value that an option does not have, naming what is allowed', async () => {
      const { status, body } = await server.post(basic, { ...customer, _on_user_confirm_timeout: 'MAYBE' });
      expect(status).to.equal(400);
      expect(body).to.deep.include({ code: 40010 });
      expect(body)
        .to.have.property('message')
        .that.includes('_on_user_confirm_timeout')
        .and.includes('allowed: CONNECT-ANYWAY, CANCEL');
    });

    it('takes other keys than the number where the service says so', async () => {
      expect((await server.post(`${base}/Email`, { _email: 'bob@example.com' })).status).to.equal(200);
      expect(server.sessions.started[0]?.params).to.deep.include({ _email: 'bob@example.com', _user_data: {} });
      const found = await server.get(`${base}/Email?_email=bob@example.com`);
      expect(found.body).to.have.length(1);
      expect((await server.get(`${base}/Email?_email=ann@example.com`)).body).to.deep.equal([]);
    });

    it('gives user data to the strategy as it came, names with a dollar included', async () => {
      await server.post(basic, { ...customer, usr: { $date: 5 }, $x: true, count: 2 });
      // as Data: a key that starts with $ is written with one $ more
      expect(server.sessions.started[0]?.params['_user_data']).to.deep.equal({
        usr: { $$date: 5 },
        $$x: true,
        count: 2,
      });
    });

    it('lets the request name nothing that is the service’s to say', async () => {
      await server.post(basic, { ...customer, _service_id: 'x', _service_name: 'y', _user_data: { z: 1 } });
      const own = { _service_id: '1-a', _service_name: 'BasicCallback', _user_data: {} };
      expect(server.sessions.started[0]?.params).to.deep.include(own);
    });
  });

  describe('a scheduled callback', () => {
    beforeEach(() => server.post(basic, { ...customer, _desired_time: later, usr_reason: 'billing' }));

    it('is started at the desired time less the buffer, not before', async () => {
      await server.clock.advance(58 * 60_000 - 1);
      expect(await record()).to.include({ state: 'SCHEDULED' });
      await server.clock.advance(1);
      expect(await record()).to.include({ state: 'QUEUED', sessionid: 'SESSION1'.padEnd(32, '0') });
      expect(server.sessions.started[0]?.params).to.deep.include({
        ...customer,
        _desired_time: later,
        _user_data: { usr_reason: 'billing' },
        _max_dial_attempts: 3,
      });
    });

    it('completes with SUBMIT_ERROR when its session cannot be started then, and the log says why', async () => {
      server.sessions.failure = new Error('no such document');
      await server.clock.advance(3_600_000);
      expect(await record()).to.include({ state: 'COMPLETED', reason: 'SUBMIT_ERROR' });
      expect(server.lines.join('')).to.include('callback not started').and.include('no such document');
    });

    it('is never started once it is cancelled', async () => {
      expect((await cancel()).status).to.equal(200);
      expect(await record()).to.include({ state: 'COMPLETED', reason: 'CANCELLED' });
      await server.clock.advance(3_600_000);
      expect(server.sessions.started).to.be.empty;
    });

    it('is told of a cancel that comes while it is being started', async () => {
      let cancelled: Promise<unknown> | undefined;
      server.sessions.strategy = async (what) => {
        if ('src' in what) cancelled = server.callbacks.cancel('BasicCallback', '1-a');
      };
      await server.clock.advance(3_600_000);
      await cancelled;
      expect(server.sessions.delivered).to.deep.equal([['SESSION1'.padEnd(32, '0'), { name: 'callback.cancel' }]]);
      expect(await record()).to.include({ state: 'COMPLETED', reason: 'CANCELLED' });
    });
  });

  const badTimes = [
    'tomorrow',
    '2026-03-01',
    '2026-03-01T13:00:00',
    '2026-02-30T13:00:00.000Z',
    '2026-03-01T25:00:00Z',
  ];
  for (const time of badTimes) {
    it(`refuses the desired time ${time}`, async () => {
      const { status, body } = await server.post(basic, { ...customer, _desired_time: time });
      expect(status).to.equal(400);
      expect(body).to.deep.include({ code: 40010 }).and.have.property('message').that.includes(time);
    });
  }

  for (const time of ['2026-03-01T13:00Z', '2026-03-01T14:00:00.000+0100', '2026-03-01T08:30:00-04:30']) {
    it(`reads the desired time ${time}`, async () => {
      await server.post(basic, { ...customer, _desired_time: time });
      expect((await record())?.desiredTime).to.equal(Date.parse(later));
    });
  }

  it('logs no number of a customer, whatever happens', async () => {
    await server.post(basic, customer);
    await server.post(basic, { ...customer, _desired_time: later });
    server.sessions.failure = new Error('cannot dial 49911471108 15');
    await server.clock.advance(3_600_000);
    await cancel('?discard_ors_failure=true');
    expect(server.lines.filter((line) => line.includes('callback'))).to.have.length.above(4);
    expect(server.lines.join('')).to.not.match(/911.{0,3}4711/);
  });
});

describe('callbackIds', () => {
  it('gives the number of the node and a UUID, another one each time', () => {
    const next = callbackIds(369);
    expect(next()).to.match(/^369-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(next()).to.not.equal(next());
  });
});
