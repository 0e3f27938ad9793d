import { expect } from 'chai';
import { isOpen, nextOpen, openBetween } from '../../../server/calendar/hours.js';
import { officeHoursOf, type OfficeHours } from '../../../server/calendar/office-hours.js';

type Services = Readonly<Record<string, Readonly<Record<string, string>>>>;

const find = (services: Services) => (name: string) => services[name] && new Map(Object.entries(services[name]));
const calendarOf = (services: Services, name = 'office'): OfficeHours => officeHoursOf(name, find(services));

/** As the spans of a day of UTC read: 09:00-17:00, 19:00-24:00. */
function dayOf(hours: OfficeHours, date: string): string {
  const from = Date.parse(`${date}T00:00:00Z`);
  const spans = openBetween(hours, { from, to: from + 86_400_000 });
  const text = (at: number): string => (at === from + 86_400_000 ? '24:00' : new Date(at).toISOString().slice(11, 16));
  return spans.map((span) => `${text(span.from)}-${text(span.to)}`).join(' ');
}

/** The guide, "Create Office Hours": options, the day, when it is open in UTC. */
const days: readonly [what: string, options: Readonly<Record<string, string>>, date: string, open: string][] = [
  ['regular hours', { _bh_regular1: 'Mon-Fri 9:00-17:00' }, '2026-03-02', '09:00-17:00'],
  ['no hours at the weekend', { _bh_regular1: 'Mon-Fri 09:00-17:00' }, '2026-03-01', ''],
  ['a single day', { _bh_regular1: 'Sun 10:00-12:00' }, '2026-03-01', '10:00-12:00'],
  ['days that wrap the week', { _bh_regular1: 'Sat-Mon 08:00-09:00' }, '2026-03-02', '08:00-09:00'],
  ['which leave out the rest', { _bh_regular1: 'Sat-Mon 08:00-09:00' }, '2026-03-03', ''],
  ['a night shift', { _bh_regular1: 'Mon-Fri 19:00-7:00' }, '2026-03-03', '00:00-07:00 19:00-24:00'],
  ['its last morning', { _bh_regular1: 'Mon-Fri 19:00-7:00' }, '2026-03-07', '00:00-07:00'],
  ['its first evening', { _bh_regular1: 'Mon-Fri 19:00-7:00' }, '2026-03-02', '19:00-24:00'],
  ['the whole day', { _bh_regular1: 'Mon-Sun 00:00-24:00' }, '2026-03-02', '00:00-24:00'],
  ['until midnight', { _bh_regular2: 'Mon-Mon 01:00-24:00' }, '2026-03-02', '01:00-24:00'],
  [
    'two that overlap',
    { _bh_regular1: 'Mon 09:00-12:00', _bh_regular2: 'Mon 11:00-13:00' },
    '2026-03-02',
    '09:00-13:00',
  ],
  ['two that touch', { _bh_regular1: 'Mon 09:00-12:00', _bh_regular2: 'Mon 12:00-13:00' }, '2026-03-02', '09:00-13:00'],
  ['a holiday', { _bh_regular1: 'Mon-Fri 09:00-17:00', _holiday5: '2026-07-15' }, '2026-07-15', ''],
  ['the year after it', { _bh_regular1: 'Mon-Fri 09:00-17:00', _holiday5: '2026-07-15' }, '2027-07-15', '09:00-17:00'],
  ['an annual holiday', { _bh_regular1: 'Mon-Fri 09:00-17:00', _holiday5: '07-15' }, '2027-07-15', ''],
  [
    'a holiday after a night shift: it takes the whole calendar day, and only that',
    { _bh_regular1: 'Mon-Fri 19:00-7:00', _holiday1: '03-03' },
    '2026-03-03',
    '',
  ],
  [
    'and the morning after it is that of the night shift',
    { _bh_regular1: 'Mon-Fri 19:00-7:00', _holiday1: '03-03' },
    '2026-03-04',
    '00:00-07:00 19:00-24:00',
  ],
  [
    'special hours',
    { _bh_regular1: 'Mon 09:00-17:00', _bh_add1: '2026-03-02 18:00-21:00' },
    '2026-03-02',
    '09:00-17:00 18:00-21:00',
  ],
  ['special hours where there are no others', { _bh_add1: '11-30 10:00-14:00' }, '2026-11-30', '10:00-14:00'],
  [
    'special hours on a holiday',
    { _holiday1: '11-30', _bh_add1: '2026-11-30 10:00-14:00' },
    '2026-11-30',
    '10:00-14:00',
  ],
  [
    'special hours on a holiday with regular hours: the exception alone applies',
    { _bh_regular1: 'Mon-Sun 08:00-20:00', _holiday1: '2026-11-30', _bh_add1: '11-30 10:00-14:00' },
    '2026-11-30',
    '10:00-14:00',
  ],
  ['special hours beyond midnight', { _bh_add1: '12-31 22:00-02:00' }, '2027-01-01', '00:00-02:00'],
  [
    'before the effective dates',
    { _bh_regular1: 'Mon-Sun 09:00-17:00', _effective_dates1: '2026-04-01 to 2026-10-31' },
    '2026-03-31',
    '',
  ],
  [
    'on the last effective date',
    { _bh_regular1: 'Mon-Sun 09:00-17:00', _effective_dates1: '2026-04-01 to 2026-10-31' },
    '2026-10-31',
    '09:00-17:00',
  ],
  [
    'after one effective date',
    { _bh_regular1: 'Mon-Sun 09:00-17:00', _effective_dates1: '2026-04-01' },
    '2026-04-02',
    '',
  ],
  [
    'on the second of two effective dates',
    { _bh_regular1: 'Mon-Sun 09:00-17:00', _effective_dates1: '2026-04-01', _effective_dates2: '2026-04-03' },
    '2026-04-03',
    '09:00-17:00',
  ],
  ['a zone', { _timezone: 'Europe/Paris', _bh_regular1: 'Mon-Fri 01:00-23:00' }, '2026-03-02', '00:00-22:00'],
  [
    'a zone of three quarters',
    { _timezone: 'Asia/Kathmandu', _bh_regular1: 'Mon-Fri 09:00-17:00' },
    '2026-03-02',
    '03:15-11:15',
  ],
  ['an hour that does not exist', { _timezone: 'Europe/Paris', _bh_regular1: 'Sun 02:00-03:00' }, '2026-03-29', ''],
  ['around that hour', { _timezone: 'Europe/Paris', _bh_regular1: 'Sun 01:30-03:30' }, '2026-03-29', '00:30-01:30'],
  [
    'an hour that comes twice',
    { _timezone: 'Europe/Paris', _bh_regular1: 'Sun 02:00-03:00' },
    '2026-10-25',
    '00:00-02:00',
  ],
  [
    'half of that hour',
    { _timezone: 'Europe/Paris', _bh_regular1: 'Sun 02:30-03:00' },
    '2026-10-25',
    '00:30-01:00 01:30-02:00',
  ],
  ['no options at all', {}, '2026-03-02', ''],
];

/** What is refused: services, the service that is read, what the message has. */
const refused: readonly [what: string, services: Services, message: RegExp][] = [
  [
    'unknown days',
    { office: { _bh_regular1: 'Mon-Fry 09:00-17:00' } },
    /office: _bh_regular1 is "Mon-Fry 09:00-17:00": write/,
  ],
  ['unknown hours', { office: { _bh_regular1: 'Mon-Fri 9-17' } }, /_bh_regular1 .*Mon-Fri 09:00-17:00/],
  ['25 hours', { office: { _bh_regular1: 'Mon 09:00-25:00' } }, /_bh_regular1/],
  ['75 minutes', { office: { _bh_regular1: 'Mon 09:75-10:00' } }, /_bh_regular1/],
  ['hours of no length', { office: { _bh_regular1: 'Mon 09:00-09:00' } }, /_bh_regular1/],
  ['a beginning at 24:00', { office: { _bh_regular1: 'Mon 24:00-09:00' } }, /_bh_regular1/],
  ['a day that never is', { office: { _holiday1: '02-30' } }, /_holiday1 is "02-30": write 2026-12-25/],
  ['a day that is not in that year', { office: { _holiday1: '2026-02-29' } }, /_holiday1/],
  ['special hours without a day', { office: { _bh_add1: 'Mon 10:00-14:00' } }, /_bh_add1/],
  ['effective dates without a year', { office: { _effective_dates1: '04-01' } }, /_effective_dates1/],
  ['effective dates backwards', { office: { _effective_dates1: '2026-04-02 to 2026-04-01' } }, /_effective_dates1/],
  ['an unknown zone', { office: { _timezone: 'Pacific' } }, /_timezone is "Pacific": write a tz database name/],
  ['an option of no kind', { office: { _bh_special1: '12-24' } }, /_bh_special1 .*no such option/],
  ['an alternative', { office: { _use_alternative1: 'other' } }, /_use_alternative1/],
  ['an unknown import', { office: { _include_rules1: 'none' } }, /_include_rules1 is "none": write the name/],
  ['itself', { office: { _include_rules1: 'office' } }, /must not include itself: office > office/],
  [
    'itself by schedules of schedules',
    { office: { _include_schedules1: 'a' }, a: { _include_schedules1: 'b' }, b: { _include_schedules1: 'a' } },
    /service b: _include_schedules1 is "a": must not include itself: office > a > b > a/,
  ],
  [
    'mistakes of what is included',
    { office: { _include_rules1: 'a' }, a: { _bh_add1: 'x' } },
    /service a: _bh_add1 is "x"/,
  ],
];

describe('office hours from options', () => {
  for (const [what, options, date, open] of days) {
    it(`has ${what}`, () => {
      expect(dayOf(calendarOf({ office: options }), date)).equal(open);
    });
  }

  for (const [what, services, message] of refused) {
    it(`refuses ${what}`, () => {
      expect(() => calendarOf(services)).throw(message);
    });
  }

  it('takes the schedules of included rules for none of its own, so that they make no circle', () => {
    const services = {
      office: { _include_rules1: 'a' },
      a: { _include_schedules1: 'office', _bh_regular1: 'Mon 09:00-10:00' },
    };
    expect(dayOf(calendarOf(services), '2026-03-02')).equal('09:00-10:00');
  });
});

/** The guide's use cases of imports. */
describe('office hours that include others', () => {
  const services = {
    'Federal USA Holidays': { _timezone: 'UTC', _holiday1: '07-04', _holiday2: '2026-11-26' },
    'Special Deal Events': {
      _timezone: 'Asia/Tokyo',
      _bh_add1: '2026-04-01 18:00-21:00',
      _bh_add2: '2026-07-04 18:00-21:00',
    },
    'Office SFO': {
      _timezone: 'America/Los_Angeles',
      _bh_regular1: 'Mon-Sat 09:00-17:00',
      _include_rules1: 'Special Deal Events',
      _include_rules2: 'Federal USA Holidays',
    },
    'Office New York': {
      _timezone: 'America/New_York',
      _bh_regular1: 'Mon-Sat 09:00-17:00',
      _include_rules1: 'Special Deal Events',
      _include_rules2: 'Federal USA Holidays',
    },
    'Office Amsterdam': {
      _timezone: 'Europe/Amsterdam',
      _bh_regular1: 'Mon-Fri 09:00-17:00',
      _include_rules1: 'Special Deal Events',
    },
    'All Offices': {
      _timezone: 'America/New_York',
      _include_schedules1: 'Office SFO',
      _include_schedules2: 'Office New York',
      _include_schedules3: 'Office Amsterdam',
    },
  };

  it('have the holidays of included rules', () => {
    expect(dayOf(calendarOf(services, 'Office SFO'), '2026-11-25')).equal('00:00-01:00 17:00-24:00');
    expect(dayOf(calendarOf(services, 'Office SFO'), '2026-11-26')).equal('00:00-01:00');
  });

  it('have the special hours of included rules by their own clocks', () => {
    expect(dayOf(calendarOf(services, 'Office SFO'), '2026-04-02')).equal('01:00-04:00 16:00-24:00');
    expect(dayOf(calendarOf(services, 'Office Amsterdam'), '2026-04-01')).equal('07:00-15:00 16:00-19:00');
  });

  it('are open for special deals on a holiday, and only for them', () => {
    expect(dayOf(calendarOf(services, 'Office New York'), '2026-07-04')).equal('22:00-24:00');
    expect(dayOf(calendarOf(services, 'Office New York'), '2026-07-05')).equal('00:00-01:00');
  });

  it('are the union of included schedules, each in its own zone', () => {
    expect(dayOf(calendarOf(services, 'All Offices'), '2026-03-03')).equal('00:00-01:00 08:00-24:00');
  });

  it('keep to their own effective dates, and included schedules to theirs besides', () => {
    const dated = {
      ...services,
      office: { _effective_dates1: '2026-03-03 to 2026-03-04', _include_schedules1: 'a' },
      a: { _bh_regular1: 'Mon-Sun 09:00-17:00', _effective_dates1: '2026-03-04 to 2026-03-10' },
    };
    const hours = calendarOf(dated);
    expect(['2026-03-03', '2026-03-04', '2026-03-05'].map((date) => dayOf(hours, date))).deep.equal([
      '',
      '09:00-17:00',
      '',
    ]);
  });

  it('are not closed by the holidays of those that include their schedules', () => {
    const hours = calendarOf({
      office: { _holiday1: '03-03', _include_schedules1: 'a' },
      a: { _bh_regular1: 'Tue 09:00-17:00' },
    });
    expect(dayOf(hours, '2026-03-03')).equal('09:00-17:00');
  });

  it('change with what they include', () => {
    const more = { ...services, 'Federal USA Holidays': { _holiday1: '03-02' } };
    expect(dayOf(calendarOf(services, 'Office New York'), '2026-03-02')).equal('14:00-22:00');
    expect(dayOf(calendarOf(more, 'Office New York'), '2026-03-02')).equal('');
  });

  it('may include the same twice', () => {
    const hours = calendarOf({
      office: { _include_schedules1: 'a', _include_schedules2: 'b' },
      a: { _include_rules1: 'c' },
      b: { _include_rules1: 'c' },
      c: { _bh_regular1: 'Mon 09:00-10:00' },
    });
    expect(dayOf(hours, '2026-03-02')).equal('09:00-10:00');
  });
});

describe('the next opening', () => {
  it('is years away for hours of the 29th of February', () => {
    const hours = calendarOf({ office: { _bh_add1: '02-29 10:00-11:00' } });
    expect(nextOpen(hours, Date.UTC(2024, 2, 1))).equal(Date.UTC(2028, 1, 29, 10));
  });

  it('is never where nothing opens', () => {
    expect(nextOpen(calendarOf({ office: {} }), 0)).equal(undefined);
  });

  it('is now while it is open, up to the last millisecond', () => {
    const hours = calendarOf({ office: { _bh_regular1: 'Mon 09:00-10:00' } });
    const end = Date.UTC(2026, 2, 2, 10);
    expect(nextOpen(hours, end - 1)).equal(end - 1);
    expect([isOpen(hours, end - 1), isOpen(hours, end)]).deep.equal([true, false]);
    expect(nextOpen(hours, end)).equal(Date.UTC(2026, 2, 9, 9));
  });
});
