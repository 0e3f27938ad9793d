/**
 * Guest text, part 3: guest values <-> tagged data (see event.ts; the host's side is `datamodel/data.ts`). Beyond the host's tags
 * a saved session has `$function` (a top-level function of a script) and `$node` (an element inside an XML document), and data
 * that comes from the host has the parsed tree beside the text of each `$xml`.
 *
 * 1. Encoding never calls a method that a source could have put there; getters it does read, on the session's fuel.
 * 2. Objects are numbered from 0 in the order they are met, parents first.
 * 3. What is too long to be saved is noticed on the way: writing a text is native work, which nothing interrupts.
 * 4. Each value counts for some characters, so that the time of a save is bounded too; a list, map or set
 *    that must be too long by its size alone is not walked.
 * 5. Calls and texts are what a walk over large data spends its time on: simple values take none, and the path to a value is a
 *    list ([the path before, what follows]) until it is told.
 */
export const codecText = String.raw`
const put = (object, key, value) =>
  defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
/** For plain objects: defining costs ten times as much, and is for names that all objects have. */
const add = (object, key, value) => { if (key in object) put(object, key, value); else object[key] = value; };
const { getTime } = Date.prototype;
const regexpText = [getOwnPropertyDescriptor(RegExp.prototype, 'source').get, getOwnPropertyDescriptor(RegExp.prototype, 'flags').get];
const { get: mapSize } = getOwnPropertyDescriptor(Map.prototype, 'size');
const { get: setSize } = getOwnPropertyDescriptor(Set.prototype, 'size');
const { forEach: eachEntry } = Map.prototype;
const { forEach: eachMember } = Set.prototype;
/** An object can inherit from Date.prototype without being a date. */
const branded = (read) => {
  try { return read(); } catch (error) { if (error instanceof TypeError) return undefined; throw error; }
};
const number = (value) => value - value !== 0 ? { $number: String(value) }
  : value === 0 && 1 / value < 0 ? { $number: '-0' } : value;
/** 5 */
const told = (path) => typeof path === 'string' ? path : told(path[0]) + path[1];

/** 3 */
const tooLong = lock({ __proto__: null });
/** 4 */
const LEAST = 16;
/** Characters that what is being encoded may still have. */
let left = Infinity;
const spend = (length) => {
  if ((left -= length) < 0) throw tooLong;
  if (--$k.n < 0) $k.t();
};
/** 4. So many values come. */
const expect = (count) => { if (count * LEAST > left) throw tooLong; };

/** In a place that must stay, what was left out is undefined. */
const orLost = (data) => data === undefined ? { $undefined: 1 } : data;
const encodeFields = (value, path, walk) => {
  const fields = { __proto__: null };
  if (value instanceof Error) for (const key of ['name', 'message']) fields[key] = String(value[key]);
  for (const key of keysOf(value)) {
    spend(LEAST + key.length);
    const own = value[key];
    const item = typeof own === 'number' && own > 0 && own < Infinity ? own : walk(own, [path, '.' + key]);
    if (item !== undefined) fields[key[0] === '$' ? '$' + key : key] = item;
  }
  return fields;
};
const encodeArray = (value, path, walk) => {
  const items = [];
  charge(value.length);
  expect(value.length);
  for (let i = 0; i < value.length; i++) {
    spend(LEAST);
    const item = value[i];
    // 5. Zeros may have a sign.
    items[i] = typeof item === 'number' && item > 0 && item < Infinity ? item : orLost(walk(item, [path, '[' + i + ']']));
  }
  return items;
};
const membersOf = (value, size, values, each) => {
  expect(apply(size, value, []) * values);
  const members = [];
  apply(each, value, [(item, key) => members.push([key, item])]);
  return members;
};
const encodeMap = (members, path, walk) => ({
  $map: members.map(([key, item]) => [orLost(walk(key, [path, ' key'])), orLost(walk(item, [path, ' value']))]),
});
const encodeSet = (members, path, walk) => ({ $set: members.map(([item]) => orLost(walk(item, [path, ' member']))) });
const encodeSpecial = (value, path, walk) => {
  if (value instanceof Date) return branded(() => ({ $date: number(apply(getTime, value, [])) }));
  if (value instanceof RegExp) return branded(() => ({ $regexp: regexpText.map((get) => String(apply(get, value, []))) }));
  if (value instanceof Map) {
    const members = branded(() => membersOf(value, mapSize, 2, eachEntry));
    return members && encodeMap(members, path, walk);
  }
  if (value instanceof Set) {
    const members = branded(() => membersOf(value, setSize, 1, eachMember));
    return members && encodeSet(members, path, walk);
  }
};
const encodeObject = (value, path, walk, saving) => {
  if (nodes.has(value)) return saving ? saveNode(value, path, walk) : { $xml: nodes.get(value).text() };
  if (Array.isArray(value)) return encodeArray(value, path, walk);
  return encodeSpecial(value, path, walk) ?? encodeFields(value, path, walk);
};

const LONG = 10000;
/** In JSON, where a character can take six; no further than is allowed. */
const writtenLength = (text, most) => {
  let length = 0;
  for (let at = 0; at < text.length && length <= most; at += LONG) length += stringify(cut(text, at, at + LONG)).length - 2;
  return length;
};
/** What has no data form goes to other(value, path), which throws or answers undefined to leave it out. */
const encoder = (other, saving, most = Infinity) => {
  const met = new Map();
  left = most;
  const walk = (value, path) => {
    spend(LEAST);
    switch (typeof value) {
      case 'number': return number(value);
      case 'boolean': return value;
      case 'string':
        spend(value.length > LONG && left < Infinity ? writtenLength(value, left) : value.length);
        return value;
      case 'bigint': return { $bigint: String(value) };
      case 'undefined': return { $undefined: 1 };
      case 'symbol': return other(value, told(path));
    }
    if (value === null) return null;
    if (met.has(value)) return { $ref: met.get(value) };
    if (typeof value === 'function') {
      const data = other(value, told(path));
      if (data !== undefined) met.set(value, met.size);
      return data;
    }
    met.set(value, met.size);
    return encodeObject(value, path, walk, saving);
  };
  return walk;
};

const decodeNested = (data, read, note, special) => {
  if (Array.isArray(data)) {
    const array = note([]);
    for (let i = 0; i < data.length; i++) array[i] = read(data[i]);
    return array;
  }
  const keys = keysOf(data);
  const tag = keys.length === 1 && keys[0][0] === '$' && keys[0][1] !== '$' ? keys[0] : undefined;
  if (tag !== undefined) return (special[tag] ?? decoders[tag] ?? refuseTag(tag))(data[tag], read, note);
  const object = note({});
  for (const key of keys) add(object, key[0] === '$' ? cut(key, 1) : key, read(data[key]));
  return object;
};
const refuseTag = (tag) => { throw new TypeError('unknown tag ' + tag + ' in data'); };
const decoders = {
  __proto__: null,
  $undefined: () => undefined,
  $number: Number,
  $bigint: BigInt,
  $date: (data, read, note) => note(new NativeDate(read(data))),
  $regexp: ([source, flags], read, note) => note(new RegExp(source, flags)),
  $map(data, read, note) {
    const map = note(new Map());
    for (const [key, item] of data) map.set(read(key), read(item));
    return map;
  },
  $set(data, read, note) {
    const set = note(new Set());
    for (const item of data) set.add(read(item));
    return set;
  },
  $xml: ([xml, tree], read, note) => note(documentOf(xml, tree)),
};
/** Reads any number of values that were encoded together. */
const decoder = (special) => {
  const met = [];
  const note = (value) => { met.push(value); return value; };
  const own = {
    __proto__: null,
    $ref: (index) => met[index],
    /** The node was met before its document. */
    $node([document, ...place]) {
      const at = met.push(undefined) - 1;
      met[at] = place.reduce((node, index) => node.childNodes[index], read(document));
      return met[at];
    },
    ...special,
  };
  const read = (data) => typeof data === 'object' && data !== null ? decodeNested(data, read, note, own) : data;
  return read;
};
/** Data without a tag is its own JSON. */
const parse = (json) => { beware(json.length); return holds(json, '"$') ? decoder()(parseJson(json)) : parseJson(json); };
`;
