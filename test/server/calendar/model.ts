/**
 * Office hours minute by minute, as somebody would who has a clock on the wall and the rules on paper: what `hours.test.ts` holds
 * `server/calendar` to. It knows nothing of it; wall clocks are those of Intl.
 */
export interface Hours {
  /** 0 is Monday. */
  readonly days: readonly [number, number];
  /** Minutes; an end before the beginning is one of the next day. */
  readonly from: number;
  readonly to: number;
}
interface CalendarDate {
  /** 0: every year. */
  readonly year: number;
  readonly month: number;
  readonly day: number;
}
export interface Office {
  readonly regular: readonly Hours[];
  readonly holidays: readonly CalendarDate[];
  readonly specials: readonly (CalendarDate & Pick<Hours, 'from' | 'to'>)[];
}

const STEP = 30 * 60_000;
const MINUTE = 60_000;
const DAY = 86_400_000;

/** Where the clock of a zone stands, as if the zone were UTC. Zones change their clocks at half hours. */
export function wallClock(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
  });
  const known = new Map<number, number>();
  return (at) => {
    const step = Math.floor(at / STEP) * STEP;
    let offset = known.get(step);
    if (offset === undefined) {
      const [month = 0, day = 0, year = 0, hour = 0, minute = 0] = (format.format(step).match(/\d+/g) ?? []).map(
        Number,
      );
      offset = Date.UTC(year, month - 1, day, hour, minute) - step;
      known.set(step, offset);
    }
    return at + offset;
  };
}

const isIn = ({ days: [first, last] }: Hours, weekday: number): boolean =>
  first <= last ? weekday >= first && weekday <= last : weekday >= first || weekday <= last;

const isOn = ({ year, month, day }: CalendarDate, date: Date): boolean =>
  (year === 0 || year === date.getUTCFullYear()) && month === date.getUTCMonth() + 1 && day === date.getUTCDate();

type Times = Pick<Hours, 'from' | 'to'>;
const beginsToday = ({ from, to }: Times, minute: number): boolean => minute >= from && (to <= from || minute < to);
const beganYesterday = ({ from, to }: Times, minute: number): boolean => to < from && minute < to;

/** By day, so that a year of minutes does not take one. */
export function isOpenByHand(office: Office): (wall: number) => boolean {
  let known = NaN;
  let open: boolean[] = [];
  return (wall) => {
    const day = Math.floor(wall / DAY);
    if (day !== known) open = minutesOf(office, day);
    known = day;
    return open[Math.floor((wall - day * DAY) / MINUTE)] ?? false;
  };
}

function minutesOf({ regular, holidays, specials }: Office, day: number): boolean[] {
  const today = new Date(day * DAY);
  const yesterday = new Date((day - 1) * DAY);
  const weekday = (today.getUTCDay() + 6) % 7;
  const isHoliday = holidays.some((holiday) => isOn(holiday, today));
  const todays = [
    ...regular.filter((hours) => !isHoliday && isIn(hours, weekday)),
    ...specials.filter((special) => isOn(special, today)),
  ];
  const yesterdays = [
    ...regular.filter((hours) => !isHoliday && isIn(hours, (weekday + 6) % 7)),
    ...specials.filter((special) => isOn(special, yesterday)),
  ];
  return Array.from(
    { length: 1440 },
    (_, minute) =>
      todays.some((hours) => beginsToday(hours, minute)) || yesterdays.some((hours) => beganYesterday(hours, minute)),
  );
}
