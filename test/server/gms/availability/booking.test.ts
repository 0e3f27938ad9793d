/** What a start that names a time passes: the guide's 40010, 40050 and 40051, and as many as a slot has places, whoever comes at once. */
import { expect } from 'chai';
import { virtualClock } from '../../../../server/clock/virtual.js';
import { memoryStore } from '../../../../server/store/memory.js';
import { callbackServer, type CallbackServer } from '../server.js';
import { wholeServer } from '../../whole.js';

const NOW = '2026-03-02T09:00:00.000Z'; // a Monday
const SLOT = '2026-03-03T10:00:00.000Z';
const base = { _route_point: '8999', _resource_group: 'CB', _urs_virtual_queue: 'VQ', _target: 'B@S.GA' };
const configured = (options: object) => ({
  Office: { template: 'office-hours', options: { _bh_regular1: 'Mon-Fri 09:30-17:00', _holiday1: '2026-03-04' } },
  Basic: { template: 'callback', options: { ...base, ...options } },
});

describe('a start that names a time', () => {
  let server: CallbackServer;
  let made = 0;
  const begin = async (options: object): Promise<void> => {
    made = 0;
    server = await callbackServer(configured(options), NOW);
  };
  const start = (_desired_time?: string) => {
    server.ids.push(`1-${++made}`);
    return server.post('/genesys/1/service/callback/Basic', {
      ...{ _customer_number: '16504661230' },
      ...(_desired_time !== undefined && { _desired_time }),
    });
  };
  const said = async (time?: string): Promise<unknown> => {
    const { status, body } = await start(time);
    return status === 200 ? 'booked' : [status, (body as { code: number }).code];
  };
  afterEach(() => server.close());

  const far: readonly (readonly [options: object, time: string, expected: unknown])[] = [
    [{ _reject_future_desired_time: '1d' }, '2026-03-03T09:00:00.000Z', 'booked'],
    [{ _reject_future_desired_time: '1d' }, '2026-03-03T09:00:01.000Z', [400, 40010]],
    [{ _reject_future_desired_time: '1M' }, '2026-04-02T09:00:00.000Z', 'booked'],
    [{ _reject_future_desired_time: '1M' }, '2026-04-02T09:00:01.000Z', [400, 40010]],
    [{ _reject_future_desired_time: '2w' }, '2026-03-16T09:00:01.000Z', [400, 40010]],
    [{ _reject_future_desired_time: '90m' }, '2026-03-02T10:30:00.000Z', 'booked'],
    [{ _reject_future_desired_time: 'soon' }, SLOT, [500, 50020]],
    [{ _reject_past_desired_time: 60 }, '2026-03-02T08:59:00.000Z', 'booked'],
    [{ _reject_past_desired_time: 60 }, '2026-03-02T08:58:59.000Z', [400, 40010]],
    [{}, '2026-03-02T08:00:00.000Z', 'booked'],
  ];
  for (const [options, time, expected] of far)
    it(`at ${time} with ${JSON.stringify(options)} is ${String(expected)}`, async () => {
      await begin(options);
      expect(await said(time)).to.deep.equal(expected);
    });

  it('says how far it is away, and how far it may be', async () => {
    await begin({ _reject_future_desired_time: '1d' });
    const { body } = await start('2026-03-04T09:00:00.000Z');
    const epoch = Date.parse('2026-03-04T09:00:00.000Z') / 1000;
    const near = `(-0s < ${2 * 86_400}s < 86400s) - epoch ${epoch}s`;
    expect(body).to.include({
      message: `Callback request contains _desired_time property too far in future ${near}`,
      exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionBadParameter',
    });
  });

  it('is refused where its slot is full, with the nearest that are not', async () => {
    await begin({ _max_request_by_time_bucket: 2, _request_time_bucket: '30' });
    for (const time of [SLOT, '2026-03-03T10:29:59.000Z']) expect(await said(time)).to.equal('booked');
    const { status, body } = await start('2026-03-03T10:10:00.000Z');
    const at = (time: string): string => `2026-03-03T${time}:00.000Z`;
    expect([status, body]).to.deep.equal([
      400,
      {
        ...{ code: 40051, phrase: 'SLOT_UNAVAILABLE_PROPOSAL' },
        message: `Too many requests at desired time slot [${SLOT}, ${at('10:30')}]. Proposing time slots.`,
        exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionAvailability',
        properties: { slot: `[${SLOT}, ${at('10:30')}]`, service: 'Basic' },
        availability: Object.fromEntries(
          ['08:30', '09:00', '09:30', '10:30', '11:00', '11:30'].map((time) => [at(time), 2]),
        ),
      },
    ]);
  });

  it('is refused where the office is closed: at night, on a holiday, on Sunday', async () => {
    await begin({ _business_hours_service: 'Office' });
    expect(await said(SLOT)).to.equal('booked');
    for (const time of [
      '2026-03-03T09:29:00.000Z',
      '2026-03-03T17:00:00.000Z',
      '2026-03-04T10:00:00.000Z',
      '2026-03-08T10:00:00.000Z',
    ]) {
      const { body } = await start(time);
      expect(body, time).to.include({ code: 40051 });
      expect((body as { message: string }).message).to.match(/^Office is closed at desired time slot \[2026-03/);
      expect(Object.keys((body as { availability: object }).availability)).to.have.length(6);
    }
  });

  it('is refused without a proposal where there is nothing to propose', async () => {
    await begin({ _business_hours_service: 'Office', _max_request_by_time_bucket: 1, _request_time_bucket: '120' });
    const days = ['02', '03', '05', '06', '09', '10', '11'];
    const hours = ['10', '12', '14', '16'];
    for (const day of days) for (const hour of hours) await start(`2026-03-${day}T${hour}:00:00.000Z`);
    const { body } = await start(SLOT);
    expect(body).to.deep.include({ code: 40050, phrase: 'SLOT_UNAVAILABLE', message: 'No time slots available.' });
  });

  it('takes no place when it is to be at once, and is refused then only where that is wanted', async () => {
    await begin({ _business_hours_service: 'Office', _max_request_by_time_bucket: 1 });
    for (let each = 0; each < 3; each += 1) expect(await said()).to.equal('booked');
    await server.close();
    await begin({ _business_hours_service: 'Office', _enable_reject_out_of_office_hours: true });
    expect(await said()).to.deep.equal([400, 40051]);
    await server.clock.advance(60 * 60_000);
    expect(await said()).to.equal('booked');
  });

  it('has the place that a cancelled one had', async () => {
    await begin({ _max_request_by_time_bucket: 1 });
    expect([await said(SLOT), await said(SLOT)]).to.deep.equal(['booked', [400, 40051]]);
    expect((await server.delete('/genesys/1/service/callback/Basic/1-1')).status).to.equal(200);
    expect([await said(SLOT), await said(SLOT)]).to.deep.equal(['booked', [400, 40051]]);
  });
});

describe('200 customers who want the last 50 places of a slot at once', () => {
  const services = configured({ _max_request_by_time_bucket: 50 });
  const wanting = (count: number, first = 0): object[] =>
    Array.from({ length: count }, (_, each) => ({
      _customer_number: `1650466${1000 + first + each}`,
      _desired_time: SLOT,
    }));
  const path = '/genesys/1/service/callback/Basic';

  it('are 50 who have one', async () => {
    const server = await callbackServer(services, NOW);
    server.ids.push(...Array.from({ length: 200 }, (_, each) => `1-${each}`));
    const answers = await Promise.all(wanting(200).map((body) => server.post(path, body)));
    expect(answers.filter(({ status }) => status === 200)).to.have.length(50);
    const refused = answers.filter(({ status }) => status !== 200).map(({ body }) => (body as { code: number }).code);
    expect(new Set(refused)).to.deep.equal(new Set([40051]));
    expect(await server.store.callbacks({})).to.have.length(50);
    await server.close();
  });

  for (const before of [1, 20, 49, 50])
    it(`are 50 also when the server dies after ${before} of them`, async () => {
      const [store, clock] = [memoryStore(), virtualClock(Date.parse(NOW))];
      const first = await wholeServer({ store, clock, services });
      let told = 0;
      const asked = wanting(100).map(async (body) => {
        const { status } = await first.ask('POST', path, { body });
        if (status === 200 && ++told === before) first.kill();
        return status;
      });
      const answered = await Promise.allSettled(asked);
      const promised = answered.filter((each) => each.status === 'fulfilled' && each.value === 200).length;
      const second = await wholeServer({ store, clock, services });
      await Promise.all(wanting(100, 100).map((body) => second.ask('POST', path, { body })));
      const booked = await store.callbacks({});
      expect(promised).to.be.at.least(before);
      expect(booked).to.have.length(50);
      await second.close();
      await first.close();
    });
});
