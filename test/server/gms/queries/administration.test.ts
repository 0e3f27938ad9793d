// The guide, "Query-Callback by Queue(s)", "Query Counter Watermarks", "Export Cancelled Callback Records", and cancels of many at once.
import { expect } from 'chai';
import { demoServices } from '../../../../server/gms/demo-services.js';
import type { CallbackRecord } from '../../../../server/store/port.js';
import { create } from '../../../contracts/store/records.js';
import { callbackServer, type CallbackServer } from '../server.js';

const { options } = demoServices.BasicCallback;
const service = (more: object = {}) => ({ template: 'callback', options: { ...options, ...more } });
const admin = '/genesys/1/admin/callback';
const NOW = '2013-06-07T16:20:00.000Z';
const at = (time: string): number => Date.parse(time);

describe('administration of callbacks', () => {
  let server: CallbackServer;
  const serverWith = async (
    services: object,
    records: readonly Partial<CallbackRecord>[],
    now = NOW,
  ): Promise<void> => {
    server = await callbackServer(services, now);
    await server.store.commit(
      records.map((each) => create({ history: [{ at: at(now), state: each.state ?? 'QUEUED' }], ...each })),
    );
  };
  afterEach(() => server.close());

  const three: readonly Partial<CallbackRecord>[] = [
    {
      ...{ id: 'fd30abb97bd04885b544893276fb534b', service: 'BasicCallback', customerNumber: '654321' },
      ...{ state: 'PROCESSING', desiredTime: at('2013-06-07T16:25:00.000Z'), properties: { _vq: 'VQ1' } },
    },
    {
      ...{ id: '07d2ddd506f04b4ba91aba59c4fa8871', service: 'AdvancedCallback', customerNumber: '654321' },
      ...{ state: 'QUEUED', desiredTime: at('2013-06-07T16:35:00.000Z'), properties: { _vq: 'VQ2' } },
    },
    {
      ...{ id: '8f68d4969d904d039ccf0101fac39283', service: 'AdvancedCallback', customerNumber: '654321' },
      ...{ state: 'SCHEDULED', desiredTime: at('2013-06-07T16:45:00.000Z'), properties: { _vq: 'VQ1' } },
    },
  ];
  const two = {
    BasicCallback: service({ _service_groups: 'a, b' }),
    AdvancedCallback: service({ _service_groups: 'b' }),
  };

  it('Query-Callback by Queue(s), as in the guide', async () => {
    await serverWith({ ...two, Empty: service() }, three);
    const { status, body } = await server.get(`${admin}/queues`);
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      BasicCallback: [
        {
          _customer_number: '654321',
          _callback_state: 'PROCESSING',
          _desired_time: '2013-06-07T16:25:00.000Z',
          _id: 'fd30abb97bd04885b544893276fb534b',
          url: '/1/service/callback/BasicCallback/fd30abb97bd04885b544893276fb534b',
        },
      ],
      AdvancedCallback: [
        {
          _customer_number: '654321',
          _callback_state: 'QUEUED',
          _desired_time: '2013-06-07T16:35:00.000Z',
          _id: '07d2ddd506f04b4ba91aba59c4fa8871',
          url: '/1/service/callback/AdvancedCallback/07d2ddd506f04b4ba91aba59c4fa8871',
        },
        {
          _customer_number: '654321',
          _callback_state: 'SCHEDULED',
          _desired_time: '2013-06-07T16:45:00.000Z',
          _id: '8f68d4969d904d039ccf0101fac39283',
          url: '/1/service/callback/AdvancedCallback/8f68d4969d904d039ccf0101fac39283',
        },
      ],
    });
  });

  const narrowed: readonly (readonly [query: string, counts: Readonly<Record<string, number>>])[] = [
    ['target=AdvancedCallback', { AdvancedCallback: 2 }],
    ['target=BasicCallback,AdvancedCallback&states=SCHEDULED', { BasicCallback: 0, AdvancedCallback: 1 }],
    ['target=b', { BasicCallback: 1, AdvancedCallback: 2 }],
    ['target=a&target=AdvancedCallback', { BasicCallback: 1, AdvancedCallback: 2 }],
    ['max=1', { BasicCallback: 1, AdvancedCallback: 1 }],
    ['states=SCHEDULED,QUEUED', { AdvancedCallback: 2 }],
    ['states=!PROCESSING&_callback_state=!QUEUED', { AdvancedCallback: 1 }],
    ['_vq=VQ1', { BasicCallback: 1, AdvancedCallback: 1 }],
    ['_vq=VQ1&_callback_reason=GONE', {}],
    ['start_time=2013-06-07T16:35:00.000Z', { AdvancedCallback: 2 }],
    [
      'start_time=2013-06-07T16:00:00.000Z&end_time=2013-06-07T16:35:00.000Z',
      { BasicCallback: 1, AdvancedCallback: 1 },
    ],
    ['start_time=2013-06-09T16:35:00.000Z', {}],
  ];
  for (const [query, counts] of narrowed)
    it(`answers queues with ${query}`, async () => {
      await serverWith(two, three);
      const { body } = await server.get(`${admin}/queues?${query}`);
      const found = Object.entries(body as Record<string, unknown[]>).map(([name, all]) => [name, all.length]);
      expect(Object.fromEntries(found)).to.deep.equal(counts);
    });

  it('answers, besides, what is configured to be returned', async () => {
    await serverWith(two, [{ ...three[0], reason: 'BUSY', properties: { _LOB: 'Primary' } }]);
    const { body } = await server.get(`${admin}/queues`);
    const [record] = (body as { BasicCallback: object[] }).BasicCallback;
    expect(record).to.include({ _callback_reason: 'BUSY', _LOB: 'Primary' });
  });

  it('Query Counter Watermarks, as in the guide', async () => {
    const both = { 'callback-immediate': service(), 'callback-test': service() };
    const of = { service: 'callback-test' };
    await serverWith(both, [
      { ...of, id: '1-a', state: 'ROUTING' },
      { ...of, id: '1-b', state: 'SCHEDULED' },
      { ...of, id: '1-c', state: 'COMPLETED' },
      { ...of, id: '1-d', state: 'QUEUED', history: [{ at: at(NOW) - 3 * 3_600_000 - 1, state: 'QUEUED' }] },
      { ...of, id: 'guest/1-e', state: 'ROUTING' },
    ]);
    const all = await server.get(`${admin}/watermarks`);
    expect(all.body).to.deep.equal({ total: 1, services: { 'callback-immediate': 0, 'callback-test': 1 } });
    const one = await server.get(`${admin}/watermarks?service_name=callback-immediate`);
    expect(one.body).to.deep.equal({ total: 0, services: { 'callback-immediate': 0 } });
    const several = await server.get(`${admin}/watermarks?service_name=callback-immediate&service_name=callback-test`);
    expect(several.body).to.deep.equal(all.body);
  });

  it('Export Cancelled Callback Records, as in the guide', async () => {
    const queues = { _vq_for_outbound_calls: 'GMS_Callback_VQ_OUT', _urs_virtual_queue: 'GMS_Callback_VQ' };
    const cancelled = {
      ...{ id: '1-a', service: 'callback-gms', state: 'COMPLETED' as const, reason: 'CANCELLED_BY_ADMIN' },
      ...{ customerNumber: '5115', desiredTime: at('2017-07-04T22:00:00.000Z') },
    };
    const others = [
      { ...cancelled, id: '1-b', reason: 'CANCELLED' },
      { ...cancelled, id: '1-c', desiredTime: at('2017-06-01T22:00:00.000Z') },
    ];
    await serverWith(
      { 'callback-gms': service({ ...queues, _target: 'Billing@Stat_Server.GA' }) },
      [cancelled, ...others],
      '2017-07-05T00:00:00.000Z',
    );
    const body = { callback_reason: 'CANCELLED_BY_ADMIN', exported_properties: [] };
    const reply = await server.post(`${admin}/reportcancelled`, body);
    expect(reply.status).to.equal(200);
    expect(reply.headers.get('content-disposition')).to.equal('attachment; filename="report.csv"');
    expect(reply.body).to.equal(
      '_desired_time,_service_name,_customer_number,_target,_vq_for_outbound_calls,_urs_virtual_queue\r\n' +
        '2017-07-04T22:00:00.000Z,callback-gms,5115,Billing@Stat_Server.GA,GMS_Callback_VQ_OUT,GMS_Callback_VQ\r\n',
    );
    const some = await server.post(`${admin}/reportcancelled`, {
      ...body,
      exported_properties: ['_service_id,_desired_time'],
    });
    expect(some.body).to.equal('_service_id,_desired_time\r\n1-a,2017-07-04T22:00:00.000Z\r\n');
    const none = await server.post(`${admin}/reportcancelled`, { callback_reason: 'NONE' });
    expect([none.status, none.body]).to.deep.equal([204, undefined]);
  });

  it('cancels many at once, and says of which it could not', async () => {
    await serverWith(two, [
      { ...three[2], id: '1-a' },
      { ...three[0], id: '1-b' },
      { ...three[1], id: '1-c', sessionid: 'S1' },
    ]);
    const ids = ['1-a', '1-b', '1-c', '1-z', '1-a'];
    const { status, body } = await server.post(`${admin}/cancel`, { reason: 'CANCELLED_BY_ADMIN', ids });
    expect(status).to.equal(200);
    expect(body).to.deep.equal({
      success: [{ _id: '1-a' }, { _id: '1-c' }],
      errors: [
        {
          ...{ code: 40020, phrase: 'INVALID_OPERATION', _id: '1-b' },
          message: 'Callback 1-b cannot be cancelled or completed - _callback_state=PROCESSING',
        },
        { code: 40030, phrase: 'CALLBACK_NOT_FOUND', _id: '1-z', message: 'Callback 1-z cannot be found' },
      ],
    });
    const { state, reason } = (await server.store.callback('1-c')) ?? {};
    expect([state, reason]).to.deep.equal(['COMPLETED', 'CANCELLED_BY_ADMIN']);
  });

  it('answers others while it cancels thousands', async () => {
    await serverWith(
      two,
      Array.from({ length: 2_000 }, (_, n) => ({ ...three[2], id: `1-${n}` })),
    );
    const ids = Array.from({ length: 2_000 }, (_, n) => `1-${n}`);
    const answered: string[] = [];
    const all = server.post(`${admin}/cancel`, { ids }).then(() => answered.push('all'));
    for (let n = 0; n < 3; n += 1) {
      await server.get('/genesys/1/service/callback/AdvancedCallback/1-1999');
      answered.push('one');
    }
    await all;
    expect(answered).to.deep.equal(['one', 'one', 'one', 'all']);
    expect(await server.store.findCallbacks({ states: ['SCHEDULED'], limit: 1 })).to.be.empty;
  });

  const refused: readonly (readonly [
    what: string,
    ask: () => ReturnType<CallbackServer['get']>,
    code: number,
    message: string,
  ])[] = [
    [
      'a range too wide',
      () => server.get(`${admin}/queues?start_time=2013-01-01T00:00:00Z&end_time=2014-01-03T00:00:00Z`),
      40020,
      'Query range spans too wide time range (31708800 / 31622400). Adjust query parameters for time range.',
    ],
    [
      'a key that is no filter',
      () => server.get(`${admin}/queues?_foo=1`),
      40020,
      "Cannot process 'filter' parameter correctly : _foo",
    ],
    [
      'a service that is not there',
      () => server.get(`${admin}/queues?target=nobody`),
      50020,
      'Service undefined: nobody',
    ],
    [
      'watermarks of none',
      () => server.get(`${admin}/watermarks?service_name=nobody`),
      50020,
      'Service undefined: nobody',
    ],
    [
      'no number of records',
      () => server.get(`${admin}/queues?max=0`),
      40010,
      'Parameter max must be a whole number from 1 to 100000',
    ],
    [
      'an export without a reason',
      () => server.post(`${admin}/reportcancelled`, {}),
      40010,
      'Callback reason is missing.',
    ],
    [
      'a cancel of nothing',
      () => server.post(`${admin}/cancel`, { ids: 'all' }),
      40010,
      'Parameter ids must be a list of at most 100000 callback ids',
    ],
  ];
  for (const [what, ask, code, message] of refused)
    it(`refuses ${what}`, async () => {
      await serverWith(two, []);
      expect((await ask()).body).to.include({ code, message });
    });

  it('says when something has gone wrong with the store', async () => {
    await serverWith(two, []);
    server.store.findCallbacks = () => Promise.reject(new Error('broken'));
    for (const path of ['queues', 'watermarks']) {
      const { status, body } = await server.get(`${admin}/${path}`);
      expect([status, (body as { message: string }).message]).to.deep.equal([500, 'Error processing callback broken ']);
    }
  });
});
