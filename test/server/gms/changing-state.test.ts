/** What is said of a callback by whoever executes it, a start that says its state, and one that copies a callback that is over. */
import { expect } from 'chai';
import { callbackServer, type CallbackServer } from './server.js';

const NOW = '2013-05-27T09:00:00.000Z';
const PATH = '/genesys/1/service/callback/BasicCallback';
const base = { _route_point: '8999', _resource_group: 'CB', _urs_virtual_queue: 'VQ', _target: 'B@S.GA' };
const configured = (options: object = {}) => ({
  BasicCallback: { template: 'callback', options: { ...base, ...options } },
});
const at = (time: string): string => `2013-05-27T${time}:00.000Z`;
const cls = (name: string): string => `com.genesyslab.gsg.services.callback.CallbackException${name}`;
const MINUTE = 60_000;

describe('a callback that is changed by whoever executes it', () => {
  let server: CallbackServer;
  const begin = async (options: object = {}): Promise<void> => {
    server = await callbackServer(configured(options), NOW);
  };
  afterEach(() => server.close());

  const book = async (id: string, more: object = { _desired_time: at('12:00') }): Promise<void> => {
    server.ids.push(id);
    expect((await server.post(PATH, { _customer_number: '16504661230', ...more })).status).to.equal(200);
  };
  const change = (id: string, body: object, headers = {}) => server.put(`${PATH}/${id}`, body, headers);
  const recordOf = (id: string) => server.store.callback(id);
  const minutes = (count: number) => server.clock.advance(count * MINUTE);

  it('answers the sample of the guide: the record says what is said', async () => {
    await begin({ _enable_status_notification: 'notify', _status_notification_target: 'http://127.0.0.1:1/events' });
    await book('1-a', {});
    const { status, body } = await change('1-a', { _callback_state: 'PROCESSING', _reason: '', usr_by: 'plugin' });
    expect([status, body]).to.deep.equal([200, {}]);
    const record = await recordOf('1-a');
    expect(record).to.include({ state: 'PROCESSING', reason: undefined });
    expect(record?.properties['usr_by']).to.equal('plugin');
    const entries = await server.store.due({ due: -Infinity, seq: 0 }, Infinity, 100);
    const events = entries.map(({ task }) => (task.type === 'module' ? task.attributes['event'] : task.type));
    expect(events).to.include('_cbe_on_callback_status_updated');
  });

  it('is over with a reason when it says so: its session hears of it, and it is not started any more', async () => {
    await begin();
    await book('1-a', {});
    await book('1-b');
    for (const id of ['1-a', '1-b']) {
      expect((await change(id, { _callback_state: 'COMPLETED', _reason: 'AGENT_CONNECTED' })).status).to.equal(200);
      expect(await recordOf(id)).to.include({ state: 'COMPLETED', reason: 'AGENT_CONNECTED' });
    }
    expect(server.sessions.delivered.map(([, event]) => event.name)).to.deep.equal(['callback.cancel']);
    await minutes(300);
    expect(server.sessions.started).to.have.length(1);
  });

  it('is executed now when it is said to be QUEUED', async () => {
    await begin();
    await book('1-a');
    expect((await change('1-a', { _callback_state: 'QUEUED' })).status).to.equal(200);
    expect(server.sessions.started).to.have.length(1);
    await minutes(300);
    expect(server.sessions.started).to.have.length(1);
  });

  it('has its time from its session where that waits, and is refused where it does not', async () => {
    await begin();
    await book('1-a', {});
    const sessionid = (await recordOf('1-a'))?.sessionid ?? '';
    expect((await change('1-a', { _callback_state: 'SCHEDULED' })).status).to.equal(200);
    const put = { _new_desired_time: at('13:00'), usr_reason: 'sales' };
    const { status, body } = await change('1-a', put);
    expect([status, (body as { code: number }).code]).to.deep.equal([400, 40020]);
    expect(await recordOf('1-a')).to.deep.include({ desiredTime: Date.parse(NOW), properties: {} });
    server.sessions.strategy = async () => {
      const update = { at: Date.parse(NOW), desiredTime: Date.parse(at('13:00')) };
      await server.store.commit([{ kind: 'callback.update', id: '1-a', update }]);
    };
    expect((await change('1-a', put)).status).to.equal(200);
    const event = { name: 'callback.reschedule', data: { desired_time: at('13:00') } };
    expect(server.sessions.delivered).to.deep.equal([
      [sessionid, event],
      [sessionid, event],
    ]);
    expect((await recordOf('1-a'))?.properties).to.deep.equal({ usr_reason: 'sales' });
    server.sessions.failure = new Error('the session is over');
    expect((await change('1-a', put)).body).to.deep.include({ code: 50030, message: 'the session is over' });
  });

  it('has its time at once where it is executed by another server, which says so later', async () => {
    await begin();
    await book('1-a', {});
    const update = { at: 0, state: 'SCHEDULED', properties: { _ors_url: 'http://127.0.0.1:1' } } as const;
    await server.store.commit([{ kind: 'callback.update', id: '1-a', update }]);
    expect((await change('1-a', { _new_desired_time: at('13:00') })).status).to.equal(200);
    expect(server.sessions.delivered).to.have.length(1);
    expect((await recordOf('1-a'))?.desiredTime).to.equal(Date.parse(at('13:00')));
  });

  it('is not given what only we write', async () => {
    await begin();
    await book('1-a');
    const put = {
      _throttled_ip: 'x',
      _dial_attempt: 3,
      _ors_url: 'http://127.0.0.1:1',
      _new_desired_time: at('13:00'),
    };
    expect((await change('1-a', put)).status).to.equal(200);
    expect((await recordOf('1-a'))?.properties).to.deep.equal({});
  });

  it('is somebody who may: a front end may only move it', async () => {
    await begin();
    await book('1-a');
    const nobody = { authorization: 'Basic Zm9vOmJhcg==' };
    for (const put of [
      { _callback_state: 'QUEUED' },
      { _reason: 'x' },
      { _callback_state: 'QUEUED', _new_desired_time: '' },
    ])
      expect((await change('1-a', put, nobody)).status).to.equal(401);
    expect((await recordOf('1-a'))?.state).to.equal('SCHEDULED');
    expect((await change('1-a', { _new_desired_time: at('13:00') }, nobody)).status).to.equal(200);
  });
});

describe('a start that forces a state', () => {
  let server: CallbackServer;
  beforeEach(async () => (server = await callbackServer(configured(), NOW)));
  afterEach(() => server.close());
  const start = (id: string, more: object) => {
    server.ids.push(id);
    return server.post(PATH, { _customer_number: '16504661230', ...more });
  };

  it('QUEUED begins now, SCHEDULED when its time has come', async () => {
    await start('1-a', { _callback_state: 'QUEUED', _desired_time: at('12:00') });
    expect(server.sessions.started).to.have.length(1);
    await start('1-b', { _callback_state: 'SCHEDULED' });
    expect((await server.store.callback('1-b'))?.state).to.equal('SCHEDULED');
    await server.clock.advance(MINUTE);
    expect(server.sessions.started).to.have.length(2);
  });

  it('any other is executed elsewhere: the record is kept, changed and never started', async () => {
    expect((await start('1-a', { _callback_state: 'ROUTING' })).body).to.include({ _id: '1-a' });
    const put = (body: object) => server.put(`${PATH}/1-a`, body);
    expect((await put({ _callback_state: 'PROCESSING' })).status).to.equal(200);
    expect((await put({ _callback_state: 'COMPLETED', _reason: 'AGENT_CONNECTED' })).status).to.equal(200);
    await server.clock.advance(600 * MINUTE);
    expect(server.sessions.started).to.have.length(0);
    const record = await server.store.callback('1-a');
    expect(record?.history.map(({ state }) => state)).to.deep.equal(['ROUTING', 'PROCESSING', 'COMPLETED']);
    expect(record?.properties).to.deep.equal({});
  });

  it('is refused when there is no such state', async () => {
    const { status, body } = await start('1-a', { _callback_state: 'LATER' });
    expect([status, (body as { code: number }).code]).to.deep.equal([400, 40010]);
  });
});

describe('a start that copies a callback that is over', () => {
  let server: CallbackServer;
  beforeEach(async () => (server = await callbackServer(configured(), NOW)));
  afterEach(() => server.close());
  const start = (id: string, more: object, path = PATH) => {
    server.ids.push(id);
    return server.post(path, more);
  };

  it('has its number, options and user data, but for what it says itself, and its own time and state', async () => {
    const first = { _customer_number: '16504661230', usr_reason: 'billing', usr_kept: 'yes', _ttl: 600 };
    await start('1-a', { ...first, _desired_time: at('12:00') });
    await server.delete(`${PATH}/1-a`);
    expect((await start('1-b', { _copy_from_id: '1-a', usr_reason: 'sales' })).status).to.equal(200);
    const record = await server.store.callback('1-b');
    expect(record).to.deep.include({ state: 'QUEUED', desiredTime: Date.parse(NOW), customerNumber: '16504661230' });
    expect(record?.properties).to.deep.equal({
      ...{ usr_reason: 'sales', usr_kept: 'yes', _ttl: 600, _copy_from_id: '1-a' },
    });
  });

  it('is refused while the other one is not over, or where there is none', async () => {
    await start('1-a', { _customer_number: '16504661230', _desired_time: at('12:00') });
    expect((await start('1-b', { _copy_from_id: '1-a' })).body).to.deep.include({
      ...{
        code: 40020,
        exception: cls('InvalidOperation'),
        properties: { id: '1-a', service: 'BasicCallback', state: 'SCHEDULED' },
      },
      message:
        'Request cannot be processed because callback 1-a to copy is not COMPLETED. Check parameter _copy_from_id',
    });
    expect((await start('1-b', { _copy_from_id: '1-z' })).body).to.include({ code: 40030 });
  });
});
