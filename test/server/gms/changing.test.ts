/** Reschedule-Callback of the guide: its examples, each row of its table of errors, and what becomes of the time that it had. */
import { expect } from 'chai';
import { callbackServer, type CallbackServer } from './server.js';

const NOW = '2013-05-27T09:00:00.000Z'; // a Monday
const PATH = '/genesys/1/service/callback/BasicCallback';
const base = {
  _route_point: '8999',
  _resource_group: 'CB',
  _urs_virtual_queue: 'VQ',
  _target: 'B@S.GA',
  _request_execution_time_buffer: 0,
};
const configured = (options: object = {}) => ({
  Office: { template: 'office-hours', options: { _bh_regular1: 'Mon-Fri 09:30-17:00' } },
  BasicCallback: { template: 'callback', options: { ...base, ...options } },
});
const at = (time: string): string => `2013-05-27T${time}:00.000Z`;
const cls = (name: string): string => `com.genesyslab.gsg.services.callback.CallbackException${name}`;
const MINUTE = 60_000;

describe('Reschedule-Callback', () => {
  let server: CallbackServer;
  const begin = async (options: object = {}): Promise<void> => {
    server = await callbackServer(configured(options), NOW);
  };
  afterEach(() => server.close());

  const book = async (id: string, more: object = { _desired_time: at('12:00') }): Promise<unknown> => {
    server.ids.push(id);
    const { status, body } = await server.post(PATH, { _customer_number: '16504661230', ...more });
    return status === 200 ? 'booked' : body;
  };
  const change = (id: string, body: object) => server.put(`${PATH}/${id}`, body);
  const recordOf = async (id: string) => {
    const record = await server.store.callback(id);
    if (!record) throw new Error(`there is no ${id}`);
    return record;
  };
  const minutes = (count: number) => server.clock.advance(count * MINUTE);

  it('gives it the new time, as in the first example of the guide', async () => {
    await begin();
    await book('1-a');
    const { status, body } = await change('1-a', { _new_desired_time: at('15:05') });
    expect([status, body]).to.deep.equal([200, {}]);
    const { state, desiredTime, expirationTime } = await recordOf('1-a');
    expect([state, desiredTime]).to.deep.equal(['SCHEDULED', Date.parse(at('15:05'))]);
    expect(expirationTime - desiredTime, 'it expires as much later').to.equal(86_400_000);
  });

  for (const [from, to] of [
    ['12:00', '15:00'],
    ['15:00', '12:00'],
    ['12:00', '12:04'],
  ] as const)
    it(`from ${from} to ${to}: it is executed then, once, and not at the time before`, async () => {
      await begin();
      await book('1-a', { _desired_time: at(from) });
      expect((await change('1-a', { _new_desired_time: at(to) })).status).to.equal(200);
      const early = (Date.parse(at(to)) - Date.parse(NOW)) / MINUTE - 1;
      await minutes(early);
      expect(server.sessions.started).to.have.length(0);
      await minutes(1);
      expect(server.sessions.started.map(({ params }) => params['_desired_time'])).to.deep.equal([at(to)]);
      await minutes(600);
      expect(server.sessions.started).to.have.length(1);
    });

  it('is executed at once where the new time is near, and when it is over nobody else has it', async () => {
    await begin();
    await book('1-a');
    expect((await change('1-a', { _new_desired_time: at('08:59') })).status).to.equal(200);
    expect(server.sessions.started).to.have.length(1);
    expect((await recordOf('1-a')).state).to.equal('QUEUED');
    await minutes(600);
    expect(server.sessions.started).to.have.length(1);
  });

  it('again and again: the last time counts, and each is told', async () => {
    await begin({ _enable_status_notification: 'notify', _status_notification_target: 'http://127.0.0.1:1/events' });
    await book('1-a');
    for (const time of ['14:00', '13:00', '14:00', '11:00', '16:00'])
      expect((await change('1-a', { _new_desired_time: at(time) })).status).to.equal(200);
    const entries = await server.store.due({ due: -Infinity, seq: 0 }, Infinity, 100);
    expect(entries.filter(({ task }) => task.type === 'callback')).to.have.length(1);
    const told = entries.flatMap(({ key, task }) =>
      task.type === 'module' && task.attributes['event'] === '_cbe_on_callback_rescheduled'
        ? [[key, (task.attributes['fields'] as { _desired_time: string })._desired_time] as const]
        : [],
    );
    expect(told.map(([, time]) => time)).to.deep.equal(['14:00', '13:00', '14:00', '11:00', '16:00'].map(at));
    expect(new Set(told.map(([key]) => key)).size).to.equal(5);
    await minutes(419);
    expect(server.sessions.started).to.have.length(0);
    await minutes(1);
    expect(server.sessions.started).to.have.length(1);
  });

  it('changes other properties with it, and the number, as a start would keep it', async () => {
    await begin();
    await book('1-a', { _desired_time: at('12:00'), usr_reason: 'billing', usr_kept: 'yes' });
    const body = { _new_desired_time: at('13:00'), usr_reason: 'sales', _customer_number: '16504661231' };
    expect((await change('1-a', { ...body, _callback_state: 'COMPLETED' })).status).to.equal(200);
    const { state, customerNumber, properties } = await recordOf('1-a');
    expect({ state, customerNumber, properties }).to.deep.equal({
      state: 'SCHEDULED',
      customerNumber: '16504661231',
      properties: { usr_reason: 'sales', usr_kept: 'yes' },
    });
    expect((await server.get(`${PATH}?_customer_number=16504661231`)).body).to.have.length(1);
  });

  describe('is refused, and nothing changes:', () => {
    type Row = readonly [
      what: string,
      options: object,
      put: object,
      expected: {
        readonly status?: number;
        readonly code: number;
        readonly message: string | RegExp;
        readonly cls: string;
      },
    ];
    const rows: readonly Row[] = [
      [
        'a time that cannot be read',
        {},
        { _new_desired_time: 'tomorrow' },
        { code: 40010, message: /^Unparseable date: "tomorrow"/, cls: 'BadParameter' },
      ],
      [
        'a time that is too far away',
        { _reject_future_desired_time: '1d' },
        { _new_desired_time: '2013-06-27T10:00:00.000Z' },
        { code: 40010, message: /too far in future/, cls: 'BadParameter' },
      ],
      [
        'a time that is over',
        { _reject_past_desired_time: 60 },
        { _new_desired_time: at('08:00') },
        { code: 40010, message: /^Callback 1-a contains _desired_time property in the past/, cls: 'BadParameter' },
      ],
      [
        'a time when the office is closed',
        { _business_hours_service: 'Office' },
        { _new_desired_time: at('18:00') },
        { code: 40051, message: /^Office is closed at desired time slot \[2013-05-27T18:00/, cls: 'Availability' },
      ],
      [
        'without a key that identifies the customer',
        {},
        { _new_desired_time: at('13:00'), _customer_number: '' },
        {
          code: 40010,
          message: 'Callback 1-a does not contain the mandatory customer lookup keys _customer_number',
          cls: 'BadParameter',
        },
      ],
      [
        'a number that is none',
        { _disallow_impossible_phone_numbers: true },
        { _new_desired_time: at('13:00'), _customer_number: 'abc' },
        {
          code: 40040,
          message:
            'Customer Number is not allowed, because it failed validating. Check option _disallow_impossible_phone_numbers',
          cls: 'Number',
        },
      ],
      [
        'an option that is none',
        {},
        { _new_desired_time: at('13:00'), _ttl: 'long' },
        { code: 40010, message: /^Option _ttl is invalid: "long"/, cls: 'BadParameter' },
      ],
      [
        '_desired_time, which is not what is given here',
        {},
        { _desired_time: at('13:00') },
        { code: 40010, message: '_desired_time is not changed by itself: give _new_desired_time', cls: 'BadParameter' },
      ],
      [
        'a state that there is not',
        {},
        { _callback_state: 'DONE' },
        { code: 40010, message: /^_callback_state "DONE" is none of SCHEDULED, QUEUED/, cls: 'BadParameter' },
      ],
      [
        'a state of a callback that is executed, of one that is not',
        {},
        { _callback_state: 'PROCESSING' },
        {
          code: 40020,
          message:
            'Callback 1-a waits to be executed - its _callback_state can be SCHEDULED, QUEUED or COMPLETED, not PROCESSING',
          cls: 'InvalidOperation',
        },
      ],
    ];
    for (const [what, options, put, expected] of rows)
      it(what, async () => {
        await begin({ _customer_lookup_keys: '_customer_number', ...options });
        expect(await book('1-a')).to.equal('booked');
        const before = await recordOf('1-a');
        const { status, body } = await change('1-a', put);
        const { code, message, exception } = body as { code: number; message: string; exception: string };
        expect({ status, code, exception }).to.deep.equal({
          ...{ status: expected.status ?? 400, code: expected.code, exception: cls(expected.cls) },
        });
        if (typeof expected.message === 'string') expect(message).to.equal(expected.message);
        else expect(message).to.match(expected.message);
        expect(await recordOf('1-a')).to.deep.equal(before);
        await minutes(180);
        expect(server.sessions.started).to.have.length(1);
      });

    it('what is not SCHEDULED any more, or was never there', async () => {
      await begin();
      await book('1-a', { _callback_state: 'QUEUED' });
      await book('1-b');
      await server.delete(`${PATH}/1-b`);
      for (const [id, state] of [
        ['1-a', 'QUEUED'],
        ['1-b', 'COMPLETED'],
      ] as const) {
        const { status, body } = await change(id, { _new_desired_time: at('13:00') });
        expect([status, body]).to.deep.equal([
          400,
          {
            ...{ code: 40020, phrase: 'INVALID_OPERATION', exception: cls('InvalidOperation') },
            message: `Callback ${id} is no longer scheduled. State=${state}`,
            properties: { id, state },
          },
        ]);
      }
      for (const path of [`${PATH}/1-z`, '/genesys/1/service/callback/Other/1-a'])
        expect((await server.put(path, { _new_desired_time: '' })).body).to.include({
          code: 40030,
        });
    });

    it('what is over, whatever is said of it', async () => {
      await begin();
      await book('1-a');
      await server.delete(`${PATH}/1-a`);
      const { body } = await change('1-a', { _callback_state: 'PROCESSING' });
      expect(body).to.deep.include({
        ...{ code: 40020, phrase: 'INVALID_OPERATION' },
        message: `Rejecting update : BasicCallback=[1-a @ ${at('12:00')}] - reached state COMPLETED`,
      });
    });
  });

  describe('has a place in its slot', () => {
    const full = { _max_request_by_time_bucket: 1, _request_time_bucket: '30' };

    it('that is free, or it is refused with those that are, and keeps the one that it had', async () => {
      await begin(full);
      await book('1-a', { _desired_time: at('16:45') });
      await book('1-b', { _desired_time: at('12:00') });
      const { status, body } = await change('1-b', { _new_desired_time: at('16:50') });
      expect(status).to.equal(400);
      expect(body).to.deep.include({
        code: 40051,
        message: `Too many requests at desired time slot [${at('16:30')}, ${at('17:00')}]. Proposing time slots.`,
      });
      expect(Object.keys((body as { availability: object }).availability)).to.have.length(6);
      expect(await book('1-c', { _desired_time: at('12:00') })).to.deep.include({ code: 40051 });
    });

    it('and may move within it, and leaves it to others when it goes', async () => {
      await begin(full);
      await book('1-a', { _desired_time: at('16:30') });
      expect((await change('1-a', { _new_desired_time: at('16:50') })).status).to.equal(200);
      expect(await book('1-b', { _desired_time: at('16:40') })).to.deep.include({ code: 40051 });
      expect((await change('1-a', { _new_desired_time: at('14:00') })).status).to.equal(200);
      expect(await book('1-b', { _desired_time: at('16:40') })).to.equal('booked');
    });

    it('as exactly one of twenty who want the last one at once', async () => {
      await begin(full);
      const ids = Array.from({ length: 20 }, (_, n) => `1-${n}`);
      const times = ids.map((_, n) => new Date(Date.parse(at('18:00')) + n * 30 * MINUTE).toISOString());
      for (const [n, id] of ids.entries()) expect(await book(id, { _desired_time: times[n] })).to.equal('booked');
      const all = await Promise.all(ids.map((id) => change(id, { _new_desired_time: at('14:00') })));
      expect(all.filter(({ status }) => status === 200)).to.have.length(1);
    });
  });
});
