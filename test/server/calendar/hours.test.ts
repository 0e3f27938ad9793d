import { expect } from 'chai';
import fc from 'fast-check';
import { isOpen, nextOpen, openBetween } from '../../../server/calendar/hours.js';
import { officeHoursOf, type OfficeHours } from '../../../server/calendar/office-hours.js';
import { isOpenByHand, wallClock, type Office } from './model.js';
import { offices, optionsOf } from './offices.js';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;
const BEGIN = Date.UTC(2024, 0, 1);
const END = Date.UTC(2026, 0, 1);

/** Half hours and quarters, clocks that change by half an hour, both hemispheres, the one that changes around Ramadan. */
const zones = [
  'UTC',
  'Europe/Paris',
  'Europe/London',
  'America/New_York',
  'America/St_Johns',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
  'Pacific/Auckland',
  'America/Santiago',
  'Africa/Casablanca',
];

const calendarOf = (options: Map<string, string>): OfficeHours =>
  officeHoursOf('office', (name) => (name === 'office' ? options : undefined));

/** The first minute that is told otherwise than by hand. */
function differs(office: Office, zone: string, from: number, to: number, wall = wallClock(zone)): string | undefined {
  const spans = openBetween(calendarOf(optionsOf(office, zone)), { from, to });
  const byHand = isOpenByHand(office);
  let next = 0;
  for (let at = from; at < to; at += MINUTE) {
    while (next < spans.length && (spans[next]?.to ?? 0) <= at) next += 1;
    const told = (spans[next]?.from ?? Infinity) <= at;
    if (told !== byHand(wall(at))) return `${zone} ${new Date(at).toISOString()}: open ${String(told)}`;
  }
  return undefined;
}

/** The days on which the clocks of a zone are changed. */
function changes(zone: string): number[] {
  const wall = wallClock(zone);
  const days = Array.from({ length: (END - BEGIN) / DAY }, (_, n) => BEGIN + n * DAY);
  return days.filter((day) => wall(day) - day !== wall(day + DAY) - day - DAY);
}

describe('office hours against a model minute by minute', function () {
  this.timeout(120_000);

  for (const zone of zones) {
    it(`are the same in ${zone} over two years`, () => {
      const office: Office = {
        regular: [
          { days: [0, 4], from: 545, to: 1020 },
          { days: [5, 0], from: 1140, to: 225 },
          { days: [6, 6], from: 90, to: 200 },
        ],
        holidays: [
          { year: 0, month: 12, day: 25 },
          { year: 2024, month: 2, day: 29 },
          { year: 2025, month: 3, day: 30 },
        ],
        specials: [
          { year: 0, month: 12, day: 25, from: 600, to: 720 },
          { year: 2024, month: 10, day: 27, from: 60, to: 180 },
          { year: 0, month: 2, day: 29, from: 1380, to: 120 },
        ],
      };
      expect(differs(office, zone, BEGIN, END)).equal(undefined);
    });
  }

  it('are the same for any rules around each change of the clocks', () => {
    const around = zones.flatMap((zone) => {
      const wall = wallClock(zone);
      return changes(zone).map((day) => ({ zone, wall, day }));
    });
    expect(around.length).greaterThan(2 * zones.length);
    fc.assert(
      fc.property(fc.constantFrom(...around), offices, ({ zone, wall, day }, office) => {
        expect(differs(office, zone, day - DAY, day + 3 * DAY, wall)).equal(undefined);
      }),
      { numRuns: 200 },
    );
  });

  it('are the same for any rules at any time', () => {
    const places = zones.map((zone) => ({ zone, wall: wallClock(zone) }));
    const begin = fc.integer({ min: BEGIN / MINUTE, max: END / MINUTE });
    fc.assert(
      fc.property(fc.constantFrom(...places), begin, offices, ({ zone, wall }, minute, office) => {
        expect(differs(office, zone, minute * MINUTE, (minute + 6000) * MINUTE, wall)).equal(undefined);
      }),
      { numRuns: 200 },
    );
  });

  it('are sorted, merged, inside what is asked for, and the same asked in two parts', () => {
    const length = fc.integer({ min: 1, max: 40 * DAY });
    const begin = fc.integer({ min: BEGIN, max: END });
    fc.assert(
      fc.property(fc.constantFrom(...zones), offices, begin, length, length, (zone, office, from, one, other) => {
        const calendar = calendarOf(optionsOf(office, zone));
        const middle = from + one;
        const to = middle + other;
        const whole = openBetween(calendar, { from, to });
        const ends = whole.flatMap((span) => [span.from, span.to]);
        expect(ends.every((end, n) => n === 0 || end > (ends[n - 1] ?? 0))).equal(true);
        expect(ends.every((end) => end >= from && end <= to)).equal(true);
        const parts = [...openBetween(calendar, { from, to: middle }), ...openBetween(calendar, { from: middle, to })];
        const sum = (spans: typeof whole): number => spans.reduce((all, span) => all + span.to - span.from, 0);
        expect(sum(parts)).equal(sum(whole));
      }),
      { numRuns: 200 },
    );
  });

  it('open next when they are open, and not before', () => {
    fc.assert(
      fc.property(fc.constantFrom(...zones), offices, fc.integer({ min: BEGIN, max: END }), (zone, office, at) => {
        const calendar = calendarOf(optionsOf(office, zone));
        const next = nextOpen(calendar, at);
        if (next === undefined) return;
        expect(isOpen(calendar, next)).equal(true);
        expect(next === at || !isOpen(calendar, next - 1)).equal(true);
        expect(openBetween(calendar, { from: at, to: next })).deep.equal([]);
      }),
      { numRuns: 100 },
    );
  });
});
