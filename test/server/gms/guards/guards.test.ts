/** The guards of a start over HTTP: the guide, "Start or Schedule Callback", the tables of 400 and 429. */
import { expect } from 'chai';
import fc from 'fast-check';
import { demoServices } from '../../../../server/gms/demo-services.js';
import { unguarded } from '../../../support/unguarded.js';
import { callbackServer, type CallbackServer } from '../server.js';

const NOW = '2026-03-02T09:00:00.000Z';
const LATER = '2026-03-05T09:00:00.000Z';
const NUMBER = '16504661230';
const { options } = demoServices.BasicCallback;
const cls = (name: string): string => `com.genesyslab.gsg.services.callback.CallbackException${name}`;

describe('the guards of a start', () => {
  let server: CallbackServer;
  let made = 0;

  /** What a service says counts; what it does not say is not guarded, or as the template has it. */
  const begin = async (more: object, prepared = unguarded): Promise<void> => {
    const services = {
      Basic: { template: 'callback', options: { ...options, ...more } },
      Other: { template: 'callback', options: { ...options, ...more } },
    };
    server = await callbackServer(services, NOW, prepared);
    made = 0;
  };
  const start = (
    body: object = {},
    { service = 'Basic', headers = {} }: { service?: string; headers?: Readonly<Record<string, string>> } = {},
  ) => {
    server.ids.push(`1-${++made}`);
    return server.post(
      `/genesys/1/service/callback/${service}`,
      { _customer_number: NUMBER, _desired_time: LATER, ...body },
      undefined,
      headers,
    );
  };
  const statuses = async (starts: readonly Promise<{ readonly status: number }>[]): Promise<number[]> =>
    (await Promise.all(starts)).map(({ status }) => status);

  afterEach(() => server.close());

  it('are those of the template where a service says nothing', async () => {
    await begin({}, (services) => services);
    expect((await start({ _customer_number: '5115' })).body).to.include({ phrase: 'NUMBER_REJECTED' });
    expect((await start({ _customer_number: '19005551234' })).body).to.include({ phrase: 'NUMBER_REJECTED' });
    expect(await statuses([start(), start()])).to.deep.equal([200, 200]);
    expect((await start()).body).to.include({ phrase: 'NUMBER_ALREADY_BOOKED' });
  });

  it('cannot be opened by a request', async () => {
    await begin({}, (services) => services);
    const open = { _disallow_impossible_phone_numbers: 'false', _default_country: 'DE', _exceptions: '' };
    expect((await start({ _customer_number: '5115', ...open })).status).to.equal(400);
    expect((await start({ _customer_number: '19005551234', ...open })).status).to.equal(400);
  });

  it('keep an international number with its plus, and find it however it is asked for', async () => {
    await begin({ _fix_plus_on_int_phone_numbers: true });
    await start();
    await start({ _customer_number: `+${NUMBER}` }, { service: 'Other' });
    for (const asked of [NUMBER, `%2B${NUMBER}`, `+${NUMBER}`]) {
      const path = `/genesys/1/service/callback?_customer_number=${asked}`;
      const { body } = await server.get(path);
      expect((body as { _customer_number: string }[]).map((each) => each._customer_number)).to.deep.equal([
        `+${NUMBER}`,
        `+${NUMBER}`,
      ]);
    }
    const { body } = await server.get(`/genesys/1/service/callback/Basic?_customer_number=${NUMBER}`);
    expect(body).to.have.length(1);
  });

  for (const [checking, most] of [
    ['true', 2],
    ['strict', 1],
  ] as const) {
    it(`${checking}: refuse who has ${most} callbacks that are not over, in any service`, async () => {
      await begin({ _enable_in_queue_checking: checking });
      for (let index = 0; index < most; index++) expect((await start({}, { service: 'Other' })).status).to.equal(200);
      const { status, body } = await start();
      expect({ status, body }).to.deep.equal({
        status: 429,
        body: {
          code: 40001,
          phrase: 'NUMBER_ALREADY_BOOKED',
          message: `There is already ${most} or more Callbacks QUEUED for this number, please refer to _enable_in_queue_checking for detail.`,
          exception: cls('AlreadyBooked'),
          properties: { max_queued: most },
        },
      });
      expect((await start({ _customer_number: '16504661231' })).status).to.equal(200);
      await server.delete('/genesys/1/service/callback/Other/1-1');
      expect((await start()).status).to.equal(200);
    });
  }

  it('refuse more callbacks of a service than may be not over', async () => {
    await begin({ _max_queued_callbacks_per_service: 2 });
    expect(await statuses([start(), start(), start({}, { service: 'Other' })])).to.deep.equal([200, 200, 200]);
    const { status, body } = await start();
    expect({ status, body }).to.deep.equal({
      status: 429,
      body: {
        code: 40002,
        phrase: 'THROTTLE_SERVICE_LIMIT',
        message: 'Limit of queued callbacks for Basic is reached.',
        exception: cls('Throttled'),
        properties: { service: 'Basic' },
      },
    });
    await server.delete('/genesys/1/service/callback/Basic/1-1');
    expect((await start()).status).to.equal(200);
  });

  it('refuse everything where none may be', async () => {
    await begin({ _max_queued_callbacks_per_service: 0 });
    expect((await start()).body).to.include({ phrase: 'THROTTLE_SERVICE_LIMIT' });
  });

  for (const window of [1, 2]) {
    it(`refuse more callbacks of a service than interval ${window} may have, until it is over`, async () => {
      await begin({ [`_throttle_callbacks_per_service_${window}`]: 2, [`_throttle_ttl_${window}`]: 60 });
      expect(await statuses([start(), start()])).to.deep.equal([200, 200]);
      await server.delete('/genesys/1/service/callback/Basic/1-1');
      await server.clock.advance(59_999);
      const { status, body } = await start();
      expect({ status, body }).to.deep.equal({
        status: 429,
        body: {
          code: 40003,
          phrase: 'THROTTLE_SERVICE_INTERVAL_LIMIT',
          message: 'Limit of queued callbacks for Basic is reached for interval 60s.',
          exception: cls('Throttled'),
          properties: { service: 'Basic', interval: 60 },
        },
      });
      await server.clock.advance(1);
      expect((await start()).status).to.equal(200);
    });
  }

  it('refuse a value of a parameter that came as often as it may in a day', async () => {
    const parameters = {
      _throttle_request_parameters: '_customer_number, device',
      _throttle_request_parameters_limit: 2,
    };
    await begin(parameters);
    expect(await statuses([start({ device: 7 }), start({ device: 7 })])).to.deep.equal([200, 200]);
    const other = { _customer_number: '16504661231' };
    const { status, body } = await start({ device: '7', ...other });
    expect({ status, body }).to.deep.equal({
      status: 429,
      body: {
        code: 40004,
        phrase: 'THROTTLE_SERVICE_PARAMETER_LIMIT',
        message: 'Limit of queued callbacks for Basic is reached for parameter device. Reached 2 times today.',
        exception: cls('Throttled'),
        properties: { service: 'Basic', parameter: 'device', attempts: 2 },
      },
    });
    expect((await start()).body).to.deep.include({
      properties: { service: 'Basic', parameter: '_customer_number', attempts: 2 },
    });
    expect((await start({ device: 8, ...other })).status).to.equal(200);
    await server.clock.advance(86_400_000);
    expect((await start({ device: 7 })).status).to.equal(200);
  });

  it('count a header before a parameter of its name, and keep nothing of it that could be read', async () => {
    const parameters = { _throttle_request_parameters: 'x-device', _throttle_request_parameters_limit: 1 };
    await begin(parameters);
    const headers = { 'X-Device': 'the-secret-of-a-device' };
    expect((await start({}, { headers })).status).to.equal(200);
    expect((await start({}, { headers })).body).to.include({ phrase: 'THROTTLE_SERVICE_PARAMETER_LIMIT' });
    expect((await start({}, { headers: { 'X-Device': 'another' } })).status).to.equal(200);
    expect((await start()).status).to.equal(200);
    expect(JSON.stringify(await server.store.callbacks({}))).not.to.include('the-secret');
  });

  it('count a value that is too long to be found by', async () => {
    await begin({ _throttle_request_parameters: 'usr_device', _throttle_request_parameters_limit: 1 });
    const long = 'a'.repeat(300);
    expect((await start({ usr_device: long })).status).to.equal(200);
    expect((await start({ usr_device: long })).body).to.include({ phrase: 'THROTTLE_SERVICE_PARAMETER_LIMIT' });
    expect((await start({ usr_device: `${long}b` })).status).to.equal(200);
  });

  it('leave headers alone where the service says so', async () => {
    await begin({
      _throttle_request_parameters: 'x-device',
      _throttle_request_parameters_limit: 1,
      _enable_throttle_header_parameters: false,
    });
    const headers = { 'X-Device': 'a' };
    expect(await statuses([start({}, { headers }), start({}, { headers })])).to.deep.equal([200, 200]);
  });

  it('refuse what is wrong with the request before they count it', async () => {
    await begin({ _max_queued_callbacks_per_service: 0, _disallow_impossible_phone_numbers: true });
    expect((await start({ _customer_number: '' })).body).to.include({ phrase: 'BAD_PARAMETER' });
    expect((await start({ _customer_number: '5115' })).body).to.include({ phrase: 'NUMBER_REJECTED' });
    expect((await start({ _desired_time: 'soon' })).body).to.include({ phrase: 'BAD_PARAMETER' });
    expect((await start()).body).to.include({ phrase: 'THROTTLE_SERVICE_LIMIT' });
  });

  it('let in exactly as many of those who come at the same instant as the limit says', async () => {
    const limits = fc.constantFrom(
      '_max_queued_callbacks_per_service',
      '_throttle_callbacks_per_service_1',
      '_throttle_callbacks_per_service_2',
      '_throttle_request_parameters_limit',
    );
    await fc.assert(
      fc.asyncProperty(
        limits,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 12 }),
        async (limit, most, asked) => {
          await begin({ _throttle_request_parameters: '_customer_number', [limit]: most });
          const all = await statuses(Array.from({ length: asked }, () => start()));
          expect(all.filter((status) => status === 200)).to.have.length(Math.min(most, asked));
          expect(all.filter((status) => status === 429)).to.have.length(Math.max(0, asked - most));
          await server.close();
        },
      ),
      { numRuns: 12 },
    );
    await begin({});
  });
});

describe('exceptions of a service', () => {
  let server: CallbackServer;
  const lists = {
    GMS_Patterns: {
      cb_errors: { one: '\\\\+12345678901', emergencies: '\\+?(911|112)' },
      broken: { a: '(a' },
    },
  };
  const begin = async (group: string): Promise<void> => {
    const service = { template: 'callback', options: { ...options, _exceptions: group } };
    server = await callbackServer({ Basic: service }, NOW, unguarded, lists);
  };
  const start = (number: string) => {
    server.ids.push('1-1');
    return server.post('/genesys/1/service/callback/Basic', { _customer_number: number, _desired_time: LATER });
  };
  afterEach(() => server.close());

  for (const number of ['12345678901', '+12345678901', '911', '+112']) {
    it(`refuse ${number}`, async () => {
      await begin('cb_errors');
      const { status, body } = await start(number);
      expect({ status, body }).to.deep.equal({
        status: 400,
        body: {
          code: 40040,
          phrase: 'NUMBER_REJECTED',
          message: 'Customer Number is not allowed. Check option _exceptions',
          exception: cls('Number'),
          properties: {},
        },
      });
    });
  }

  it('take a number that no pattern matches as a whole', async () => {
    await begin('cb_errors');
    expect((await start('9112')).status).to.equal(200);
  });

  for (const [group, message] of [
    ['nobody', 'Option _exceptions is invalid: there is no group "nobody" in the list GMS_Patterns'],
    ['broken', 'Option _exceptions is invalid: the pattern a of the group broken cannot be used: it has no ")"'],
  ] as const) {
    it(`let nobody pass a group that cannot be used: ${group}`, async () => {
      await begin(group);
      const { status, body } = await start('16504661230');
      expect([status, (body as { phrase: string }).phrase]).to.deep.equal([500, 'BAD_CONFIGURATION']);
      expect((body as { message: string }).message).to.include(message);
    });
  }
});
