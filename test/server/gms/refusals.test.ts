import { expect } from 'chai';
import { demoServices } from '../../../server/gms/demo-services.js';
import { callbackServer, type CallbackServer } from './server.js';

const { options } = demoServices.BasicCallback;
const services = {
  ...demoServices,
  Other: { template: 'callback', options },
  Broken: { template: 'callback', options: { ...options, _cpd_enable: 'perhaps' } },
};
const now = '2026-03-01T12:00:00.000Z';
const base = '/genesys/1/service/callback';
const basic = `${base}/BasicCallback`;
const customer = { _customer_number: '+49 911 4711 0815' };

describe('callback services refuse', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(services, now);
    server.ids.push('1-a', '1-b');
  });
  afterEach(() => server.close());

  type Refused = readonly [string, () => ReturnType<CallbackServer['get']>, number, number, string];
  const refusals: readonly Refused[] = [
    [
      'a service that is not configured',
      () => server.post(`${base}/nobody`, customer),
      500,
      50020,
      'Service undefined: nobody',
    ],
    [
      'a lookup in such a service',
      () => server.get(`${base}/nobody?_customer_number=1`),
      500,
      50020,
      'Service undefined: nobody',
    ],
    [
      'a service with a bad value',
      () => server.post(`${base}/Broken`, customer),
      500,
      50020,
      'Option _cpd_enable is invalid: service Broken has "perhaps", allowed: true, false',
    ],
    ['no body', () => server.post(basic, {}), 400, 40010, 'Missing mandatory parameter: _customer_number'],
    [
      'an empty number',
      () => server.post(basic, { _customer_number: '' }),
      400,
      40010,
      'Missing mandatory parameter: _customer_number',
    ],
    [
      'a number that is an object',
      () => server.post(basic, { _customer_number: {} }),
      400,
      40010,
      'Parameter _customer_number must be a string',
    ],
    [
      'a list as the body',
      () => server.post(basic, []),
      400,
      40010,
      'The body must be a JSON object or a form: application/json, multipart/form-data or application/x-www-form-urlencoded',
    ],
    [
      'a key with a dot',
      () => server.post(basic, { ...customer, 'foo.foo': 1 }),
      400,
      40010,
      'Parameter "foo.foo" is not a valid ECMAScript variable name',
    ],
    [
      'a key with a hyphen',
      () => server.post(basic, { ...customer, 'foo-foo': 1 }),
      400,
      40010,
      'Parameter "foo-foo" is not a valid ECMAScript variable name',
    ],
    [
      'the key __proto__',
      () => server.postText(basic, '{"_customer_number":"1","__proto__":{}}', 'application/json'),
      400,
      40010,
      'Parameter "__proto__" is not a valid ECMAScript variable name',
    ],
    [
      'null as a value',
      () => server.post(basic, { ...customer, foo: null }),
      400,
      40010,
      'Parameter foo must be a string, a number, a boolean or an object',
    ],
    [
      'a list as a value',
      () => server.post(basic, { ...customer, foo: [] }),
      400,
      40010,
      'Parameter foo must be a string, a number, a boolean or an object',
    ],
    [
      'a field twice',
      () => server.postForm(basic, new URLSearchParams('foo=1&foo=2')),
      400,
      40010,
      'Parameter foo must be a string, a number, a boolean or an object',
    ],
    [
      'an option of the wrong type',
      () => server.post(basic, { ...customer, _max_dial_attempts: 'x' }),
      400,
      40010,
      'Option _max_dial_attempts is invalid: "x", allowed: a whole number, 1 or more',
    ],
    ['a query of an unknown id', () => server.get(`${basic}/1-z`), 400, 40030, 'Callback 1-z cannot be found'],
    ['a cancel of an unknown id', () => server.delete(`${basic}/1-z`), 400, 40030, 'Callback 1-z cannot be found'],
    [
      'a lookup without properties',
      () => server.get(basic),
      400,
      40010,
      'No lookup possible. No properties to look for.',
    ],
    [
      'a lookup by what is no lookup key',
      () => server.get(`${base}?_foo=1`),
      400,
      40010,
      'No such lookup possible for {"_foo":"1"}',
    ],
    [
      'a lookup by two values',
      () => server.get(`${base}?_customer_number=1&_customer_number=2`),
      400,
      40010,
      'No such lookup possible for {"_customer_number":["1","2"]}',
    ],
  ];
  for (const [what, ask, status, code, message] of refusals) {
    it(`answers ${what} with ${status} and ${code}`, async () => {
      const reply = await ask();
      expect(reply.status).to.equal(status);
      expect(reply.body).to.deep.include({ code, message });
      expect(reply.headers.get('content-type')).to.equal('application/json;charset=UTF-8');
      expect(await server.store.callback('1-a')).to.equal(undefined);
    });
  }

  it('does not find a callback under the name of another service', async () => {
    await server.post(basic, customer);
    const { body } = await server.get(`${base}/Other/1-a`);
    expect(body).to.deep.include({ code: 40030, properties: { id: '1-a', service: 'Other' } });
  });

  it('answers 50050 when the store fails', async () => {
    server.store.callback = async () => {
      throw new Error('disk full');
    };
    const { status, body } = await server.get(`${basic}/1-a`);
    expect(status).to.equal(500);
    expect(body).to.deep.include({
      code: 50050,
      message: 'Error processing callback disk full ',
      properties: { message: 'disk full' },
    });
  });
});
