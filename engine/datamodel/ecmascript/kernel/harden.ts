/**
 * Guest text, part 2: the intrinsics that sources may use, guarded, and the realm behind them emptied and frozen.
 *
 * 1. Nothing of the realm can be changed by a source, so sessions do not meet in it.
 * 2. No source reaches a compiler: Function and its kin cannot be called.
 * 3. Date and Math.random answer from the meter alone.
 * 4. A source may give its own object a property that its frozen prototype has: Object.prototype and the like hold accessors
 *    whose setter defines it.
 * 5. Nothing newer than ES2023: a document means the same on every engine, and iterator helpers are natives that nobody guards.
 * 6. A search compares at every place: what it may cost is the product of both lengths.
 */
export const hardenText = String.raw`
const { apply, construct, defineProperty, getOwnPropertyDescriptor, getPrototypeOf, ownKeys } = Reflect;
const method = (holder, key, value) => defineProperty(holder, key, { value, writable: true, configurable: true });
/** The kernel's own, which cost a session nothing: it answers also when the fuel is used up. */
const parseJson = JSON.parse;
const { keys: keysOf, freeze: lock, isFrozen: isLocked } = Object;
const [{ includes: nativeIncludes, slice: nativeSlice }, { exec: nativeExec }] = [String.prototype, RegExp.prototype];
const holds = (text, part) => apply(nativeIncludes, text, [part]);
const cut = (text, from, to) => apply(nativeSlice, text, [from, to]);
const guard = (holder, names, cost) => {
  for (const name of names) {
    const native = holder[name];
    if (typeof native !== 'function') continue;
    method(holder, name, { [name](...args) { cost(this, args); return checked(apply(native, this, args)); } }[name]);
  }
};

/** A length getter could answer differently the second time: what only looks like an array is copied, and never changed. */
const copyOf = (items) => {
  const { length } = items;
  charge(length);
  const copy = [];
  for (let i = 0; i < length && i < MOST; i++) { tick(); copy[i] = items[i]; }
  return copy;
};
const arrayOnly = (self) => {
  if (!Array.isArray(self)) throw new TypeError('this is no array');
  charge(self.length);
};
/** For natives that make or look up something for each element. */
const costly = (length) => charge(length * COSTLY);
const changing = ['fill', 'sort', 'reverse', 'shift', 'unshift', 'splice', 'copyWithin'];
const cheap = ['constructor', 'length', 'push', 'pop', 'at', 'keys', 'values', 'entries', 'concat', 'flat'];
const writing = ['join', 'toString', 'toLocaleString'];
guard(Array.prototype, changing, arrayOnly);
guard(Array.prototype, writing, (self) => { if (Array.isArray(self)) costly(self.length); });
for (const name of ownKeys(Array.prototype)) {
  const native = Array.prototype[name];
  if (typeof name !== 'string' || changing.includes(name) || cheap.includes(name)) continue;
  method(Array.prototype, name, { [name](...args) {
    if (Array.isArray(this)) charge(this.length);
    return apply(native, Array.isArray(this) ? this : copyOf(this), args);
  } }[name]);
}
method(Array.prototype, 'concat', { concat(...args) {
  const all = [];
  for (const part of [this, ...args]) {
    if (!Array.isArray(part)) { tick(); all.push(part); continue; }
    charge(part.length);
    for (let i = 0; i < part.length; i++) { if (i in part) all[all.length] = part[i]; else all.length++; }
  }
  return all;
} }.concat);
const flatten = (from, depth, into) => {
  charge(from.length);
  for (let i = 0; i < from.length; i++) {
    if (!(i in from)) continue;
    tick();
    const item = from[i];
    if (depth >= 1 && Array.isArray(item)) flatten(item, depth - 1, into); else into.push(item);
  }
  return into;
};
method(Array.prototype, 'flat', { flat(depth = 1) { arrayOnly(this); return flatten(this, +depth, []); } }.flat);
const arrayFrom = Array.from;
method(Array, 'from', { from(items, map, self) {
  if (map !== undefined && typeof map !== 'function') throw new TypeError('the second argument is no function');
  return apply(arrayFrom, this, [items, (item, index) => { tick(); return map ? apply(map, self, [item, index]) : item; }]);
} }.from);

const text = (self) => { if (typeof self === 'string') charge(self.length); };
guard(String.prototype, [
  'match', 'matchAll', 'search', 'toUpperCase', 'toLowerCase', 'toLocaleUpperCase', 'toLocaleLowerCase',
  'concat', 'slice', 'substring', 'substr', 'trim', 'trimStart', 'trimEnd', 'isWellFormed', 'toWellFormed',
], text);
guard(String.prototype, ['match', 'matchAll', 'search'], (self, [pattern]) => { if (typeof pattern === 'string') costly(pattern.length); });
/** Both compose characters. */
guard(String.prototype, ['normalize', 'localeCompare'], (self, [other]) => {
  for (const each of [self, other]) if (typeof each === 'string') costly(each.length);
});
/** 6 */
const compare = (places, length) => {
  if (places * length > MOST * 100) throw new RangeError('a search of ' + length + ' characters at ' + places + ' places');
  $k.n -= (places * length) >>> 8;
  tick();
};
/** It can come once for each place, and in it what stands before or after the place. ECMA-262 22.1.3.19.1 */
const replacement = (whole, given) => {
  if (typeof given === 'function') return given;
  const written = String(given);
  compare(whole.length, written.length * (holds(written, '$' + '\x60') || holds(written, "$'") ? whole.length : 1));
  return written;
};
const searching = (name, symbol) => {
  const native = String.prototype[name];
  method(String.prototype, name, { [name](wanted, more) {
    if (this === undefined || this === null) throw new TypeError(name + ' needs a string');
    if (name === 'replaceAll' && wanted instanceof RegExp && !holds(wanted.flags, 'g')) throw new TypeError('replaceAll needs the flag g');
    const whole = String(this);
    const last = symbol === Symbol.replace ? replacement(whole, more) : more;
    const own = symbol === undefined || wanted === undefined || wanted === null ? undefined : wanted[symbol];
    charge(whole.length);
    if (own !== undefined && own !== null) return checked(apply(own, wanted, [whole, last]));
    const part = String(wanted);
    compare(whole.length, part.length);
    return checked(apply(native, whole, [part, last]));
  } }[name]);
};
for (const name of ['indexOf', 'lastIndexOf', 'includes']) searching(name);
searching('split', Symbol.split);
for (const name of ['replace', 'replaceAll']) searching(name, Symbol.replace);
for (const name of ['indexOf', 'lastIndexOf', 'includes']) {
  guard(Array.prototype, [name], (self, [wanted]) => { if (typeof wanted === 'string') compare(self.length, wanted.length); });
}
const byText = (a, b) => {
  const x = String(a);
  const y = String(b);
  charge(Math.min(x.length, y.length));
  return x < y ? -1 : x > y ? 1 : 0;
};
const { sort } = Array.prototype;
method(Array.prototype, 'sort', { sort(order = byText) { return apply(sort, this, [order]); } }.sort);
guard(String.prototype, ['repeat'], (self, [count]) => charge(typeof self === 'string' ? self.length * (+count || 0) : Infinity));
guard(String.prototype, ['padStart', 'padEnd'], (self, [length]) => charge(+length || 0));
guard(String, ['raw'], (self, [parts]) => arrayOnly(parts.raw));
const readers = ['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'escape', 'unescape', 'parseInt', 'parseFloat'];
guard(globalThis, readers, (self, [read]) => text(read));
guard(JSON, ['parse'], (self, [read]) => text(read));
/** Texts that these put together, without end. */
guard(RegExp.prototype, [Symbol.replace], (self, [read]) => text(read));
guard(Error.prototype, ['toString'], tick);
guard(Function.prototype, ['toString'], tick);
/** One by one, so that the host looks in between. */
const numbers = (args) => {
  for (let i = 0; i < args.length; i++) if (typeof args[i] === 'string') { charge(args[i].length); args[i] = +args[i]; }
};
guard(Math, ['max', 'min', 'hypot'], (self, args) => numbers(args));
const counted = (value) => { if (typeof value === 'string') charge(value.length); return value; };
for (const name of ownKeys(Math)) {
  const native = Math[name];
  if (typeof native === 'function' && !['max', 'min', 'hypot'].includes(name)) method(Math, name, { [name](a, b) { return native(counted(a), counted(b)); } }[name]);
}
guard(String, ['fromCharCode', 'fromCodePoint'], (self, args) => numbers(args));
guard(globalThis, ['isNaN', 'isFinite'], (self, args) => numbers(args));
const list = (args) => args === undefined || args === null ? [] : copyOf(args);
method(Function.prototype, 'apply', { apply(self, args) { return apply(this, self, list(args)); } }.apply);
method(Reflect, 'apply', { apply(callee, self, args) { return apply(callee, self, list(args)); } }.apply);
method(Reflect, 'construct', { construct(Class, args, target = Class) { return construct(Class, list(args), target); } }.construct);

/** A native stringifier does not count; a replacer is called for each value. */
const stringify = JSON.stringify;
method(JSON, 'stringify', { stringify(value, replacer, space) {
  const chosen = Array.isArray(replacer) ? new Set(replacer.map(String)) : undefined;
  return checked(stringify(value, function (key, item) {
    if (typeof item === 'string') charge(item.length * 3); else tick();
    if (typeof replacer === 'function') return apply(replacer, this, [key, item]);
    return !chosen || key === '' || Array.isArray(this) || chosen.has(key) ? item : undefined;
  }, space));
} }.stringify);

/** Properties are counted where nothing else says how many there are. */
const propertiesOf = (value) => {
  if (typeof value === 'string' || Array.isArray(value)) costly(value.length);
  else if (typeof value === 'object' && value !== null) {
    if (value instanceof String) costly(getOwnPropertyDescriptor(value, 'length')?.value);
    costly(ownKeys(value).length);
  }
};
const walking = [
  'keys', 'values', 'entries', 'fromEntries', 'getOwnPropertyNames', 'getOwnPropertySymbols', 'getOwnPropertyDescriptors',
  'freeze', 'seal', 'isFrozen', 'isSealed', 'assign', 'defineProperties',
];
guard(Object, walking, (self, args) => { for (const value of args) propertiesOf(value); });
guard(Object, ['create'], (self, [, fields]) => propertiesOf(fields));
guard(Reflect, ['ownKeys'], (self, [value]) => propertiesOf(value));

const sizes = [Map, Set].map((Native) => [Native, getOwnPropertyDescriptor(Native.prototype, 'size').get]);
/** What a spread may walk: its length is known and bounded. */
$k.s = (value) => {
  if (Array.isArray(value) || typeof value === 'string') charge(value.length * 2);
  else for (const [Native, size] of sizes) if (value instanceof Native) costly(apply(size, value, []));
  return value;
};
const collection = (Native) => {
  const Guarded = { [Native.name]: function (items) {
    if (!new.target) throw new TypeError(Native.name + ' needs new');
    return construct(Native, items === undefined ? [] : [$k.s(items)], new.target);
  } }[Native.name];
  return replaceConstructor(Native, Guarded);
};
const NativeRegExp = RegExp;
const replaceConstructor = (Native, Guarded) => {
  defineProperty(Guarded, 'prototype', { value: Native.prototype, writable: false });
  method(Native.prototype, 'constructor', Guarded);
  return Guarded;
};
/** Its text is compiled. */
const GuardedRegExp = replaceConstructor(RegExp, function RegExp(pattern, flags) {
  const regexp = pattern instanceof GuardedRegExp;
  if (!new.target && regexp && flags === undefined) return pattern;
  const read = regexp || pattern === undefined ? pattern : String(pattern);
  costly(regexp ? String(read.source).length : read === undefined ? 0 : read.length);
  return construct(NativeRegExp, [read, flags], new.target ?? NativeRegExp);
});
defineProperty(GuardedRegExp, Symbol.species, getOwnPropertyDescriptor(NativeRegExp, Symbol.species));
const NativeDate = Date;
const ClockDate = replaceConstructor(NativeDate, function Date(...args) {
  if (!new.target) return new NativeDate($k.now).toString();
  return construct(NativeDate, args.length === 0 ? [$k.now] : args, new.target);
});
for (const name of ['parse', 'UTC']) method(ClockDate, name, NativeDate[name]);
method(ClockDate, 'now', { now: () => $k.now }.now);
method(Math, 'random', { random: () => random() }.random);

const noCompiler = replaceConstructor(Function, function Function() { throw new TypeError('code from strings is not available'); });
for (const kin of [function* () {}, async function () {}, async function* () {}]) delete getPrototypeOf(kin).constructor;
for (const name of ownKeys(RegExp)) if (!['length', 'name', 'prototype', Symbol.species].includes(name)) delete RegExp[name];
delete RegExp.prototype.compile;
delete Error.stackTraceLimit;
delete Error.captureStackTrace;
/** 5 */
const later = [
  [Object, ['groupBy']], [Array, ['fromAsync']], [Map, ['groupBy']], [Map.prototype, ['getOrInsert', 'getOrInsertComputed']],
  [Set.prototype, ['union', 'intersection', 'difference', 'symmetricDifference', 'isSubsetOf', 'isSupersetOf', 'isDisjointFrom']],
  [Math, ['sumPrecise', 'f16round']], [RegExp, ['escape']], [Error, ['isError']], [JSON, ['rawJSON', 'isRawJSON']],
];
for (const [holder, names] of later) for (const name of names) delete holder[name];
const iterators = getPrototypeOf(getPrototypeOf([].values()));
for (const key of ownKeys(iterators)) if (key !== Symbol.iterator) delete iterators[key];

const allowed = {
  __proto__: null, Object, Array, String, Number, Boolean, Symbol, BigInt, Math, JSON, RegExp: GuardedRegExp, Reflect,
  Date: ClockDate, Function: noCompiler, Map: collection(Map), Set: collection(Set),
  Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError,
  parseInt, parseFloat, isNaN, isFinite, encodeURI, encodeURIComponent, decodeURI, decodeURIComponent, escape, unescape,
  undefined, NaN, Infinity,
};

/** Part 7. */
method(Object.prototype, 'toSource', { toSource() { return sourceOf(this); } }.toSource);

/** What becomes the answer of an accessor, and is frozen all the same. */
const answered = [];
/** 4 */
const overridable = (prototype) => {
  for (const key of ownKeys(prototype)) {
    const { value, writable, configurable } = getOwnPropertyDescriptor(prototype, key);
    if (!writable || !configurable) continue;
    answered.push(value);
    defineProperty(prototype, key, {
      get: () => value,
      set(own) {
        if (this === prototype) throw new TypeError('this object is shared and cannot be changed');
        const defined = defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true });
        if (!defined) throw new TypeError('this object cannot be changed');
      },
      configurable: false,
    });
  }
};
const ownErrors = typeof InternalError === 'undefined' ? [] : [InternalError];
const errors = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, ...ownErrors];
for (const { prototype } of [Object, Function, ...errors]) overridable(prototype);

const frozen = new Set();
const freeze = (value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || frozen.has(value)) return;
  frozen.add(value);
  Object.freeze(value);
  freeze(getPrototypeOf(value));
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key);
    freeze(property.value); freeze(property.get); freeze(property.set);
  }
};
const hidden = [
  [].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](), 'a'.matchAll(/a/g), function* () {}, (function* () {})(),
  async function () {}, async function* () {}, getPrototypeOf(async function* () {}).prototype,
];
for (const value of [...Object.values(allowed), ...hidden, ...errors, ...answered, NativeDate, NativeRegExp]) freeze(value);

/** A name that no session variable and no intrinsic has. */
const unknown = new Proxy(Object.freeze({ __proto__: null }), {
  has: () => false,
  get(target, name) { throw new ReferenceError(String(name) + ' is not defined'); },
  set(target, name) { throw new ReferenceError(String(name) + ' is not declared'); },
});
const G = Object.freeze(Object.create(unknown, Object.getOwnPropertyDescriptors(allowed)));
`;
