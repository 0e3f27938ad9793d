/** Query-Availability, v1 and v2: the guide's examples, each parameter, each error of its tables. */
import { expect } from 'chai';
import { callbackServer, type CallbackServer } from '../server.js';

const NOW = '2016-04-13T08:00:00.000Z';
const NUMBER = '16504661230';
const cls = (name: string): string => `com.genesyslab.gsg.services.callback.CallbackException${name}`;

const hours = (options: object) => ({ template: 'office-hours', options });
const base = { _route_point: '8999', _resource_group: 'CB', _urs_virtual_queue: 'VQ', _target: 'B@S.GA' };
const callback = (options: object) => ({ template: 'callback', options: { ...base, ...options } });

const services = {
  Toronto: hours({ _timezone: 'America/Toronto', _bh_regular1: 'Wed-Wed 09:00-09:15' }),
  Always: hours({ _bh_regular1: 'Mon-Sun 00:00-24:00' }),
  Wrong: hours({ _timezone: 'Mars/Olympus', _bh_regular1: 'Mon-Sun 00:00-24:00' }),
  Table: { template: 'capacity', options: { _capacity_3: '{"3":{"0900":2,"1000":1}}' } },
  Odd: { template: 'capacity', options: { _capacity_3: '{"3":{"0900":2000}}' } },
  'callback-PST': callback({ _business_hours_service: 'Toronto', _max_request_by_time_bucket: 100 }),
  Ten: callback({ _business_hours_service: 'Always', _max_request_by_time_bucket: 5, _request_time_bucket: '10' }),
  Counted: callback({ _business_hours_service: 'Always', _capacity_service: 'Table', _request_time_bucket: '30' }),
  Hourless: callback({}),
  Broken: callback({ _business_hours_service: 'Wrong' }),
  Overfull: callback({ _business_hours_service: 'Always', _capacity_service: 'Odd' }),
  Strange: callback({ _business_hours_service: 'Ten' }),
};

describe('Query-Availability', () => {
  let server: CallbackServer;
  beforeEach(async () => (server = await callbackServer(services, NOW)));
  afterEach(() => server.close());

  let made = 0;
  const book = async (service: string, at: string, count = 1): Promise<void> => {
    for (let each = 0; each < count; each += 1) {
      server.ids.push(`1-${++made}`);
      const { status, body } = await server.post(`/genesys/1/service/callback/${service}`, {
        ...{ _customer_number: NUMBER, _desired_time: at },
      });
      expect(status, JSON.stringify(body)).to.equal(200);
    }
  };
  /** As bookings that were made before. */
  const fill = async (service: string, at: string, count: number): Promise<void> => {
    await book(service, at);
    const record = await server.store.callback(`1-${made}`);
    if (!record) throw new Error('nothing was booked');
    const copies = Array.from({ length: count - 1 }, () => ({ ...record, id: `1-${++made}` }));
    await server.store.commit(copies.map((each) => ({ kind: 'callback', record: each })));
  };
  const ask = (version: 1 | 2, service: string, query = '') =>
    server.get(`/genesys/${version}/service/callback/${service}/availability${query}`);
  const slots = async (service: string, query: string): Promise<unknown> => {
    const { status, body } = await ask(1, service, query);
    expect(status, JSON.stringify(body)).to.equal(200);
    return body;
  };

  it("answers the guide's example of v1: full slots are left out", async () => {
    await book('Ten', '2016-04-13T13:10:00.000Z');
    await fill('Ten', '2016-04-13T13:20:00.000Z', 5);
    const query = '?start=2016-04-13T13:00:00.000Z&end=2016-04-13T13:40:00.000Z';
    const { headers, body } = await ask(1, 'Ten', query);
    expect(headers.get('content-type')).to.match(/^application\/json/);
    expect(Object.entries(body as object)).to.deep.equal([
      ['2016-04-13T13:00:00.000Z', '5'],
      ['2016-04-13T13:10:00.000Z', '4'],
      ['2016-04-13T13:30:00.000Z', '5'],
    ]);
  });

  it('counts all that is booked in a bucket, wherever in it the time asked for begins or ends', async () => {
    await book('Ten', '2016-04-13T13:12:00.000Z', 2);
    await book('Ten', '2016-04-13T13:29:00.000Z');
    expect(await slots('Ten', '?start=2016-04-13T13:14:00.000Z')).to.deep.equal({ '2016-04-13T13:10:00.000Z': '3' });
    expect(await slots('Ten', '?start=2016-04-13T13:20:00.000Z&end=2016-04-13T13:21:00.000Z')).to.deep.equal({
      '2016-04-13T13:20:00.000Z': '4',
    });
  });

  it("answers the guide's example of v2: in the zone that is asked for", async () => {
    await fill('callback-PST', '2016-04-13T13:00:00.000Z', 58);
    await fill('callback-PST', '2016-04-13T13:07:30.000Z', 33);
    await fill('callback-PST', '2016-04-13T13:10:00.000Z', 9);
    const query = '?start=2016-04-13T09:00:00.000&end=2016-04-13T16:00:00.000&timezone=America/Toronto';
    const { status, body } = await ask(2, 'callback-PST', query);
    expect(status).to.equal(200);
    const slot = (minutes: string, capacity: number) => ({
      utcTime: `2016-04-13T13:${minutes}:00.000Z`,
      localTime: `2016-04-13T09:${minutes}:00.000`,
      ...{ capacity, total: 100 },
    });
    expect(body).to.deep.equal({
      slots: [slot('00', 42), slot('05', 67), slot('10', 91)],
      durationMin: 5,
      timezone: 'Eastern Standard Time',
    });
  });

  const from = (...times: string[]) => Object.fromEntries(times.map((time) => [`2016-04-13T${time}:00.000Z`, '5']));
  const asked: readonly (readonly [query: string, expected: object, why: string])[] = [
    ['', from('08:00'), 'now, and one bucket'],
    ['?start=2016-04-13T09:07:00.000Z', from('09:00'), 'the bucket that the start is in'],
    ['?timestamp=2016-04-13T09:00:00.000Z', from('09:00'), 'the old name of start'],
    ['?start-ms=1460538000000', from('09:00'), 'the start in milliseconds'],
    ['?start-ms=1460538000000&end-ms=1460539200000', from('09:00', '09:10'), 'the end in milliseconds'],
    ['?start=2016-04-13T09:00:00Z&end=2016-04-13T09:00:00Z', from('09:00'), 'an end that is the start'],
    ['?start=2016-04-13T07:00:00Z&end=2016-04-13T08:15:00Z', from('08:00', '08:10'), 'nothing that is over'],
    ['?number-of-days=1&max-time-slots=2', from('08:00', '08:10'), 'as many as are wanted'],
  ];
  for (const [query, expected, why] of asked)
    it(`answers ${why}: ${query}`, async () => {
      expect(await slots('Ten', query)).to.deep.equal(expected);
    });

  it('has days with as many slots as the clock of the office shows', async () => {
    const count = async (service: string, query: string) => Object.keys((await slots(service, query)) as object).length;
    expect(await count('Ten', '?number-of-days=1')).to.equal(144);
    expect(await count('Ten', '?number-of-days=31')).to.equal(31 * 144);
    expect(await count('callback-PST', '?number-of-days=14')).to.equal(6);
  });

  it('takes the places of each hour from the capacity service', async () => {
    const day = '?start=2016-04-13T08:30:00Z&end=2016-04-13T11:00:00Z';
    const at = (...pairs: string[][]) =>
      Object.fromEntries(pairs.map(([time, free]) => [`2016-04-13T${time}:00.000Z`, free]));
    expect(await slots('Counted', day)).to.deep.equal(
      at(['09:00', '2'], ['09:30', '2'], ['10:00', '1'], ['10:30', '1']),
    );
    await book('Counted', '2016-04-13T10:00:00.000Z');
    expect(await slots('Counted', day)).to.deep.equal(at(['09:00', '2'], ['09:30', '2'], ['10:30', '1']));
    const { body } = await ask(2, 'Counted', `${day}&report-busy=true`);
    const { slots: all } = body as { slots: { utcTime: string; capacity: number; total: number }[] };
    expect(all.map(({ utcTime, capacity, total }) => [utcTime.slice(11, 16), capacity, total])).to.deep.equal([
      ['09:00', 2, 2],
      ['09:30', 2, 2],
      ['10:00', 0, 1],
      ['10:30', 1, 1],
    ]);
  });

  it('has a place free again when a callback is cancelled', async () => {
    await fill('Ten', '2016-04-13T13:20:00.000Z', 5);
    const query = '?start=2016-04-13T13:20:00.000Z';
    expect(await slots('Ten', query)).to.deep.equal({});
    expect((await server.delete(`/genesys/1/service/callback/Ten/1-${made}`)).status).to.equal(200);
    expect(await slots('Ten', query)).to.deep.equal({ '2016-04-13T13:20:00.000Z': '1' });
  });

  const errors: readonly (readonly [service: string, query: string, error: object])[] = [
    ['Ten', '?start=2016-04-12T09:00:00Z', { code: 40010, message: /^No time slots available\. The requested time/ }],
    ['Ten', '?start=soon', { code: 40010, message: /^Unparseable date: "soon"\. start/ }],
    ['Ten', '?end-ms=1e9', { code: 40010, message: /^end-ms must be/ }],
    ['Ten', '?end=2016-04-13T07:00:00Z', { code: 40010, message: /must not be before/ }],
    ['Ten', '?end=2017-04-13T07:00:00Z', { code: 40010, message: /must not be longer/ }],
    ['Ten', '?number-of-days=0', { code: 40010, message: /^number-of-days/ }],
    ['Ten', '?number-of-days=1&end-ms=1460539200000', { code: 40010, message: /^Set only one of/ }],
    ['Ten', '?start=2016-04-13T09:00:00Z&start-ms=1', { code: 40010, message: /^Set only one of start, start-ms/ }],
    ['Ten', '?max-time-slots=none', { code: 40010, message: /^max-time-slots/ }],
    ['Hourless', '', { code: 50020, message: /_business_hours_service/ }],
    ['Strange', '', { code: 50020, message: /office-hours/ }],
    ['Nobody', '', { code: 50020, message: /Nobody/ }],
    ['Broken', '', { code: 50005, phrase: 'CALENDAR_ERROR', exception: cls('CalendarError'), message: /Mars/ }],
    ['Overfull', '', { code: 50004, phrase: 'CAPACITY_ERROR', exception: cls('CapacityError'), message: /2000/ }],
  ];
  for (const [service, query, { message, ...like }] of errors as readonly (readonly [
    string,
    string,
    { code: number; message: RegExp },
  ])[])
    for (const version of [1, 2] as const)
      it(`v${version} refuses ${service}${query} with ${like.code}`, async () => {
        const { status, body } = await ask(version, service, query);
        expect(status).to.equal(Math.floor(like.code / 100));
        expect(body).to.deep.include(like);
        expect((body as { message: string }).message).to.match(message);
      });

  it('refuses a zone that there is not', async () => {
    const { body } = await ask(2, 'Ten', '?timezone=Mars/Olympus');
    expect(body).to.deep.include({ code: 40010, phrase: 'BAD_PARAMETER' });
  });
});
