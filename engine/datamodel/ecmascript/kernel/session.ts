/**
 * Guest text, part 5: a session's scope `$`, and all that the host may ask of it. Only numbers, strings and booleans come in;
 * what goes out is read by the host as a primitive, or handed back unopened.
 *
 * 1. `$` has the session's variables as own enumerable properties and the system variables as hidden ones (SCXML 5.10). Behind
 *    it stand the intrinsics, and behind those an object on which every miss is a ReferenceError: reading and writing alike.
 *    `_data` is another way to the same variables (ORS documents): there, one that is missing is undefined, and assigning creates it.
 * 2. Functions that a script declares at its top level know where they come from, so they can be saved by name.
 */
export const sessionText = String.raw`
/** $ -> { program, states, calls }, and the view: see part 6 */
const sessions = new WeakMap();
/** function -> [chunk, name] */
const origins = new WeakMap();

const hide = ($, name, value) => defineProperty($, name, { value, writable: true, enumerable: false, configurable: true });
const deepFreeze = (value) => {
  if (typeof value !== 'object' || value === null || isLocked(value)) return value;
  lock(value);
  for (const key of ownKeys(value)) deepFreeze(value[key]);
  return value;
};

/** 1 */
const isVariable = ($, key) => getOwnPropertyDescriptor($, key)?.enumerable === true;
const mayBe = ($, key) => typeof key === 'string' && (isVariable($, key) || !Object.hasOwn($, key));
/** The realm loses the name when it is sealed. */
const Mirror = Proxy;
const dataOf = ($) => new Mirror({}, lock({
  __proto__: null,
  has: (own, key) => isVariable($, key) || key in own,
  get: (own, key) => isVariable($, key) ? $[key] : own[key],
  set: (_, key, value) => { if (!mayBe($, key)) return false; define($, key, value); return true; },
  deleteProperty: (_, key) => !isVariable($, key) || delete $[key],
  ownKeys: () => keysOf($),
  getOwnPropertyDescriptor: (_, key) => isVariable($, key) ? getOwnPropertyDescriptor($, key) : undefined,
  defineProperty: (_, key, field) => {
    if (!('value' in field) || !mayBe($, key)) return false;
    define($, key, field.value);
    return true;
  },
  setPrototypeOf: () => false,
  preventExtensions: () => false,
}));

const open = (program, sessionid, name, ioprocessors, x) => {
  const { host } = program;
  const $ = Object.create(host ? Object.create(G) : G);
  const states = new Set();
  beware(program.longest);
  sessions.set($, { program, states, calls: '', prototypes: undefined, shown: undefined });
  hide($, '_event', undefined);
  hide($, '_sessionid', sessionid);
  hide($, '_name', name);
  hide($, '_ioprocessors', deepFreeze(parse(ioprocessors)));
  hide($, '_x', deepFreeze(parse(x)));
  hide($, '_data', dataOf($));
  hide($, 'In', lock((id) => states.has(String(id))));
  if (host) join($, host);
  return $;
};
const enter = ($, id) => { sessions.get($).states.add(id); };
const exit = ($, id) => { sessions.get($).states.delete(id); };

/** SCXML 5.10.1: the event itself cannot be changed; its data is the session's own copy. */
const bindEvent = ($, json) => {
  if (json === undefined) { $._event = undefined; return; }
  beware(json.length);
  const { name, type, sendid, origin, origintype, invokeid, data, raw } = parseJson(json);
  const own = data !== undefined && holds(json, '"$') ? decoder()(data) : data;
  $._event = lock({ name, type, sendid, origin, origintype, invokeid, data: own, raw });
};

const define = ($, id, value) => { if (Object.hasOwn($, id)) $[id] = value; else put($, id, value); };
/** A source without a text: what it answers is given. */
const always = (value) => () => value;
const declare = ($, id) => { if (!Object.hasOwn($, id)) put($, id, undefined); };

const functionsOf = ($, chunk) => {
  const source = sessions.get($).program.functions[chunk];
  if (!source) throw new TypeError('the session was saved with another version of its document');
  const made = new Map();
  source.make($).forEach((made_, index) => {
    made.set(source.names[index], made_);
    origins.set(made_, [chunk, source.names[index]]);
  });
  return made;
};
/** The start of a script: its variables exist, its functions are there. ECMA-262 16.1.7 */
$k.h = ($, chunk, names) => {
  for (const name of names) declare($, name);
  if (sessions.get($).program.functions[chunk]) functionsOf($, chunk).forEach((made, name) => { $[name] = made; });
};
/** What typeof looks at. */
$k.y = ($, name) => name in $ ? $[name] : undefined;

const refuse = (value, path) => { throw new TypeError(path + ' is a ' + typeof value + ': it cannot leave the session'); };
const encode = (value) => stringify(encoder(refuse, false)(value, 'value'));

/** Most variables are simple and short: their text is made without the help that a text of any kind needs. */
const SHORT = 100;
/** What JSON writes otherwise. */
const UNEVEN = /["\\\x00-\x1f\ud800-\udfff]/;
const simple = (value) => {
  switch (typeof value) {
    case 'number': if (!(value > 0 && value < Infinity)) return; break;
    case 'boolean': break;
    case 'undefined': spend(LEAST); return '{"$undefined":1}';
    case 'string':
      if (value.length > SHORT || apply(nativeExec, UNEVEN, [value])) return;
      spend(LEAST + value.length);
      return '"' + value + '"';
    default: return;
  }
  spend(LEAST);
  return '' + value;
};
/** All variables, one after the other with one encoder, so that what they share stays shared. */
const variables = ($, walk) => {
  let text = '';
  for (const name of keysOf($)) {
    const value = $[name];
    text += (text === '' ? '{"' : ',"') + name + '":' + (simple(value) ?? stringify(orLost(walk(value, name))));
  }
  return text === '' ? '{}' : text + '}';
};
/** 'null' when it is longer than that. */
const save = ($, most) => unheard($, () => {
  const lost = [];
  const named = (value, path) => {
    const origin = origins.get(value);
    if (origin) return { $function: origin };
    lost.push(path);
  };
  try {
    const data = variables($, encoder(named, true, most));
    const states = stringify([...sessions.get($).states]);
    const json = '{"variables":' + data + ',"states":' + states + ',"lost":' + stringify(lost) + '}';
    return json.length > most ? 'null' : json;
  } catch (thrown) {
    if (thrown === tooLong) return 'null';
    throw thrown;
  }
});
const show = ($) => unheard($, () => stringify(encoder(() => undefined, false)({ ...$ }, 'variables')));
const restore = ($, json) => {
  beware(json.length);
  const { variables, states } = parseJson(json);
  const made = new Map();
  const $function = ([chunk, name], read, note) => {
    if (!made.has(chunk)) made.set(chunk, functionsOf($, chunk));
    return note(made.get(chunk).get(name));
  };
  const read = decoder({ $function });
  for (const name of keysOf(variables)) define($, name, read(variables[name]));
  for (const id of states) enter($, id);
};

/** SCXML 4.6: the walk is over a copy. */
const copy = (array) => {
  if (!Array.isArray(array)) throw new TypeError('foreach needs an array');
  return array.slice();
};
const item = (array, index) => array[index];

/** Whatever was thrown, as text; telling must not fail. An error may run code of its own, for a while. */
const tell = (thrown) => {
  const left = $k.n + $k.held;
  refuel(TELLING);
  try {
    return cut(thrown instanceof Error ? String(thrown.name) + ': ' + String(thrown.message) : String(thrown), 0, 1000);
  } catch {
    return 'an error that cannot be shown';
  } finally {
    refuel(left);
  }
};
`;
