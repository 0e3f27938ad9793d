/**
 * Statistics of everything that has some, for those who show all of them: agents, places and groups that are configured, virtual queues
 * that were used, skill expressions that calls have waited for, and whatever else is named.
 */
import { statisticNames } from './statistic-names.js';
import { objectOf } from './statistic-object.js';
import { queueSubject, restingSince, subjectOf, valueOf, type Room, type Subject } from './statistics.js';
import type { StatisticRow } from './port.js';

export const statisticRows = ({ floor, queues }: Room, more: Iterable<string>, now: number): StatisticRow[] => {
  const found = new Map<string, Subject>();
  for (const [key, seats] of floor.everybody) found.set(key, { seats, waiting: floor.waiting(key) });
  for (const name of queues.named.keys()) found.set(`${name}.Q`, queueSubject(queues, name));
  for (const text of more) {
    const object = objectOf(text);
    if (!found.has(object.key)) found.set(object.key, subjectOf({ floor, queues }, object));
  }
  return [...found].map(([key, subject]) => ({
    key,
    values: statisticNames.map((name) => valueOf(subject, name, now)),
    restingSince: restingSince(subject, now),
  }));
};
