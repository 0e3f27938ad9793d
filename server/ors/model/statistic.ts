/**
 * `_genesys.statistic`: `sData(object, statistic)` answers at once, for agents, places and groups that are configured, virtual queues, and
 * skill expressions that calls have waited for or a session is subscribed to. `../../routing/statistics.ts` has what there is.
 *
 * 1. A picture of all is kept for as many milliseconds as it has objects, a second at most: making it takes the same small part of the
 *    time in any centre. One in which nothing has changed is the same object as the last.
 * 2. Objects are lines of text, which cross to the sandbox as one value each type: `name`, values in the order of the names, since when
 *    somebody is ready, with tabs between them.
 * 3. What is not known is undefined; a queue that nobody has used has had no calls.
 */
import type { Data } from '../../../engine/event.js';
import type { Clock } from '../../clock.js';
import type { Model, ModelTable } from '../../host/model.js';
import type { RouterPort, StatisticRow } from '../../routing/port.js';
import { countsOfCalls, namesOfStatistics, statisticNames } from '../../routing/statistic-names.js';
import { LABEL, OBJECT, SPACED } from '../../routing/statistic-object.js';

const TIME_READY = statisticNames.indexOf('StatTimeInReadyState');
const OLDEST_MS = 1000;

export const statisticModelTable = {
  root: 'statistic',
  library: String.raw`{
  names: ${JSON.stringify(statisticNames)},
  counts: ${JSON.stringify(countsOfCalls)},
  sData(object, statistic) {
    const at = this.names.indexOf(statistic);
    if (at < 0) throw new RangeError('"' + String(statistic) + '" is no statistic; ${namesOfStatistics}');
    const [, name, written] = ${OBJECT}.exec(String(object).trim());
    const isSkill = name.startsWith('?');
    const type = written ?? (isSkill ? 'GA' : 'Q');
    const key = isSkill ? name.replace(${LABEL}, '?').replace(${SPACED}, '$1').replace(/\s+/g, ' ') : name;
    const rows = this.rows?.[type] ?? '';
    const start = rows.indexOf('\n' + key + '\t');
    if (start < 0) return type === 'Q' && name !== '' && this.counts.includes(statistic) ? 0 : undefined;
    const from = start + key.length + 2;
    const end = rows.indexOf('\n', from);
    const [values, since] = rows.slice(from, end < 0 ? rows.length : end).split('\t');
    const value = values.split(',')[at];
    if (at === ${TIME_READY} && since !== '') return Math.max(0, Math.floor((Date.now() - Number(since)) / 1000));
    return value === '' ? undefined : Number(value);
  },
}`,
} as const satisfies ModelTable;

export interface StatisticModelServices {
  readonly router: Pick<RouterPort, 'statisticRows'>;
  readonly clock: Pick<Clock, 'now'>;
  /** Objects that sessions are subscribed to. */
  readonly subscribed: () => Iterable<string>;
}

export interface StatisticModel extends Model {
  /** The next session that looks sees what is now. */
  refresh(): void;
}

type View = Readonly<Record<string, Data>>;

export const statisticModel = ({ router, clock, subscribed }: StatisticModelServices): StatisticModel => {
  let shown: { readonly text: string; readonly view: View } | undefined;
  /** By the clock. */
  let until = -Infinity;
  let since = -Infinity;

  const picture = (): View => {
    const rows = router.statisticRows(subscribed());
    since = clock.now();
    until = since + Math.min(rows.length, OLDEST_MS);
    const view = viewOf(rows);
    const text = JSON.stringify(view);
    if (shown?.text !== text) shown = { text, view };
    return shown.view;
  };

  return {
    ...statisticModelTable,
    view() {
      const now = clock.now();
      return shown && since <= now && now < until ? shown.view : picture();
    },
    refresh() {
      until = -Infinity;
    },
  };
};

/** 2 */
const viewOf = (rows: readonly StatisticRow[]): View => {
  const lines: Record<string, string> = {};
  for (const { key, values, restingSince } of rows) {
    const dot = key.lastIndexOf('.');
    const [name, type] = [key.slice(0, dot), key.slice(dot + 1)];
    // The time that somebody is ready is worked out by whoever asks: it would change with each second.
    const told = values.map((value, at) => (at === TIME_READY && restingSince !== undefined ? undefined : value));
    lines[type] = `${lines[type] ?? ''}\n${name}\t${told.join(',')}\t${restingSince ?? ''}`;
  }
  return { rows: lines };
};
