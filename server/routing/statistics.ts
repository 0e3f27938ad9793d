/**
 * Statistics of targets, by the names that URS's SData knows; the conditions of target lists are made of them.
 * The guide, "Configure Multiple Targets".
 */
import type { Floor } from './floor.js';
import type { Pool } from './pool.js';
import type { Seat } from './seat.js';
import { isStatistic, type StatisticName } from './statistic-names.js';
import { BadTarget, targetOf, type Step } from './target.js';

type Statistic = (pool: Pool, now: number) => number;

const count =
  (of: (seat: Seat) => boolean): Statistic =>
  ({ members }) =>
    members.reduce((sum, seat) => (of(seat) ? sum + 1 : sum), 0);

const ready: Statistic = ({ free }) => free.size;
const loggedIn = count(({ isLoggedIn }) => isLoggedIn);

const statistics: Readonly<Record<StatisticName, Statistic>> = {
  RStatAgentsReady: ready,
  RStatAgentsReadyvoice: ready,
  RStatAgentsTotal: loggedIn,
  StatAgentsAvailable: ready,
  StatAgentsInQueueReady: ready,
  StatAgentsTotal: loggedIn,
  StatAgentsInQueueLogin: loggedIn,
  StatAgentsBusy: count(
    ({ phone, reservation }) => phone === 'Busy' || phone === 'Ringing' || reservation !== undefined,
  ),
  StatCallsInQueue: ({ line }) => line.size,
  /** Seconds of the one who rested longest; 0 when nobody is ready. */
  StatTimeInReadyState: ({ free }, now) => (free.first ? Math.floor((now - free.first.sinceMs) / 1000) : 0),
  /** Of a hundred who are logged in so many are busy; 100 when nobody is logged in. */
  StatAgentLoading: (pool) => {
    const all = loggedIn(pool, 0);
    return all === 0 ? 100 : Math.round((100 * (all - ready(pool, 0))) / all);
  },
};

/** Whether the condition of a step says that its targets are not waited for. */
export const isPassedOver = ({ unless }: Step, pools: readonly Pool[], now: number): boolean => {
  if (unless === 'never') return false;
  if (!unless) return pools.every((pool) => !pool.isPlace && loggedIn(pool, now) === 0);
  if (!isStatistic(unless.stat)) return false;
  const statistic = statistics[unless.stat];
  const value = pools.reduce((sum, pool) => sum + statistic(pool, now), 0);
  return unless.operator === '<' ? value < unless.value : value > unless.value;
};

/** Undefined where there is no such target or statistic. */
export const statisticOf = (
  floor: Floor,
  text: string,
  name: string,
  media: string,
  now: number,
): number | undefined => {
  if (!isStatistic(name)) return undefined;
  try {
    return statistics[name](floor.pool(targetOf(text), media, now), now);
  } catch (error) {
    if (error instanceof BadTarget) return undefined;
    throw error;
  }
};
