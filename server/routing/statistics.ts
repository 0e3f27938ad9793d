/**
 * Statistics of agents, places, groups, skill expressions and virtual queues; the conditions of target lists are made of them.
 * The guide, "Configure Multiple Targets". Neighbours: `statistic-names.ts`, `statistic-object.ts` what they are of,
 * `statistic-rows.ts` all of them.
 *
 * 1. What is not known is undefined: the wait in a queue from which nothing has gone yet, the agents of one that nobody has used.
 * 2. Counts of calls begin with the process.
 */
import type { Floor } from './floor.js';
import { agentsOf, expectedWait } from './handling.js';
import type { Pool } from './pool.js';
import { VOICE } from './port.js';
import type { Queue, Queues } from './queues.js';
import type { Seat } from './seat.js';
import { isOfQueuesOnly, isStatistic, namesOfStatistics, type StatisticName } from './statistic-names.js';
import { objectOf, type StatisticObject } from './statistic-object.js';
import { BadTarget, targetOf, type Step } from './target.js';

/** Agents and places behind a target, or a virtual queue. */
export interface Subject {
  /** 1 */
  readonly seats: readonly Seat[] | undefined;
  readonly waiting: number;
  readonly queue?: Pick<Queue, 'entered' | 'left' | 'distributed'> & { readonly waitMs: () => number | undefined };
}

export interface Room {
  readonly floor: Floor;
  readonly queues: Queues;
}

type Statistic = (subject: Subject, now: number) => number | undefined;

const agents =
  (value: (seats: readonly Seat[], now: number) => number): Statistic =>
  ({ seats }, now) =>
    seats && value(seats, now);

const count = (seats: readonly Seat[], of: (seat: Seat) => boolean): number =>
  seats.reduce((sum, seat) => (of(seat) ? sum + 1 : sum), 0);

const ready = agents((seats, now) => count(seats, (seat) => seat.isFree(VOICE, now)));
const readyForAny = agents((seats, now) => count(seats, (seat) => isFreeForAny(seat, now)));
const loggedIn = agents((seats) => count(seats, ({ isLoggedIn }) => isLoggedIn));
const waiting: Statistic = (subject) => subject.waiting;

const isFreeForAny = (seat: Seat, now: number): boolean =>
  seat.isFree(VOICE, now) || Object.keys(seat.agent.capacity ?? {}).some((media) => seat.isFree(media, now));

/** Seconds; by the handling times of agents, as Stat Server reckons. */
const expected: Statistic = ({ queue }) => {
  const waitMs = queue?.waitMs();
  return waitMs === undefined ? undefined : waitMs / 1000;
};

/** Since when the one is ready who rested longest. */
export const restingSince = ({ seats = [] }: Subject, now: number): number | undefined => {
  const since = seats.reduce(
    (first, seat) => (seat.isFree(VOICE, now) ? Math.min(first, seat.sinceMs) : first),
    Infinity,
  );
  return Number.isFinite(since) ? since : undefined;
};

const statistics: Readonly<Record<StatisticName, Statistic>> = {
  RStatAgentsReady: readyForAny,
  RStatAgentsReadyvoice: ready,
  RStatAgentsTotal: loggedIn,
  StatAgentsAvailable: ready,
  StatAgentsInQueueReady: ready,
  StatAgentsTotal: loggedIn,
  StatAgentsInQueueLogin: loggedIn,
  StatAgentsBusy: agents((seats) => count(seats, ({ isBusy }) => isBusy)),
  StatCallsInQueue: waiting,
  CurrNumberWaitingCalls: waiting,
  /** Seconds; 0 when nobody is ready. */
  StatTimeInReadyState: (subject, now) =>
    subject.seats && Math.max(0, Math.floor((now - (restingSince(subject, now) ?? now)) / 1000)),
  /** Of a hundred who are logged in so many are not free; 100 when nobody is logged in. */
  StatAgentLoading: (subject, now) => {
    const [all, free] = [loggedIn(subject, now), ready(subject, now)];
    if (all === undefined || free === undefined) return undefined;
    return all === 0 ? 100 : Math.round((100 * (all - free)) / all);
  },
  /** Calls that wait less agents who are free, for each agent who is logged in: the smaller, the sooner a call is answered. */
  StatLoadBalance: (subject, now) => {
    const [all, free] = [loggedIn(subject, now), ready(subject, now)];
    return all === undefined || free === undefined || all === 0 ? undefined : (subject.waiting - free) / all;
  },
  /** 2 */
  StatCallsAnswered: ({ queue, seats }) =>
    queue ? queue.distributed : seats?.reduce((sum, { answered }) => sum + answered, 0),
  StatCallsCompleted: ({ queue, seats }) =>
    queue ? queue.left : seats?.reduce((sum, { completed }) => sum + completed, 0),
  CallsEntered: ({ queue }) => queue?.entered,
  ExpectedWaitTime: expected,
  StatExpectedWaitingTime: expected,
};

export const valueOf = (subject: Subject, name: StatisticName, now: number): number | undefined =>
  statistics[name](subject, now);

/** A queue that nobody has used has had no calls. */
export const queueSubject = (queues: Queues, name: string): Subject => {
  const queue = queues.known(name);
  const { entered = 0, left = 0, distributed = 0, line, pools } = queue ?? {};
  const waitMs = (): number | undefined => {
    const wait = expectedWait(queues, name, 'urs2');
    return wait.known ? wait.waitMs : undefined;
  };
  return {
    seats: pools && pools.size > 0 ? [...agentsOf(pools)] : undefined,
    waiting: line?.size ?? 0,
    queue: { entered, left, distributed, waitMs },
  };
};

/** Throws BadTarget where there is nothing of that name. */
export const subjectOf = ({ floor, queues }: Room, { name, type, key }: StatisticObject): Subject => {
  if (type === 'Q') return queueSubject(queues, name);
  const target = targetOf(`${name}@.${type}`);
  if (!target.fits)
    throw new BadTarget(`"${name}" has the type ${type}; statistics are of agents, places, groups and virtual queues`);
  return { seats: floor.named(key) ?? floor.members(target), waiting: floor.waiting(key) };
};

/** What is wrong with asking for it; undefined: nothing, though it may not be known yet. */
export const statisticProblem = (room: Room, text: string, name: string): string | undefined => {
  if (!isStatistic(name)) return `"${name}" is no statistic; ${namesOfStatistics}`;
  const object = objectOf(text);
  if (object.name === '') return `"${text}" names nothing; write Name@StatServer.TYPE, or the name of a virtual queue`;
  try {
    subjectOf(room, object);
  } catch (error) {
    if (error instanceof BadTarget) return error.message;
    throw error;
  }
  return object.type !== 'Q' && isOfQueuesOnly(name) ? `"${name}" is a statistic of virtual queues only` : undefined;
};

/** Undefined where there is no such object or statistic, or nothing is known of it. */
export const statisticOf = (room: Room, text: string, name: string, now: number): number | undefined =>
  isStatistic(name) && statisticProblem(room, text, name) === undefined
    ? valueOf(subjectOf(room, objectOf(text)), name, now)
    : undefined;

/** Whether the condition of a step says that its targets are not waited for: not when nothing is known. */
export const isPassedOver = ({ unless }: Step, pools: readonly Pool[], queues: Queues, now: number): boolean => {
  if (unless === 'never') return false;
  if (!unless) return pools.every((pool) => !pool.isPlace && !pool.members.some(({ isLoggedIn }) => isLoggedIn));
  if (!isStatistic(unless.stat)) return false;
  const { stat, operator } = unless;
  const values = pools.map((pool) => valueOf(ofPool(pool, queues), stat, now));
  if (values.includes(undefined)) return false;
  const value = values.reduce<number>((sum, each = 0) => sum + each, 0);
  return operator === '<' ? value < unless.value : value > unless.value;
};

const ofPool = ({ target, members, line, isPlace }: Pool, queues: Queues): Subject => {
  if (target.type === 'Q') return queueSubject(queues, target.name);
  return { seats: isPlace ? undefined : members, waiting: line.size };
};
