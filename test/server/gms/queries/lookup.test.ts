// Query-Callback by Lookup Properties: what narrows the answer.
import { expect } from 'chai';
import { demoServices } from '../../../../server/gms/demo-services.js';
import { create } from '../../../contracts/store/records.js';
import { callbackServer, type CallbackServer } from '../server.js';

const { options } = demoServices.BasicCallback;
const services = {
  Keys: { template: 'callback', options: { ...options, _customer_lookup_keys: '_customer_number,email' } },
};
const base = '/genesys/1/service/callback';
const at = (day: number): string => `2026-03-0${day}T12:00:00.000Z`;

describe('a query by lookup properties', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(services, at(1));
    const of = { service: 'Keys', customerNumber: '1' };
    await server.store.commit([
      create({ ...of, id: '1-a', desiredTime: Date.parse(at(2)), state: 'SCHEDULED', properties: { email: 'a' } }),
      create({ ...of, id: '1-b', desiredTime: Date.parse(at(3)), state: 'COMPLETED', properties: { email: 'b' } }),
      create({ ...of, id: '1-c', desiredTime: Date.parse(at(4)), state: 'PAUSED', customerNumber: '2' }),
      create({ ...of, id: 'guest/1-d', desiredTime: Date.parse(at(4)) }),
      create({ ...of, id: '1-e', service: 'Other', desiredTime: Date.parse(at(5)) }),
    ]);
  });
  afterEach(() => server.close());

  const found: readonly (readonly [query: string, ids: readonly string[]])[] = [
    ['Keys?_customer_number=1', ['1-a', '1-b']],
    ['Keys?_customer_number=1&email=a', ['1-a']],
    ['Keys?_customer_number=2&email=a', []],
    ['Keys?_customer_number=1&email=a&operand=AND', ['1-a']],
    ['Keys?_customer_number=2&email=a&operand=OR', ['1-a', '1-c']],
    ['Keys?_customer_number=1&_callback_state=COMPLETED', ['1-b']],
    ['Keys?_customer_number=1&_callback_state=!COMPLETED', ['1-a']],
    ['Keys?_customer_number=2&_callback_state=PAUSED', ['1-c']],
    ['Keys?_customer_number=1&_callback_state=SCHEDULED,COMPLETED', ['1-a', '1-b']],
    [`Keys?_customer_number=1&_desired_time_from=${at(3)}`, ['1-b']],
    [`Keys?_customer_number=1&_desired_time_to=${at(2)}`, ['1-a']],
    [`Keys?_customer_number=1&_desired_time_from=${at(2)}&_desired_time_to=${at(3)}`, ['1-a', '1-b']],
    ['?_customer_number=1', ['1-a', '1-b', '1-e']],
  ];
  for (const [query, ids] of found)
    it(`finds ${ids.join(' and ') || 'nothing'} by ${query}`, async () => {
      const { status, body } = await server.get(`${base}${query.startsWith('?') ? '' : '/'}${query}`);
      expect(status).to.equal(200);
      expect((body as { _id: string }[]).map(({ _id }) => _id)).to.deep.equal(ids);
    });

  it('answers what each has of `returned-keys` besides', async () => {
    const of = { service: 'Keys', customerNumber: '3', desiredTime: Date.parse(at(2)) };
    await server.store.commit([
      create({ ...of, id: '1-f', properties: { _LOB: 'sales', email: 'f' } }),
      create({ ...of, id: '1-g' }),
    ]);
    const { body } = await server.get(`${base}/Keys?_customer_number=3`);
    const [first, second] = body as readonly object[];
    expect(first).to.include({ _id: '1-f', _LOB: 'sales' });
    expect(first).not.to.have.property('email');
    expect(second).to.include({ _id: '1-g' }).and.not.to.have.property('_LOB');
  });

  const refused: readonly (readonly [query: string, message: string | RegExp])[] = [
    ['_customer_number=1&operand=XOR', 'Parameter operand is "XOR", allowed: AND, OR'],
    ['_customer_number=1&_callback_state=GONE', /^There is no callback state "GONE": use SCHEDULED, /],
    ['_customer_number=1&_callback_state=', /^There is no callback state ""/],
    ['_customer_number=1&_callback_state=QUEUED&_callback_state=PAUSED', 'Parameter _callback_state must be one value'],
    ['_customer_number=1&_desired_time_from=soon', /^Unparseable date: "soon". _desired_time_from must be/],
    ['_callback_state=QUEUED', 'No lookup possible. No properties to look for.'],
    ['phone=1&_callback_state=QUEUED', 'No such lookup possible for {"phone":"1"}'],
  ];
  for (const [query, message] of refused)
    it(`refuses ${query}`, async () => {
      const { status, body } = await server.get(`${base}/Keys?${query}`);
      expect(status).to.equal(400);
      expect(body).to.include({ code: 40010, phrase: 'BAD_PARAMETER' });
      expect((body as { message: string }).message).to.match(message instanceof RegExp ? message : /./);
      if (typeof message === 'string') expect(body).to.include({ message });
    });
});
