/** Data as plain JSON, for those outside who do not know the tags: HTTP bodies, logs, web pages. One way only. */
import type { Data } from '../event.js';
import { fromData, Xml } from './data.js';

/** Shared objects are written out each time they are met, so a small value can mean a huge text: a bound is needed. */
const MOST = 250_000;

/** `null` for what JSON has no value for, ISO text for dates, arrays for maps and sets; a cycle throws. */
export const toJson = (data: Data | undefined): Data => {
  let left = MOST;
  const above = new Set<object>();
  const walk = (value: unknown): Data => {
    if (left-- <= 0) throw new RangeError(`data of more than ${MOST} values cannot be written as JSON`);
    if (typeof value !== 'object' || value === null) return primitive(value);
    if (above.has(value)) throw new TypeError('data that contains itself cannot be written as JSON');
    above.add(value);
    const json = object(value, walk);
    above.delete(value);
    return json;
  };
  return walk(fromData(data));
};

const primitive = (value: unknown): Data => {
  if (typeof value === 'boolean' || typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : null;
  return typeof value === 'bigint' ? String(value) : null;
};

const object = (value: object, walk: (value: unknown) => Data): Data => {
  if (Array.isArray(value) || value instanceof Map || value instanceof Set) {
    return Array.from(value as Iterable<unknown>, walk);
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (value instanceof RegExp || value instanceof Xml) return value.toString();
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  return Object.fromEntries(entries.map(([key, item]) => [key, walk(item)]));
};
