// Services over HTTP: made, cloned, changed and taken out while the server runs, and there in the next process.
import { expect } from 'chai';
import { virtualClock, type VirtualClock } from '../../../server/clock/virtual.js';
import { memoryStore } from '../../../server/store/memory.js';
import type { Store } from '../../../server/store/port.js';
import { wholeServer, type Whole } from '../whole.js';

const TOKEN = 'the-token-of-operators-0123456789';
const token = `Bearer ${TOKEN}`;
const SERVICES = '/ringback/services';

describe('services of operators', () => {
  let store: Store;
  let clock: VirtualClock;
  let server: Whole;
  /** Of BasicCallback. */
  let options: Record<string, unknown>;
  const begin = async (): Promise<void> => {
    server = await wholeServer({ store, clock, environment: { RINGBACK_ADMIN_TOKEN: TOKEN } });
  };
  beforeEach(async () => {
    store = memoryStore();
    clock = virtualClock(Date.parse('2026-03-01T12:00:00.000Z'));
    await begin();
    options = (await ask('GET', `${SERVICES}/BasicCallback`)).data['options'] as Record<string, unknown>;
  });
  afterEach(() => server.close());

  const ask = (method: string, path: string, body?: object) =>
    server.ask(method, path, { token, ...(body && { body }) });
  const start = (service: string, body: object = {}) =>
    server.ask('POST', `/genesys/1/service/callback/${service}`, { body: { _customer_number: '5115', ...body } });
  const said = (data: Record<string, unknown>) =>
    (data['details'] as { message: string }[]).map((each) => each.message);

  it('are closed to who shows no token', async () => {
    for (const path of [SERVICES, `${SERVICES}/BasicCallback`, '/ringback/templates', '/ringback/scenarios'])
      expect((await server.ask('GET', path)).status, path).to.equal(401);
    expect((await server.ask('PUT', '/ringback/configuration', { body: {} })).status).to.equal(401);
  });

  it('can be made of templates and scenarios, which are shown with their options', async () => {
    const { data: templates } = await ask('GET', '/ringback/templates');
    const callback = (templates['templates'] as { name: string; options: object[] }[]).find(
      ({ name }) => name === 'callback',
    );
    expect(callback?.options.find((option) => (option as { name: string }).name === '_ttl')).to.deep.include({
      type: 'integer',
      default: 86400,
      mandatory: true,
      category: 'General',
    });
    const { data: scenarios } = await ask('GET', '/ringback/scenarios');
    expect(scenarios['scenarios']).to.have.lengthOf.at.least(8);
  });

  it('made of a scenario say what is missing, and take requests when it is said', async () => {
    const made = await ask('POST', SERVICES, { name: 'Sales', scenario: 'user-terminated-delayed' });
    expect(made.status).to.equal(201);
    expect(made.data['missing']).to.deep.equal(['_resource_group', '_urs_virtual_queue', '_target', '_route_point']);
    expect((await start('Sales')).data).to.deep.include({ phrase: 'BAD_CONFIGURATION' });
    const changed = await ask('PATCH', `${SERVICES}/Sales`, { options });
    expect(changed.data['missing']).to.deep.equal([]);
    expect((await start('Sales')).status).to.equal(200);
  });

  it('are cloned with changes, and the original stays as it is', async () => {
    const { data } = await ask('POST', SERVICES, { name: 'Copy', like: 'BasicCallback', options: { _ttl: 60 } });
    expect(data['options']).to.deep.equal({ ...options, _ttl: 60 });
    expect((await ask('GET', `${SERVICES}/BasicCallback`)).data['options']).to.deep.equal(options);
    expect((await start('Copy')).status).to.equal(200);
  });

  it('lose a value by null, and are replaced whole by PUT', async () => {
    await ask('PATCH', `${SERVICES}/BasicCallback`, { options: { _ttl: 60, _target: null } });
    expect((await ask('GET', `${SERVICES}/BasicCallback`)).data['missing']).to.deep.equal(['_target']);
    const { data } = await ask('PUT', `${SERVICES}/BasicCallback`, { template: 'callback', options: { _ttl: 5 } });
    expect(data['options']).to.deep.equal({ _ttl: 5 });
  });

  it('take what a request says for their tokens, and let it overwrite what they allow', async () => {
    const tokens = { _urs_virtual_queue: 'VQ_$city$', _overwritable_options: '_target' };
    expect((await ask('PATCH', `${SERVICES}/BasicCallback`, { options: tokens })).status).to.equal(200);
    expect((await start('BasicCallback')).data['message']).to.include('Missing parameter city');
    const { data } = await start('BasicCallback', { city: 'Lima', _target: 'Other@StatServer.GA' });
    const session = (await store.callback(String(data['_id'])))?.sessionid ?? '';
    const { data: seen } = await server.ask('GET', `/scxml/session/${session}/query`);
    expect(seen['data']).to.deep.include({ _urs_virtual_queue: 'VQ_Lima', _target: 'Other@StatServer.GA' });
  });

  it('change for the next callback, not for a session that runs', async () => {
    const { data } = await start('BasicCallback');
    await ask('PATCH', `${SERVICES}/BasicCallback`, { options: { _urs_virtual_queue: 'VQ_New' } });
    const session = (await store.callback(String(data['_id'])))?.sessionid ?? '';
    const { data: seen } = await server.ask('GET', `/scxml/session/${session}/query`);
    expect(seen['data']).to.deep.include({ _urs_virtual_queue: 'VQ_Billing' });
  });

  it('are there in the next process, and those that were taken out are not', async () => {
    await ask('POST', SERVICES, { name: 'Copy', like: 'BasicCallback', options: { _ttl: 60 } });
    await ask('DELETE', `${SERVICES}/SupportCallback`);
    const before = (await ask('GET', SERVICES)).data;
    await server.close();
    await begin();
    expect((await ask('GET', SERVICES)).data).to.deep.equal(before);
    expect(before['services']).to.have.property('Copy');
    expect(before['services']).not.to.have.property('SupportCallback');
    expect((await start('SupportCallback')).data['message']).to.include('SupportCallback');
    expect((await ask('GET', '/ringback/lists')).data['lists']).to.deep.equal({});
  });

  it('stay while they have callbacks that are not over, unless it is forced', async () => {
    await start('BasicCallback', { _desired_time: '2026-03-02T12:00:00.000Z' });
    const refused = await ask('DELETE', `${SERVICES}/BasicCallback`);
    expect([refused.status, refused.data['code']]).to.deep.equal([409, 'SERVICE_IN_USE']);
    expect((await ask('DELETE', `${SERVICES}/BasicCallback?force=true`)).status).to.equal(200);
    expect((await ask('GET', `${SERVICES}/BasicCallback`)).status).to.equal(404);
  });

  const mistakes: Record<string, [options: object, says: string]> = {
    'a value of another type': [{ _ttl: 'x' }, '_ttl has "x", allowed: a whole number, 0 or more'],
    'a value that is none of an enum': [{ _call_direction: 'UP' }, '_call_direction has "UP", allowed: USERORIGINATED'],
    'an option that is not there': [{ _taget: 'x' }, 'callback has no option _taget: is _target meant?'],
    'an unused option all the same': [{ _min_queue_wait: -1 }, '_min_queue_wait has -1, allowed: a whole number, 0'],
    'what may not be overwritten': [{ _overwritable_options: '_ttl' }, 'has "_ttl", allowed: _ors, _target'],
    'a service that is not there': [{ _request_ewt_service: 'no' }, 'of the template urs-stat: "no" is not there'],
    'a service of another kind': [{ _request_ewt_service: 'BasicCallback' }, '"BasicCallback" is one of callback'],
    'a name that no parameter has': [{ 'a b': 1 }, '"a b" is no name of a parameter'],
  };
  for (const [title, [values, says]] of Object.entries(mistakes))
    it(`refuse ${title}, naming option, value and what is allowed`, async () => {
      const { status, data } = await ask('PATCH', `${SERVICES}/BasicCallback`, { options: values });
      expect([status, data['code']]).to.deep.equal([400, 'CONFIGURATION_INVALID']);
      expect(said(data).join()).to.include(says).and.include('services/BasicCallback/options/');
      expect((await ask('GET', `${SERVICES}/BasicCallback`)).data['options']).to.deep.equal(options);
    });

  const refusals: Record<string, [method: string, path: string, body: object, status: number, code: string]> = {
    'a second of a name': ['POST', '', { name: 'BasicCallback', template: 'callback' }, 409, 'SERVICE_EXISTS'],
    'a name that is a path': ['POST', '', { name: 'a/b', template: 'callback' }, 400, 'CONFIGURATION_INVALID'],
    'the name callback': ['POST', '', { name: 'callback', template: 'callback' }, 400, 'CONFIGURATION_INVALID'],
    'no name': ['POST', '', { template: 'callback' }, 400, 'PARAMETER_MISSING'],
    'nothing to be made of': ['POST', '', { name: 'S' }, 400, 'PARAMETER_INVALID'],
    'two things to be made of': [
      'POST',
      '',
      { name: 'S', template: 'callback', like: 'BasicCallback' },
      400,
      'PARAMETER_INVALID',
    ],
    'an unknown scenario': ['POST', '', { name: 'S', scenario: 'x' }, 400, 'PARAMETER_INVALID'],
    'an unknown template': ['PUT', '/S', { template: 'x', options: {} }, 400, 'CONFIGURATION_INVALID'],
    'a change of nothing': ['PATCH', '/S', { options: {} }, 404, 'SERVICE_NOT_FOUND'],
    'a change without options': ['PATCH', '/BasicCallback', {}, 400, 'PARAMETER_INVALID'],
    'the end of nothing': ['DELETE', '/S', {}, 404, 'SERVICE_NOT_FOUND'],
  };
  for (const [title, [method, path, body, status, code]] of Object.entries(refusals))
    it(`refuse ${title} with ${status}`, async () => {
      const answer = await ask(method, `${SERVICES}${path}`, body);
      expect([answer.status, answer.data['code']]).to.deep.equal([status, code]);
    });

  it('are applied with lists as one configuration, all or nothing', async () => {
    const { data: before } = await ask('GET', '/ringback/configuration');
    const services = { Only: { template: 'callback', options } };
    const lists = { GMS_Resources: { CB_Resources: { line: '8001' } } };
    const wrong = await ask('PUT', '/ringback/configuration', { services: { ...services, 'a b': {} }, lists });
    expect(wrong.status).to.equal(400);
    expect((await ask('GET', '/ringback/configuration')).data).to.deep.equal(before);
    const trial = await ask('PUT', '/ringback/configuration?check=true', { services, lists });
    expect((await ask('GET', '/ringback/configuration')).data).to.deep.equal(before);
    const done = await ask('PUT', '/ringback/configuration', { services, lists });
    expect(done.data).to.deep.equal(trial.data);
    expect((await ask('GET', '/ringback/configuration')).data).to.deep.equal({ services, lists });
    expect((await ask('PUT', '/ringback/configuration', { services, lists })).data['changes']).to.deep.equal([]);
    expect((await start('Only')).status).to.equal(200);
  });
});
