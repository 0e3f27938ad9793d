/**
 * Callback records by what they are. `reader.ts` has this on the main thread, so nothing here may take long.
 *
 * 1. Every way to ask has its index, in the order of the answer: as many entries are read as are wanted, save those that another
 *    condition leaves out. `test/server/store/sqlite/queries.test.ts` holds the plans.
 * 2. Entries of several indexes, or parts of one, are merged in their order; rows are read of those that are answered.
 */
import type { Database, Statement } from 'better-sqlite3';
import { callbackStates, type CallbackQuery, type PropertyValue, type Store } from '../port.js';
import { callbackOf, type CallbackRow } from '../rows/callback.js';
import { placeOf } from '../rows/property.js';

type Value = string | number;
/** A text of SQL and its values. */
type Part = readonly [sql: string, ...values: Value[]];

const [EARLIEST, LATEST] = [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER];
/** Parts of an index that are merged, for each state; of more services the records of all are looked through. */
const SERVICES = 16;

export const queries = (database: Database): Pick<Store, 'findCallbacks'> => {
  const statement = statements(database);
  return {
    async findCallbacks(query) {
      if (query.states?.length === 0 || query.services?.length === 0) return [];
      const [sql, ...values] = pageOf(query);
      const rows = statement(sql)
        .raw()
        .all(...values) as CallbackRow[];
      return rows.map(callbackOf);
    },
  };
};

/** What is run for a query. */
export const pageOf = (query: CallbackQuery): Part => {
  const range = rangeOf(query);
  const sources = sourcesOf(query).map(([from, parts]): Part => {
    const [where, ...values] = joined([...parts, ...range(from)]);
    return [`SELECT c.rowid AS r, ${from.time} AS t, ${from.id} AS i FROM ${from.table} WHERE ${where}`, ...values];
  });
  const found = sources.map(([sql]) => sql).join(query.any ? ' UNION ' : ' UNION ALL ');
  const sql = `SELECT c.* FROM (${found} ORDER BY t, i LIMIT ?) CROSS JOIN callback c ON c.rowid = r ORDER BY t, i`;
  return [sql, ...sources.flatMap(([, ...values]) => values), query.limit];
};

/** Prepared once for each form of a question. */
const statements = (database: Database) => {
  const prepared = new Map<string, Statement<Value[]>>();
  return (sql: string): Statement<Value[]> => {
    const known = prepared.get(sql) ?? database.prepare<Value[]>(sql);
    prepared.set(sql, known);
    return known;
  };
};

const BY_CALLBACK = { table: 'callback c', time: 'c.desired_time', id: 'c.id' } as const;
/** CROSS, so that the property comes first. */
const BY_PROPERTY = {
  table: 'callback_property p CROSS JOIN callback c ON c.id = p.id',
  time: 'p.desired_time',
  id: 'p.id',
} as const;

/** Where records are looked for, and by what. */
type Source = readonly [from: typeof BY_CALLBACK | typeof BY_PROPERTY, parts: readonly Part[]];

const sourcesOf = ({ services, states, properties = [], any = false }: CallbackQuery): readonly Source[] => {
  const rest = [...oneOf('c.service', services), ...oneOf('c.state', states)];
  const [first, ...others] = properties;
  if (first && any) return properties.map((property) => [BY_PROPERTY, [...hasFirst(property), ...rest]]);
  if (first) return [[BY_PROPERTY, [...hasFirst(first), ...others.map(hasToo), ...rest]]];
  return (states ?? callbackStates).flatMap((state): Source[] => {
    const isOf: Part = ['c.state = ?', state];
    if (!services || services.length > SERVICES) return [[BY_CALLBACK, [isOf, ...oneOf('c.service', services)]]];
    return services.map((service) => [BY_CALLBACK, [['c.service = ?', service], isOf]]);
  });
};

const hasFirst = ({ name, value }: PropertyValue): Part[] => [['p.name = ? AND p.value = ?', name, value]];
const hasToo = ({ name, value }: PropertyValue): Part => [
  'EXISTS (SELECT 1 FROM callback_property WHERE id = c.id AND name = ? AND value = ?)',
  name,
  value,
];
const oneOf = (column: string, values: readonly string[] | undefined): Part[] =>
  values === undefined ? [] : [[`${column} IN (${values.map(() => '?').join(',')})`, ...values]];

const joined = (parts: readonly Part[]): Part => {
  const sql = parts.map(([text]) => text).join(' AND ');
  return [sql || 'TRUE', ...parts.flatMap(([, ...values]) => values)];
};

/** Behind the last page, and within the time. */
const rangeOf = ({ from = EARLIEST, to = LATEST, after }: CallbackQuery) => {
  const [time, id] = after ? placeOf(after) : [from, ''];
  const start = time < from ? [from, ''] : [time, id];
  return (source: Source[0]): Part[] => [
    [`(${source.time}, ${source.id}) > (?, ?)`, ...start],
    [`${source.time} <= ?`, to],
  ];
};
