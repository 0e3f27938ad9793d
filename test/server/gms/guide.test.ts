// The examples of the Callback guide, as they are printed, over HTTP.
import { expect } from 'chai';
import { demoServices } from '../../../server/gms/demo-services.js';
import { isImmediate } from '../../../server/gms/desired-time.js';
import { callbackServer, type CallbackServer } from './server.js';

const { options } = demoServices.BasicCallback;
const services = {
  ...demoServices,
  'request-callback': { template: 'callback', options },
  'callback-for-mobile': { template: 'callback', options: { ...options, _overwritable_options: '_ors,_target' } },
  'CLBCK-terminated-preview': {
    template: 'callback',
    options: { ...options, my_token_name: '$my_token$', _target: 'Billing@$my_token$.GA' },
  },
};
const base = '/genesys/1/service/callback';

describe('the examples of the guide', () => {
  let server: CallbackServer;
  const serverAt = async (now: string): Promise<void> => {
    server = await callbackServer(services, now);
  };
  afterEach(() => server.close());

  it('User Terminated Immediate: create outbound immediate service', async () => {
    await serverAt('2013-07-30T07:02:36.000Z');
    server.ids.push('369-f5d50ce1-488e-4db1-a472-8c1560b621b6');
    const form = new FormData();
    form.set('_customer_number', '916504661232');
    form.set('usr_customer_name', 'Bob Markel');
    form.set('usr_reason', 'billing question');
    form.set('_device_notification_id', 'b16416334828b1d26ef14f329628b55b5a8c631d8928a371a5584722dd7fb673');
    form.set('_device_os', 'iOS');
    const { status, headers, body } = await server.postForm(`${base}/voice-userterm-immediate`, form);
    expect(status).to.equal(200);
    expect(headers.get('content-type')).to.equal('application/json;charset=UTF-8');
    expect(headers.get('cache-control')).to.equal('no-cache, no-store');
    expect(headers.get('pragma')).to.equal('no-cache');
    expect(headers.get('expires')).to.equal('Thu, 01 Jan 1970 00:00:00 GMT');
    expect(body).to.deep.equal({
      _dialog_id: '0',
      _action: 'ConfirmationDialog',
      _text: 'You will receive the call shortly',
      _ok_title: 'Ok',
      _id: '369-f5d50ce1-488e-4db1-a472-8c1560b621b6',
    });
    const [start] = server.sessions.started;
    expect(start).to.deep.include({ src: 'callback', callback: '369-f5d50ce1-488e-4db1-a472-8c1560b621b6' });
    expect(start?.params).to.deep.include({
      _customer_number: '916504661232',
      _service_id: '369-f5d50ce1-488e-4db1-a472-8c1560b621b6',
      _service_name: 'voice-userterm-immediate',
      _user_data: { usr_customer_name: 'Bob Markel', usr_reason: 'billing question' },
      _desired_time: '2013-07-30T07:02:36.000Z',
      _device_os: 'iOS',
      _route_point: '8999@SIP_Switch',
      _target: 'Billing@StatServer.GA',
      _ttl: 86400,
      _cpd_enable: true,
      _ixn_redirect_hints: {},
    });
  });

  it('Start or Schedule Callback: a time to come gives the id alone', async () => {
    await serverAt('2013-06-17T09:00:00.000Z');
    server.ids.push('a550a12e-ca77-4146-98d0-58960e0939f7');
    const { status, body } = await server.post(`${base}/request-callback`, {
      _customer_number: '5115',
      usr_customer_name: 'Bob Markel',
      usr_reason: 'billing question',
      _device_notification_id: 'b16416334828b1d26ef14f329628b55b5a8c631d8928a371a5584722dd7fb673',
      _device_os: 'comet',
      _desired_time: '2013-06-17T10:25:00.000Z',
    });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({ _id: 'a550a12e-ca77-4146-98d0-58960e0939f7' });
    expect(server.sessions.started).to.be.empty;
  });

  it('Start or Schedule Callback: when a callback is immediate', async () => {
    await serverAt('2013-06-17T09:00:00.000Z');
    const at = (time: string): number => Date.parse(`2013-06-17T${time}:00.000Z`);
    const minutes = (count: number): number => count * 60_000;
    expect(isImmediate(at('17:05'), at('16:15'), minutes(5), minutes(10))).to.equal(false);
    expect(isImmediate(at('13:15'), at('13:10'), minutes(2), minutes(5))).to.equal(true);
    expect(isImmediate(at('13:17'), at('13:10'), minutes(2), minutes(5))).to.equal(false);
  });

  it('Overwriting Configuration in Queries', async () => {
    await serverAt('2013-06-17T09:00:00.000Z');
    await server.post(`${base}/callback-for-mobile`, {
      _customer_number: '5115',
      _ors: 'http://myors:4421',
      _target: 'Billing@Stat_Server1.GA',
    });
    const overwritten = { _ors: 'http://myors:4421', _target: 'Billing@Stat_Server1.GA' };
    expect(server.sessions.started[0]?.params).to.deep.include(overwritten);
  });

  it('Passing Configuration Tokens in Queries', async () => {
    await serverAt('2013-06-17T09:00:00.000Z');
    const form = new URLSearchParams('_customer_number=01822256&my_token=Stat_Server1');
    await server.postForm(`${base}/CLBCK-terminated-preview`, form);
    expect(server.sessions.started[0]?.params).to.deep.include({ _target: 'Billing@Stat_Server1.GA' });
  });

  for (const version of [1, 2]) {
    it(`Query Callback By ID, version ${version} of the path`, async () => {
      await serverAt('2020-04-16T12:52:31.521Z');
      server.ids.push('120-07f85068-650d-4cce-a5e7-396dfa22455b');
      const request = { _customer_number: '12345', _desired_time: '2020-04-27T12:00:00.000Z', _ttl: 1209599 };
      await server.post(`${base}/BasicCallback`, request);
      const path = `service/callback/BasicCallback/120-07f85068-650d-4cce-a5e7-396dfa22455b`;
      const { status, body } = await server.get(`/genesys/${version}/${path}`);
      expect(status).to.equal(200);
      expect(body).to.deep.equal({
        _callback_state: 'SCHEDULED',
        _expiration_time: '2020-05-11T11:59:59.000Z',
        _service_name: 'BasicCallback',
        _id: '120-07f85068-650d-4cce-a5e7-396dfa22455b',
        _customer_number: '12345',
        _url: '/genesys/1/service/callback/BasicCallback/120-07f85068-650d-4cce-a5e7-396dfa22455b',
        _time_scheduled: '2020-04-16T12:52:31.521Z',
        _desired_time: '2020-04-27T12:00:00.000Z',
      });
    });
  }

  for (const path of [`${base}/BasicCallback`, base]) {
    it(`Query-Callback by Lookup Properties at ${path}`, async () => {
      await serverAt('2013-05-27T15:05:00.000Z');
      server.ids.push('a550a12e-ca77-4146-98d0-58960e0939f7', '4a1ea889-1ef7-432d-a543-cff96b4a2daf');
      const first = { _customer_number: '555-5461206', _ttl: 45372705 };
      await server.post(`${base}/BasicCallback`, first);
      const second = { ...first, _desired_time: '2013-05-27T15:10:00.000Z', _ttl: 45372405 };
      await server.post(`${base}/BasicCallback`, second);
      const { status, body } = await server.get(`${path}?_customer_number=555-5461206`);
      expect(status).to.equal(200);
      expect(body).to.deep.equal([
        {
          _id: 'a550a12e-ca77-4146-98d0-58960e0939f7',
          desired_time: '2013-05-27T15:05:00.000Z',
          _callback_state: 'QUEUED',
          _expiration_time: '2014-11-03T18:36:45.000Z',
          _customer_number: '555-5461206',
          url: '/1/service/callback/BasicCallback/a550a12e-ca77-4146-98d0-58960e0939f7',
        },
        {
          _id: '4a1ea889-1ef7-432d-a543-cff96b4a2daf',
          desired_time: '2013-05-27T15:10:00.000Z',
          _callback_state: 'SCHEDULED',
          _expiration_time: '2014-11-03T18:36:45.000Z',
          _customer_number: '555-5461206',
          url: '/1/service/callback/BasicCallback/4a1ea889-1ef7-432d-a543-cff96b4a2daf',
        },
      ]);
    });
  }

  it('Cancel-Callback answers 200 without a body', async () => {
    await serverAt('2013-05-27T15:05:00.000Z');
    server.ids.push('a550a12e-ca77-4146-98d0-58960e0939f7');
    await server.post(`${base}/BasicCallback`, { _customer_number: '1', _desired_time: '2013-05-28T15:30:00.000Z' });
    const { status, body } = await server.delete(`${base}/BasicCallback/a550a12e-ca77-4146-98d0-58960e0939f7`);
    expect([status, body]).to.deep.equal([200, undefined]);
  });
});
