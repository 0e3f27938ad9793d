/**
 * Guest text, part 3: guest values <-> tagged data (see event.ts; the host's side is `datamodel/data.ts`). Beyond the host's tags
 * a saved session has `$function` (a top-level function of a script) and `$node` (an element inside an XML document), and data
 * that comes from the host has the parsed tree beside the text of each `$xml`.
 *
 * 1. Encoding never calls a method that a source could have put there; getters it does read, on the session's fuel.
 * 2. Objects are numbered from 0 in the order they are met, parents first.
 * 3. What is too long to be saved is noticed on the way: writing a text is native work, which nothing interrupts.
 */
export const codecText = String.raw`
const put = (object, key, value) =>
  defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
/** For plain objects: defining costs ten times as much, and is for names that all objects have. */
const add = (object, key, value) => { if (key in object) put(object, key, value); else object[key] = value; };
const { getTime } = Date.prototype;
const regexpText = [getOwnPropertyDescriptor(RegExp.prototype, 'source').get, getOwnPropertyDescriptor(RegExp.prototype, 'flags').get];
const { forEach: eachEntry } = Map.prototype;
const { forEach: eachMember } = Set.prototype;
/** An object can inherit from Date.prototype without being a date. */
const branded = (value, Class, read) => {
  if (!(value instanceof Class)) return undefined;
  try { return read(); } catch (error) { if (error instanceof TypeError) return undefined; throw error; }
};
const number = (value) => Object.is(value, -0) ? { $number: '-0' }
  : value - value === 0 ? value : { $number: String(value) };

/** In a place that must stay, what was left out is undefined. */
const orLost = (data) => data === undefined ? { $undefined: 1 } : data;
const encodeFields = (value, path, walk) => {
  const fields = {};
  if (value instanceof Error) for (const key of ['name', 'message']) add(fields, key, String(value[key]));
  for (const key of keysOf(value)) {
    if (key.length > 64) walk(key, path);
    const item = walk(value[key], path + '.' + key);
    if (item !== undefined) add(fields, key[0] === '$' ? '$' + key : key, item);
  }
  return fields;
};
const encodeArray = (value, path, walk) => {
  const items = [];
  charge(value.length);
  for (let i = 0; i < value.length; i++) items[i] = orLost(walk(value[i], path + '[' + i + ']'));
  return items;
};
const encodeSpecial = (value, path, walk) =>
  branded(value, Date, () => ({ $date: number(apply(getTime, value, [])) }))
  ?? branded(value, RegExp, () => ({ $regexp: regexpText.map((get) => String(apply(get, value, []))) }))
  ?? branded(value, Map, () => {
    const entries = [];
    apply(eachEntry, value, [(item, key) => entries.push([key, item])]);
    return { $map: entries };
  })
  ?? branded(value, Set, () => {
    const members = [];
    apply(eachMember, value, [(item) => members.push(item)]);
    return { $set: members };
  });
const encodeObject = (value, path, walk, saving) => {
  if (nodes.has(value)) return saving ? saveNode(value, path, walk) : { $xml: nodes.get(value).text() };
  if (Array.isArray(value)) return encodeArray(value, path, walk);
  const special = encodeSpecial(value, path, walk);
  if (special?.$map) {
    return { $map: special.$map.map(([key, item]) => [orLost(walk(key, path + ' key')), orLost(walk(item, path + ' value'))]) };
  }
  if (special?.$set) return { $set: special.$set.map((item) => orLost(walk(item, path + ' member'))) };
  return special ?? encodeFields(value, path, walk);
};

/** 3 */
const tooLong = lock({ __proto__: null });
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
  let left = most;
  const walk = (value, path) => {
    tick();
    switch (typeof value) {
      case 'number': return number(value);
      case 'boolean': return value;
      case 'string':
        left -= value.length > LONG && left < Infinity ? writtenLength(value, left) : value.length;
        if (left < 0) throw tooLong;
        return value;
      case 'bigint': return { $bigint: String(value) };
      case 'undefined': return { $undefined: 1 };
      case 'symbol': return other(value, path);
    }
    if (value === null) return null;
    if (met.has(value)) return { $ref: met.get(value) };
    if (typeof value === 'function') {
      const data = other(value, path);
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
