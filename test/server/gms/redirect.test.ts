// `_redirect`: what another service makes of a start.
import { expect } from 'chai';
import { demoServices } from '../../../server/gms/demo-services.js';
import { callbackServer, type CallbackServer, type Reply } from './server.js';

const { options } = demoServices.BasicCallback;
const to = (_redirect: string) => ({ template: 'callback', options: { _redirect } });
const services = {
  BasicCallback: { template: 'callback', options },
  Empty: { template: 'callback', options: { ...options, _redirect: '' } },
  Front: to('BasicCallback'),
  Chain: to('Front'),
  Circle: to('Circle'),
  Nowhere: to('nobody'),
  Builtin: to('Ewt'),
  Ewt: { template: 'urs-stat', options: {} },
};
const base = '/genesys/1/service/callback';
const customer = { _customer_number: '+49 911 4711 0815' };

describe('a service with _redirect', () => {
  let server: CallbackServer;
  beforeEach(async () => {
    server = await callbackServer(services, '2026-03-01T12:00:00.000Z');
    server.ids.push('1-a', '1-b');
  });
  afterEach(() => server.close());

  const start = (name: string, body: object = customer): Promise<Reply> => server.post(`${base}/${name}`, body);

  it('is answered as the other one answers, and the callback is of that one', async () => {
    const { status, body } = await start('Front');
    expect([status, (body as { _id: string })._id]).to.deep.equal([200, '1-a']);
    expect((await server.get(`${base}/BasicCallback/1-a`)).status).to.equal(200);
    expect((await server.get(`${base}/Front/1-a`)).status).to.equal(400);
  });

  it('has one callback when the same is asked for again', async () => {
    const first = await server.post(`${base}/Front`, customer, 'key');
    const again = await server.post(`${base}/Front`, customer, 'key');
    expect([again.status, again.body]).to.deep.equal([200, first.body]);
  });

  it('starts by itself when the value is empty', async () => {
    await start('Empty');
    expect((await server.get(`${base}/Empty/1-a`)).status).to.equal(200);
  });

  const failures: Record<string, [name: string, body: object, says: RegExp]> = {
    'refuses the request': ['Front', {}, /Missing mandatory parameter: _customer_number/],
    'is not there': ['Nowhere', customer, /nobody/],
    'is no callback service': ['Builtin', customer, /Ewt has option _type != ors/],
    'redirects as well': ['Chain', customer, /Front redirects as well/],
    'is the same': ['Circle', customer, /Circle redirects as well/],
  };
  for (const [title, [name, body, says]] of Object.entries(failures))
    it(`is SERVICE_REDIRECT_FAILED with its message when the other one ${title}`, async () => {
      const reply = await start(name, body);
      const { code, phrase, message } = reply.body as { code: number; phrase: string; message: string };
      expect([reply.status, code, phrase]).to.deep.equal([500, 50040, 'SERVICE_REDIRECT_FAILED']);
      expect(message).to.match(says);
    });
});
