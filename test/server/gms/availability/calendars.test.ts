/** The built-in services office-hours and capacity over HTTP: the Calendar and Capacity APIs. */
import { expect } from 'chai';
import { virtualClock } from '../../../../server/clock/virtual.js';
import { memoryStore } from '../../../../server/store/memory.js';
import { wholeServer, type Whole } from '../../whole.js';

const NOW = Date.parse('2026-03-27T09:00:00.000Z'); // a Friday; on Sunday the clocks of Paris go forward
const base = { _route_point: '8999', _resource_group: 'CB', _urs_virtual_queue: 'VQ', _target: 'B@S.GA' };
const services = {
  Paris: {
    template: 'office-hours',
    options: {
      _timezone: 'Europe/Paris',
      _bh_regular1: 'Mon-Sun 09:00-18:00',
      _bh_add1: '03-30 19:00-20:00',
      _holiday1: '2026-03-28',
    },
  },
  Broken: { template: 'office-hours', options: { _bh_regular1: 'never' } },
  Desks: {
    template: 'capacity',
    options: {
      _timezone: 'Europe/Paris',
      _capacity_5: '{"5":{"0900":3,"1000":3,"1100":5}}',
      _capacity_add_20260328: '{"20260328":{"0900":9}}',
    },
  },
  Basic: { template: 'callback', options: base },
};

describe('built-in services', () => {
  let server: Whole;
  beforeEach(async () => (server = await wholeServer({ store: memoryStore(), clock: virtualClock(NOW), services })));
  afterEach(() => server.close());

  const ask = async (service: string, query = '') => {
    const { status, data } = await server.ask('GET', `/genesys/1/service/${service}${query}`);
    return { status, data };
  };
  const open = (start: string, end: string) => ({ start, end });

  const asked: readonly (readonly [query: string, periods: readonly object[], why: string])[] = [
    ['', [open('2026-03-27T09:00:00.000Z', '2026-03-27T17:00:00.000Z')], 'open now, and until when'],
    ['?start=2026-03-27T20:00:00Z', [], 'closed in the evening'],
    ['?start=2026-03-28T10:00:00Z', [], 'closed on a holiday'],
    ['?start=2026-03-28T00:00:00Z&number-of-days=1', [], 'closed all day'],
    [
      '?start=2026-03-28T00:00:00Z&number-of-days=3',
      [
        open('2026-03-29T07:00:00.000Z', '2026-03-29T16:00:00.000Z'),
        open('2026-03-30T07:00:00.000Z', '2026-03-30T16:00:00.000Z'),
        open('2026-03-30T17:00:00.000Z', '2026-03-30T18:00:00.000Z'),
      ],
      'an hour earlier when the clocks have gone forward, and longer on one day',
    ],
    [
      '?start=2026-03-27T16:00:00Z&end=2026-03-27T23:00:00Z',
      [open('2026-03-27T16:00:00.000Z', '2026-03-27T17:00:00.000Z')],
      'what lies between start and end',
    ],
  ];
  for (const [query, periods, why] of asked)
    it(`office-hours says: ${why}`, async () => {
      const { status, data } = await ask('Paris', query);
      expect(status).to.equal(200);
      expect(data).to.deep.equal({ error: null, timezone: 'Europe/Paris', periods });
    });

  it('capacity says how many callbacks each slot takes, by its own clock or that of who asks', async () => {
    const query = '?start=2026-03-27T08:30:00.000&end=2026-03-28T10:00:00.000';
    const { data } = await ask('Desks', query);
    const { periods, ...rest } = data as { periods: { localStart: string; start: string; capacity: number }[] };
    expect(rest).to.deep.equal({ error: null, timezone: 'Europe/Paris' });
    expect(
      periods.map(({ localStart, start, capacity }) => [localStart.slice(5, 16), start.slice(5, 16), capacity]),
    ).to.deep.equal([
      ['03-27T08:30', '03-27T07:30', 0],
      ['03-27T09:00', '03-27T08:00', 3],
      ['03-27T11:00', '03-27T10:00', 5],
      ['03-27T12:00', '03-27T11:00', 0],
      ['03-28T09:00', '03-28T08:00', 9],
    ]);
    const { data: other } = await ask('Desks', `${query}&timezone=America/Toronto`);
    expect((other as { periods: { localStart: string }[] }).periods[0]).to.include({
      localStart: '2026-03-27T08:30:00.000',
    });
    expect(other).to.include({ timezone: 'America/Toronto' });
  });

  const refused: readonly (readonly [service: string, query: string, status: number, code: number])[] = [
    ['Paris', '?start=yesterday', 400, 40010],
    ['Paris', '?number-of-days=1000', 400, 40010],
    ['Broken', '', 500, 50005],
    ['Desks', '', 400, 40010],
    ['Desks', '?start=2026-03-27T09:00:00.000', 400, 40010],
    ['Desks', '?start=2026-03-27T09:00:00.000&end=2026-03-27T10:00:00.000&timezone=Nowhere', 400, 40010],
    ['Basic', '', 500, 50020],
    ['Nobody', '', 500, 50020],
  ];
  for (const [service, query, status, code] of refused)
    it(`${service}${query} is refused with ${code}`, async () => {
      const answer = await ask(service, query);
      expect([answer.status, answer.data['code']], JSON.stringify(answer.data)).to.deep.equal([status, code]);
    });
});
