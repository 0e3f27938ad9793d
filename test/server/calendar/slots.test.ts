import { expect } from 'chai';
import fc from 'fast-check';
import { capacityOf, evenCapacity } from '../../../server/calendar/capacity.js';
import { isOpen } from '../../../server/calendar/hours.js';
import { officeHoursOf, type OfficeHours } from '../../../server/calendar/office-hours.js';
import { bucketMinutes, bucketOf, slotsIn, type BucketMinutes } from '../../../server/calendar/slots.js';
import { offices, optionsOf } from './offices.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

const textsOf = (options: Readonly<Record<string, unknown>>): Map<string, unknown> => new Map(Object.entries(options));
const hoursOf = (options: Readonly<Record<string, unknown>>): OfficeHours =>
  officeHoursOf('office', () => textsOf(options));
const at = (text: string): number => Date.parse(`${text}:00Z`);

interface Asked {
  readonly hours?: OfficeHours;
  readonly capacity?: Readonly<Record<string, unknown>> | number;
  readonly bucket?: BucketMinutes;
  readonly booked?: Readonly<Record<string, number>>;
}

/** `09:00 5/10` is a slot with 5 of 10 free. */
function slots(from: string, to: string, { hours, capacity = 10, bucket = 60, booked = {} }: Asked): string[] {
  const found = slotsIn(
    {
      hours,
      bucket,
      capacity: typeof capacity === 'number' ? evenCapacity(capacity) : capacityOf('capacity', textsOf(capacity)),
      booked: new Map(Object.entries(booked).map(([time, count]) => [at(time), count])),
    },
    { from: at(from), to: at(to) },
  );
  return [...found].map(
    ({ at: time, free, total }) => `${new Date(time).toISOString().slice(11, 16)} ${free}/${total}`,
  );
}

/** The matrix of the guide's pictures: Monday and Tuesday 10, Wednesday's morning 10, Sunday 5. */
const matrix = {
  _capacity_1: '{ "1": {"1000":10,"1100":10,"0900":10}}',
  _capacity_3: '{ "3":{"1000":10,"0900":10}}',
  _capacity_7: { 7: { '1000': 5, '0900': 5 } },
  _capacity_add_20260302: '{"20260302": {"0900": 2}}',
  _capacity_add: '{}',
  _capacity: '[Mon, Wed, Sun]',
};

describe('slots', () => {
  it('begin with each bucket while the office is open', () => {
    const hours = hoursOf({ _bh_regular1: 'Mon 09:00-12:00' });
    expect(slots('2026-03-02T00:00', '2026-03-03T00:00', { hours })).deep.equal([
      '09:00 10/10',
      '10:00 10/10',
      '11:00 10/10',
    ]);
  });

  it('are only those that begin while it is open', () => {
    const hours = hoursOf({ _bh_regular1: 'Mon 09:10-11:20' });
    expect(slots('2026-03-02T00:00', '2026-03-03T00:00', { hours })).deep.equal(['10:00 10/10', '11:00 10/10']);
  });

  it('are at all times where there are no office hours', () => {
    expect(slots('2026-03-01T22:30', '2026-03-02T01:00', {})).deep.equal(['23:00 10/10', '00:00 10/10']);
  });

  it('have less free for what is booked, and never less than none', () => {
    const booked = { '2026-03-02T09:00': 4, '2026-03-02T10:00': 10, '2026-03-02T11:00': 12 };
    expect(slots('2026-03-02T09:00', '2026-03-02T12:00', { booked })).deep.equal([
      '09:00 6/10',
      '10:00 0/10',
      '11:00 0/10',
    ]);
  });

  it('have the capacity of their weekday and hour', () => {
    expect(slots('2026-03-09T00:00', '2026-03-10T00:00', { capacity: matrix })).deep.equal([
      '09:00 10/10',
      '10:00 10/10',
      '11:00 10/10',
    ]);
    expect(slots('2026-03-10T00:00', '2026-03-11T00:00', { capacity: matrix })).deep.equal([]);
    expect(slots('2026-03-08T00:00', '2026-03-09T00:00', { capacity: matrix })).deep.equal(['09:00 5/5', '10:00 5/5']);
  });

  it('have the capacity of their hour in each bucket of it', () => {
    const capacity = { _capacity_1: { 1: { '0900': 3 } } };
    expect(slots('2026-03-02T00:00', '2026-03-03T00:00', { capacity, bucket: 20 })).deep.equal([
      '09:00 3/3',
      '09:20 3/3',
      '09:40 3/3',
    ]);
  });

  it('of a date that is given are those alone', () => {
    expect(slots('2026-03-02T00:00', '2026-03-03T00:00', { capacity: matrix })).deep.equal(['09:00 2/2']);
  });

  it('have the capacity by the clock of its zone, on both sides of a change', () => {
    const capacity = { _timezone: 'Europe/Paris', _capacity_7: { 7: { '0100': 1, '0200': 2, '0300': 3 } } };
    expect(slots('2026-03-29T00:00', '2026-03-29T04:00', { capacity })).deep.equal(['00:00 1/1', '01:00 3/3']);
    expect(slots('2026-10-24T23:00', '2026-10-25T04:00', { capacity })).deep.equal([
      '23:00 1/1',
      '00:00 2/2',
      '01:00 2/2',
      '02:00 3/3',
    ]);
  });

  it('are for any rules, buckets and zones those that begin while it is open, and none is missing', () => {
    const zones = ['Europe/Paris', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/St_Johns'];
    const begin = fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2026, 0, 1) });
    const length = fc.integer({ min: 0, max: 4 * DAY });
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        offices,
        fc.constantFrom(...bucketMinutes),
        begin,
        length,
        (zone, office, bucket, from, ms) => {
          const hours = hoursOf(Object.fromEntries(optionsOf(office, zone)));
          const needs = { hours, bucket, capacity: evenCapacity(1), booked: new Map<number, number>() };
          const found = [...slotsIn(needs, { from, to: from + ms })].map((slot) => slot.at);
          const step = bucket * MINUTE;
          const byHand: number[] = [];
          for (let time = Math.ceil(from / step) * step; time < from + ms; time += step)
            if (isOpen(hours, time)) byHand.push(time);
          expect(found).deep.equal(byHand);
          expect(found.every((time) => bucketOf(time + step - 1, bucket) === time)).equal(true);
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** Options of a capacity service that are refused, and what the message has. */
const refused: readonly [what: string, options: Readonly<Record<string, unknown>>, message: RegExp][] = [
  ['what is no JSON', { _capacity_1: '{1: {' }, /service capacity: _capacity_1 is "\{1: \{": write \{"1"/],
  ['the table of another day', { _capacity_1: { 2: { '0900': 1 } } }, /_capacity_1/],
  ['half an hour', { _capacity_1: { 1: { '0930': 1 } } }, /"0930" is no hour/],
  ['a 24th hour', { _capacity_1: { 1: { '2400': 1 } } }, /"2400" is no hour/],
  ['part of a callback', { _capacity_1: { 1: { '0900': 1.5 } } }, /"0900" must be a whole number from 0 to 1000/],
  ['fewer than none', { _capacity_1: { 1: { '0900': -1 } } }, /whole number/],
  ['more than 1000', { _capacity_1: { 1: { '0900': 1001 } } }, /from 0 to 1000/],
  ['more than its maximum', { _max_capacity: 20, _capacity_1: { 1: { '0900': 21 } } }, /from 0 to 20/],
  ['a date that is none', { _capacity_add_20260230: { 20260230: { '0900': 1 } } }, /_capacity_add_20260230 .*yyyyMMdd/],
  ['an unknown zone', { _timezone: 'Pacific' }, /_timezone is "Pacific"/],
];

describe('a capacity', () => {
  for (const [what, options, message] of refused) {
    it(`cannot have ${what}`, () => {
      expect(() => capacityOf('capacity', textsOf(options))).throw(message);
    });
  }
});
