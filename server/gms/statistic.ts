/**
 * PeekStat of GMS's Stat Service API: what a statistic of an agent, place, group or virtual queue is now. Which there are is
 * routing's (`../routing/statistics.ts`), for strategies, conditions of targets and this alike.
 *
 * 1. What would select a part of the value, or of the time, is refused: nothing here is counted by it, and another value than the one
 *    that was asked for is no answer. Counts of calls begin with the process.
 * 2. A value that is not known is null, with the reason in words.
 * 3. A value is made when it is asked for, so it is as young as any `max-age` wants it.
 */
import type { RouterPort } from '../routing/port.js';
import { statisticNamed } from '../routing/statistic-object.js';
import { callbackError } from './errors.js';

/** As GMS has it, "a structure with value". */
interface Peeked {
  readonly value: number | null;
  /** 2 */
  readonly message?: string;
}

/** Throws CallbackErrors. */
export type PeekStatistic = (fields: unknown) => Peeked;

interface StatisticNeeds {
  readonly router: Pick<RouterPort, 'statistic' | 'statisticProblem'>;
  /** Names of tenants, which share one contact centre. */
  readonly tenants: readonly string[];
}

/** Characters of a value. */
const LONGEST = 255;
const modes = ['NoNotification', 'Reset', 'Immediate'];
/** 1 */
const refused = ['filter', 'timeProfile', 'timeRange', 'timeRange2'];

export const peekStatistic =
  ({ router, tenants }: StatisticNeeds): PeekStatistic =>
  (given) => {
    const field = fieldsOf(given);
    const object = needed(field, 'objectId');
    const type = needed(field, 'objectType');
    const metric = field('metric') || needed(field, 'statisticType', 'metric');
    const tenant = field('tenant');
    if (tenant !== '' && !tenants.includes(tenant)) throw undefinedStatistic(`Tenant '${tenant}' not found`);
    if (!['', ...modes].includes(field('notificationMode')))
      throw badParameter('notificationMode', `must be one of ${modes.join(', ')}`);
    for (const name of refused)
      if (field(name) !== '')
        throw badParameter(name, 'selects nothing here: leave it out, and the value is of all, now');
    const named = statisticNamed(`${metric};${type};${object}`);
    if (!named) throw undefinedStatistic(`Object type '${type}' not found`);
    const wrong = router.statisticProblem(named.object, named.statistic);
    if (wrong !== undefined) throw undefinedStatistic(wrong);
    const value = router.statistic(named.object, named.statistic);
    return value === undefined ? { value: null, message: `too little is known of ${object} yet` } : { value };
  };

type Field = (name: string) => string;

/** '' where there is none. A `;` would divide it into two. */
const fieldsOf = (given: unknown): Field => {
  const fields = typeof given === 'object' && given !== null ? (given as Readonly<Record<string, unknown>>) : {};
  return (name) => {
    const value = Object.hasOwn(fields, name) ? fields[name] : '';
    if (typeof value === 'string' && value.length <= LONGEST && !value.includes(';')) return value.trim();
    throw badParameter(name, `must be one text of at most ${LONGEST} characters without a semicolon`);
  };
};

const needed = (field: Field, name: string, shown = name): string => {
  const value = field(name);
  if (value === '') throw badParameter(shown, 'is missing');
  return value;
};

const badParameter = (name: string, what: string) =>
  callbackError('badParameter', { message: `Parameter ${name} ${what}`, keys: name });

const undefinedStatistic = (message: string) => callbackError('undefinedStatistic', { message });
