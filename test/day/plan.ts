/**
 * Who calls, who wants to be called back and who works on a simulated day: data, from a seed. `day.ts` lets it happen.
 *
 * 1. Every draw is by name (`chance.ts`), so that more callers change nothing for those who are there.
 */
import type { CentreData } from '../../server/voice/simulated/centre.js';
import type { Party } from '../../server/voice/simulated/behaviour.js';
import { chance } from '../../server/voice/simulated/chance.js';
import type { Reaction } from '../../server/voice/simulated/desktop.js';

export type Group = 'Billing' | 'Sales';

export interface DaySize {
  readonly hours: number;
  readonly inbound: number;
  readonly callbacks: number;
  readonly agents: number;
}

/** Milliseconds from the opening. */
export interface Arrival {
  readonly atMs: number;
  readonly kind: 'call' | 'callback';
  readonly number: string;
  readonly group: Group;
  /** A callback for later. */
  readonly desiredMs?: number;
}

/** An agent who makes a break, and goes home: milliseconds from the opening. */
interface Shift {
  readonly agent: string;
  readonly breakMs: number;
  readonly backMs: number;
  readonly endMs: number;
}

interface DayPlan {
  readonly arrivals: readonly Arrival[];
  readonly shifts: readonly Shift[];
  readonly centre: Pick<CentreData, 'agents' | 'customers' | 'routePoints' | 'entryPoints'>;
}

const HOUR = 3_600_000;
const MINUTE = 60_000;
const GROUPS: readonly Group[] = ['Billing', 'Billing', 'Billing', 'Sales', 'Sales'];

export const DIAL_OUT = '8999';
/** Where calls for a group arrive. */
export const ENTRY: Readonly<Record<Group, string>> = { Billing: '8001', Sales: '8002' };

export function planOf({ hours, inbound, callbacks, agents }: DaySize, seed: string): DayPlan {
  const draw = (...name: readonly (string | number)[]): number => chance(seed, ...name);
  const about = (mean: number, ...name: readonly (string | number)[]): number =>
    Math.round(-mean * Math.log(1 - draw(...name)));
  const dayMs = hours * HOUR;
  const numbers = (kind: string, count: number, prefix: number): string[] =>
    Array.from({ length: count }, (_, i) => `${prefix + i}${Math.floor(draw(kind, i, 'digit') * 10)}`);

  const callers = numbers('call', inbound, 3_000_000);
  const customers = numbers('callback', callbacks, 5_000_000);

  const groupFor = (number: string): Group => (draw(number, 'group') < 0.6 ? 'Billing' : 'Sales');

  function callbackAt(number: string): Arrival {
    const atMs = Math.round(draw(number, 'at') * dayMs * 0.95);
    const isLater = draw(number, 'later') < 0.25;
    return {
      ...{ atMs, kind: 'callback', number, group: groupFor(number) },
      ...(isLater && { desiredMs: Math.round(atMs + (dayMs - atMs) * draw(number, 'desired')) }),
    };
  }

  function caller(number: string): Party {
    return { kind: 'human', patienceMs: 20_000 + about(4 * MINUTE, number, 'patience'), talkMs: talk(number) };
  }

  const talk = (number: string): number => 20_000 + about(3 * MINUTE, number, 'talk');

  /** How the customer of a callback takes one attempt. */
  function called(number: string, attempt: number): Party {
    const at = draw(number, attempt, 'who');
    const answerMs = 2_000 + about(8_000, number, attempt, 'answer');
    if (at < 0.15) return { kind: 'noAnswer' };
    if (at < 0.22) return { kind: 'busy' };
    if (at < 0.3) return { kind: 'machine', answerMs };
    if (at < 0.31) return { kind: 'fax', answerMs };
    if (at < 0.32) return { kind: 'unreachable' };
    return { ...caller(number), ...{ kind: 'human', answerMs } };
  }

  function reaction(agent: string, call: number): Reaction {
    const at = draw(agent, call, 'reaction');
    if (at < 0.01) return { kind: 'ignore' };
    const afterMs = 500 + about(2_500, agent, call, 'after');
    return at < 0.02 ? { kind: 'reject', afterMs } : { kind: 'answer', afterMs };
  }

  const staff = Array.from({ length: agents }, (_, i) => ({ id: `agent${i + 1}`, dn: `${7001 + i}` }));
  return {
    arrivals: [
      ...callers.map((number): Arrival => ({
        ...{ atMs: Math.round(draw(number, 'at') * dayMs), kind: 'call', number, group: groupFor(number) },
      })),
      ...customers.map(callbackAt),
    ].sort((a, b) => a.atMs - b.atMs),
    shifts: staff.map(({ id }) => {
      const breakMs = dayMs * (0.3 + 0.4 * draw(id, 'break'));
      // the last of them stay until nobody waits any more
      return { agent: id, breakMs, backMs: breakMs + dayMs / 16, endMs: dayMs * (draw(id, 'late') < 0.6 ? 1 : 2) };
    }),
    centre: {
      agents: staff.map(({ id, dn }, i) => ({
        ...{ id, dn, switch: 'SIP_Switch', place: `Place_${dn}` },
        groups: [GROUPS[i % GROUPS.length] ?? 'Billing'],
        readyAfterMs: Math.round(draw(id, 'begin') * dayMs * 0.05),
        rings: Array.from({ length: 200 }, (_, call) => reaction(id, call)),
        wrapUpMs: 5_000 + about(20_000, id, 'wrap-up'),
      })),
      customers: [
        ...callers.map((number) => ({ number, does: caller(number) })),
        ...customers.map((number) => ({ number, does: [1, 2, 3].map((attempt) => called(number, attempt)) })),
      ],
      routePoints: [DIAL_OUT],
      entryPoints: Object.values(ENTRY),
    },
  };
}
