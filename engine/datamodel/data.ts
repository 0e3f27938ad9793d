/**
 * Plain JavaScript values of this process <-> tagged `Data` (see `event.ts`). The guest's side of the same code is
 * `ecmascript/kernel/codec.ts`; a property test holds the two together.
 *
 * 1. Objects are numbered from 0 in the order they are met, parents first: arrays, plain objects, Date, RegExp, Map, Set, Xml.
 * 2. `fromData(toData(value))` equals `value`, shared and cyclic objects included.
 */
import type { Data } from '../event.js';

/** XML content of the datamodel, as text. */
export class Xml {
  constructor(readonly xml: string) {}
  toString(): string {
    return this.xml;
  }
  toJSON(): string {
    return this.xml;
  }
}

type Fields = Record<string, Data>;

/** Assignment to `__proto__` would set the prototype. */
const put = <T>(object: Record<string, T>, key: string, value: T): void => {
  if (key !== '__proto__') object[key] = value;
  else Object.defineProperty(object, key, { value, enumerable: true, writable: true, configurable: true });
};

const number = (value: number): Data => {
  if (Object.is(value, -0)) return { $number: '-0' };
  return Number.isFinite(value) ? value : { $number: String(value) };
};

const fields = (entries: Iterable<[string, unknown]>, path: string, walk: Walk): Fields => {
  const data: Fields = {};
  for (const [key, value] of entries) put(data, key.startsWith('$') ? `$${key}` : key, walk(value, `${path}.${key}`));
  return data;
};

type Walk = (value: unknown, path: string) => Data;

const object = (value: object, path: string, walk: Walk): Data => {
  if (Array.isArray(value)) return Array.from(value, (item: unknown, index) => walk(item, `${path}[${index}]`));
  if (value instanceof Date) return { $date: walk(value.getTime(), path) };
  if (value instanceof RegExp) return { $regexp: [value.source, value.flags] };
  if (value instanceof Map) {
    return { $map: Array.from(value, ([key, item]) => [walk(key, `${path} key`), walk(item, `${path} value`)]) };
  }
  if (value instanceof Set) return { $set: Array.from(value, (item) => walk(item, `${path} member`)) };
  if (value instanceof Xml) return { $xml: value.xml };
  return fields(Object.entries(value), path, walk);
};

const primitive = (value: unknown, path: string): Data => {
  switch (typeof value) {
    case 'boolean':
    case 'string':
      return value;
    case 'number':
      return number(value);
    case 'bigint':
      return { $bigint: String(value) };
    case 'undefined':
      return { $undefined: 1 };
    default:
      throw new TypeError(`${path} is a ${typeof value}: it cannot be data`);
  }
};

/** Throws TypeError with the path for functions and symbols. `undefined` itself stays undefined. */
export const toData = (value: unknown): Data | undefined => {
  if (value === undefined) return undefined;
  const met = new Map<object, number>();
  const walk: Walk = (value, path) => {
    if (value === null) return null;
    if (typeof value !== 'object') return primitive(value, path);
    const known = met.get(value);
    if (known !== undefined) return { $ref: known };
    met.set(value, met.size);
    return object(value, path, walk);
  };
  return walk(value, 'value');
};

/** The tag of a tagged object: its only key, with one `$`. */
export const tagOf = (data: Readonly<Record<string, Data>>): string | undefined => {
  const [key, more] = Object.keys(data);
  return key !== undefined && more === undefined && /^\$(?!\$)/.test(key) ? key : undefined;
};

const untagged = (data: Data | undefined): never => {
  throw new TypeError(`not what a tag of data holds: ${JSON.stringify(data)}`);
};
const list = (data: Data): readonly Data[] => (Array.isArray(data) ? (data as readonly Data[]) : untagged(data));
const text = (data: Data | undefined): string => (typeof data === 'string' ? data : untagged(data));

interface Reading {
  readonly met: unknown[];
  read(data: Data): unknown;
}

const note = <T>({ met }: Reading, value: T): T => {
  met.push(value);
  return value;
};

/** Each reader notes its object before it reads what is inside: cycles need it (1). */
const readers: Readonly<Record<string, (data: Data, reading: Reading) => unknown>> = {
  $undefined: () => undefined,
  $number: (data) => Number(data),
  $bigint: (data) => BigInt(text(data)),
  $date: (data, reading) => note(reading, new Date(Number(reading.read(data)))),
  $regexp: (data, reading) => note(reading, new RegExp(text(list(data)[0]), text(list(data)[1]))),
  $xml: (data, reading) => note(reading, new Xml(text(data))),
  $ref: (data, { met }) => met[Number(data)],
  $map(data, reading) {
    const map = note(reading, new Map<unknown, unknown>());
    for (const entry of list(data)) {
      const [key = null, value = null] = list(entry);
      map.set(reading.read(key), reading.read(value));
    }
    return map;
  },
  $set(data, reading) {
    const set = note(reading, new Set<unknown>());
    for (const item of list(data)) set.add(reading.read(item));
    return set;
  },
};

const plain = (data: Readonly<Record<string, Data>>, reading: Reading): Record<string, unknown> => {
  const object = note(reading, {});
  for (const [key, value] of Object.entries(data))
    put(object, key.startsWith('$') ? key.slice(1) : key, reading.read(value));
  return object;
};

/** Throws TypeError for a tag that `event.ts` does not know. */
export const fromData = (data: Data | undefined): unknown => {
  const read = (data: Data): unknown => {
    if (typeof data !== 'object' || data === null) return data;
    if (Array.isArray(data)) {
      const array = note(reading, [] as unknown[]);
      for (const item of data as readonly Data[]) array.push(read(item));
      return array;
    }
    const fields = data as Readonly<Record<string, Data>>;
    const tag = tagOf(fields);
    if (tag === undefined) return plain(fields, reading);
    const reader = Object.hasOwn(readers, tag) ? readers[tag] : undefined;
    if (!reader) throw new TypeError(`unknown tag ${tag} in data`);
    return reader(fields[tag] ?? null, reading);
  };
  const reading: Reading = { met: [], read };
  return data === undefined ? undefined : read(data);
};
