/** When an office is open: `office-hours.ts` has the rules, `zone.ts` the clocks. Instants are milliseconds since the epoch. Pure. */
import type { OfficeHours } from './office-hours.js';
import { minutesOf } from './rules.js';
import { merged, within, type Span } from './span.js';
import { DAY, MINUTE, stretches } from './zone.js';

/** Sorted, in the span that is asked for; what touches is one. */
export const openBetween = (hours: OfficeHours, asked: Span): readonly Span[] => merged(open(hours, asked));

function open({ zone, rules, effective, schedules }: OfficeHours, asked: Span): readonly Span[] {
  return stretches(zone, asked).flatMap((stretch) => {
    const wall = { from: stretch.from + stretch.offset, to: stretch.to + stretch.offset };
    const theirs = schedules
      .flatMap((schedule) => open(schedule, stretch))
      .map(({ from, to }) => ({ from: from + stretch.offset, to: to + stretch.offset }));
    const all = [...regularBetween(rules, wall), ...theirs];
    const days = effective?.map(({ from, to }) => ({ from: from * DAY, to: to * DAY })) ?? [wall];
    return days.flatMap((span) => within(all, span)).flatMap((span) => within([span], stretch, -stretch.offset));
  });
}

/** Of the wall. */
function regularBetween(rules: OfficeHours['rules'], { from, to }: Span): readonly Span[] {
  const answer: Span[] = [];
  for (let day = Math.floor(from / DAY); day * DAY < to; day += 1)
    for (const minutes of minutesOf(rules, day))
      answer.push({ from: day * DAY + minutes.from * MINUTE, to: day * DAY + minutes.to * MINUTE });
  return answer;
}

export const isOpen = (hours: OfficeHours, at: number): boolean =>
  openBetween(hours, { from: at, to: at + 1 }).length > 0;

/** A 29th of February may be eight years away. */
const LONGEST = 9 * 366 * DAY;
const STEP = 92 * DAY;

/** The first instant from `at` on that is open, if there is one in the next nine years. */
export function nextOpen(hours: OfficeHours, at: number): number | undefined {
  for (let from = at; from < at + LONGEST; from += STEP) {
    const [first] = openBetween(hours, { from, to: from + STEP });
    if (first) return first.from;
  }
  return undefined;
}
