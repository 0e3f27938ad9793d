/** What a hostile source may try, by what it is after. `attack.test.ts` runs it on both kernels. */
/** Scripts that must leave `stolen` without anything of the host; most fail on the way. */
export const escapes: Readonly<Record<string, string>> = {
  'constructor of a constructor': 'stolen = ({}).constructor.constructor("return process")()',
  'constructor of a function': 'stolen = (function () {}).constructor("return globalThis")()',
  'constructor of an arrow in the prototype': 'stolen = Object.getPrototypeOf(() => 1).constructor("return this")()',
  'constructor of a generator':
    'stolen = Object.getPrototypeOf(function* () {}).constructor("yield globalThis")().next().value',
  'Reflect.construct of Function': 'stolen = Reflect.construct(Function, ["return globalThis"])()',
  'Function by name': 'stolen = Function("return this")()',
  'constructor of an error of the engine':
    'try { null.x } catch (e) { stolen = e.constructor.constructor("return process")() }',
  'constructor of In': 'stolen = In.constructor("return process")()',
  'constructor of system variables': 'stolen = _ioprocessors.scxml.constructor.constructor("return process")()',
  'this at the top': 'stolen = this',
  'this of a plain call': 'stolen = (function () { return this })()',
  'this of a table call': 'stolen = [function () { return this[0] }].map((f) => (0, f)())[0]',
  'this of a tagged template': 'function t() { return this } stolen = t``',
  'this of a sort callback': '[1, 2].sort(function () { stolen = this; return 0 })',
  'arguments at the top': 'stolen = arguments[0]',
  'arguments in an arrow': 'stolen = (() => arguments)()',
  'the caller of a function': 'stolen = (function f() { return f.caller })()',
  'globalThis by name': 'stolen = globalThis',
  'a global through a shadowed default': 'function f(a = process) { var process; return a } stolen = f()',
  'a global through a class name': 'class A { m() { return globalThis } } stolen = new A().m()',
  'require and process':
    'stolen = typeof require + typeof process === "undefinedundefined" ? undefined : 1; process.exit(3)',
  prepareStackTrace: 'Error.prepareStackTrace = (e, sites) => { stolen = sites }; new Error().stack',
  captureStackTrace: 'var o = {}; Error.captureStackTrace(o); stolen = o.stack',
  'the stack of an error': 'stolen = String(new Error("x").stack).match(/node|engine|file:/)?.[0]',
  WebAssembly: 'stolen = WebAssembly',
  SharedArrayBuffer: 'stolen = SharedArrayBuffer',
  'typed arrays': 'stolen = Uint8Array',
  promises: 'stolen = Promise',
  Proxy: 'stolen = new Proxy({}, {})',
  'code in a timer': 'setTimeout(() => 1)',
  'a species constructor':
    'class A extends Array { static get [Symbol.species]() { return Function } } stolen = new A(1).map((x) => x)("return 1")',
  'a toString that builds code': 'stolen = [].map.constructor("return process")()',
  'constructor of a class': 'stolen = (class {}).constructor("return process")()',
  'constructor of a bound function': 'stolen = (() => 1).bind().constructor("return process")()',
  'constructor of a getter':
    'stolen = Object.getOwnPropertyDescriptor(Map.prototype, "size").get.constructor("return process")()',
  'constructor of a DOM node': 'stolen = _x.nested.constructor.constructor("return process")()',
  'constructor of an iterator': 'stolen = [].values().constructor.constructor("return process")()',
  'constructor of an async function by its prototype':
    'stolen = Object.getPrototypeOf(In).constructor("return process")()',
  'constructor of an error of a deep recursion':
    'function f() { f() } try { f() } catch (e) { stolen = e.constructor.constructor("return process")() }',
  'the iterator of everything': 'stolen = Iterator.from([])',
  'a weak reference': 'stolen = new WeakRef({})',
  Atomics: 'stolen = Atomics',
  console: 'stolen = console',
  'a module of Node': 'stolen = require("fs")',
  'the dialect of shells': 'stolen = std || os',
  'the event forged by its prototype': 'stolen = Object.setPrototypeOf(_ioprocessors, { get a() { return 1 } }).a',
};

/** Documents in which a source does not even parse, or is refused by the rewriting. */
export const refused: readonly string[] = [
  'import("node:fs")',
  'eval("1")',
  '(0, eval)("1")',
  'async function f() {}',
  'async () => 1',
  'await 1',
  'with ({}) {}',
  'debugger',
  'class A { static { for (;;) ; } }',
  'for await (const x of []) ;',
  '$.secret = 1',
  '$k.n = 1e9',
  'var \\u0024k = { n: 1e9 }',
  '_event = {}',
  'In = () => true',
];

/** Scripts that try to change what another session sees; then what the other one evaluates, and its right value. */
export const tampering: readonly (readonly [what: string, script: string, expression: string, value: unknown])[] = [
  ['Array.prototype', 'Array.prototype.push = () => 99', '[].push(1)', 1],
  ['Array.prototype by index', 'Array.prototype[0] = 99', '[,][0]', undefined],
  ['Object.prototype', 'Object.prototype.polluted = 1', '({}).polluted', undefined],
  ['Object.prototype.toString', 'Object.prototype.toString = () => "x"', '({}) + ""', '[object Object]'],
  ['__proto__', '({}).__proto__.polluted = 1', '({}).polluted', undefined],
  ['__proto__ through JSON', 'Object.assign({}.__proto__, JSON.parse(\'{"polluted":1}\'))', '({}).polluted', undefined],
  [
    'the prototype of Object.prototype',
    'Object.setPrototypeOf(Object.prototype, { polluted: 1 })',
    '({}).polluted',
    undefined,
  ],
  ['Math', 'Math.max = () => 99', 'Math.max(1, 2)', 2],
  ['JSON', 'JSON.stringify = () => "x"', 'JSON.stringify(1)', '1'],
  ['Date', 'Date.now = () => 99; Date.prototype.getTime = () => 99', 'new Date().getTime()', 0],
  ['an iterator', '[].values().__proto__.next = () => ({ done: true })', '[...[1]].length', 1],
  [
    'a generator',
    'Object.getPrototypeOf(function* () {}).prototype.next = 1',
    '[...(function* () { yield 1 })()].length',
    1,
  ],
  [
    'defineProperty on a prototype',
    'Object.defineProperty(Object.prototype, "get", { value: 1 })',
    '({}).get',
    undefined,
  ],
  ['an intrinsic by name', 'Math = 1', 'typeof Math', 'object'],
  [
    'the text of the last match',
    '/s(ecret)/.exec("secret")',
    'RegExp.$1 || RegExp.lastMatch || RegExp.input',
    undefined,
  ],
  ['Symbol.hasInstance', 'Date[Symbol.hasInstance] = () => true', '({}) instanceof Date', false],
  ['a variable', 'victim = 2', 'victim', 1],
  ['a method of Object.prototype', '({}).toString.secret = 1', '({}).toString.secret', undefined],
  ['a method of Function.prototype', '(() => 1).call.secret = 1', '(() => 1).call.secret', undefined],
  ['the function In', 'In.secret = 1', 'In.secret', undefined],
  [
    'the prototype of errors of the engine',
    'function f() { f() } try { f() } catch (e) { e.__proto__.secret = 1 }',
    'new RangeError().secret',
    undefined,
  ],
  [
    'the constructor of errors of the engine',
    'function f() { f() } try { f() } catch (e) { e.constructor.secret = 1 }',
    'RangeError.secret',
    undefined,
  ],
  ['an iterator of a map', 'new Map().entries().__proto__.secret = 1', 'new Map().entries().secret', undefined],
  ['all iterators', '[].values().__proto__.__proto__.secret = 1', '[].values().secret', undefined],
  [
    'species',
    'Object.defineProperty(Array, Symbol.species, { value: Map })',
    '[1].map((x) => x) instanceof Array',
    true,
  ],
  ['the symbol registry', 'Symbol.for("k").description.secret = 1', 'Symbol.for("k").secret', undefined],
  ['a setter on a prototype', 'Object.prototype.__defineSetter__("x", () => 1)', '({ x: 2 }).x', 2],
  ['a getter on Array.prototype', 'Object.defineProperty(Array.prototype, 0, { get: () => 9 })', '[,][0]', undefined],
  ['Function.prototype.call', 'Function.prototype.call = () => 9', '(() => 1).call()', 1],
  [
    'JSON by toJSON',
    'String.prototype.toJSON = () => 9; Date.prototype.toJSON = () => 9',
    'JSON.stringify("a")',
    '"a"',
  ],
];

export const runaways: Readonly<Record<string, string>> = {
  while: 'while (true) ;',
  'while without a block': 'while (true) n++',
  'do-while': 'do {} while (true)',
  for: 'for (;;) ;',
  'for-of over an endless generator': 'for (const x of (function* () { while (true) yield 1 })()) n = x',
  'for-in that grows': 'var o = { a: 1 }; for (;;) for (var k in o) n++',
  'a labelled continue': 'a: while (true) { while (true) continue a }',
  'finally that goes on': 'while (true) { try { while (true) ; } finally { continue } }',
  'catch that goes on': 'for (;;) { try { for (;;) ; } catch (e) { n = e } }',
  recursion: 'function f() { return f() + 1 } f()',
  'recursion through a getter': 'var o = { get a() { return this.a } }; o.a',
  'recursion through toString': 'var o = { toString() { return "" + o } }; "" + o',
  'mutual recursion that catches': 'function f() { try { f() } catch (e) { f() } } f()',
  'an arrow that calls itself': 'var f = (x) => f(x) + f(x); f(1)',
  'a default value that calls': 'var f = (a = f()) => a; f()',
  'a callback that never ends': 'var a = [1]; a.forEach(function () { for (;;) ; })',
  'an iterator that never ends': '[...{ [Symbol.iterator]: () => ({ next: () => ({ value: 1 }) }) }]',
  'a spread of a huge array': '[...Array(1e9)]',
  'arguments of a huge array': 'Math.max(...Array(1e8))',
  'apply of a huge list': 'Math.max.apply(null, { length: 4294967294 })',
  'Reflect.apply of a huge list': 'Reflect.apply(Math.max, null, { length: 4294967294 })',
  'fill of a huge array': 'Array(1e9).fill(1)',
  'join of a huge array': 'Array(1e9) + ""',
  'natives on what has a length': 'Array.prototype.join.call({ length: 1e9 })',
  'natives on what changes its length':
    'Array.prototype.indexOf.call({ get length() { return n++ ? 1e9 : 1 } }, 1); throw new RangeError(n)',
  'a huge sparse walk': 'var a = []; a[4e8] = 1; a.forEach((x) => x)',
  'sort of a huge array': 'var a = []; a.length = 4e9; a.sort()',
  'Array.from of what has a length': 'Array.from({ length: 1e9 })',
  'concat of huge parts': '[].concat(Array(1e9))',
  'flat of what contains itself': 'var a = []; a.push(a, a); a.flat(Infinity)',
  'join of shared lists': 'var a = [1, 1]; for (var i = 0; i < 40; i++) a = [a, a]; a + ""',
  'JSON of shared lists': 'var a = [1]; for (var i = 0; i < 40; i++) a = [a, a]; JSON.stringify(a)',
  'a set of a huge array': 'new Set(Array(1e9))',
  repeat: '"x".repeat(5e8)',
  padding: '"x".padEnd(5e8)',
  'a string that doubles': 'var s = "xxxxxxxx"; for (;;) s += s',
  'String.raw': 'String.raw({ raw: { length: 1e9 } })',
  'a search at every place': '"a".repeat(1e6).indexOf("a".repeat(5e5) + "b")',
  'a search from behind': '"a".repeat(1e6).lastIndexOf("b" + "a".repeat(5e5))',
  'a split at what is nearly there': '"a".repeat(1e6).split("a".repeat(5e5) + "b")',
  'a replacement that grows': '"a".repeat(1e6).replaceAll("a", "b".repeat(1e5))',
  'a replacement by all that stands before': '"a".repeat(1e6).replace(/a/g, "$`")',
  'long texts in a list': 'Array(1e6).fill("a".repeat(1e6)).indexOf("a".repeat(999999) + "b")',
  'natives on long texts, over and over': 'var s = "x".repeat(1e6); for (;;) s.toUpperCase()',
  'encoding over and over': 'var s = "x".repeat(1e6); for (;;) encodeURIComponent(s)',
  'parsing over and over': 'var s = "[" + "1,".repeat(4e5) + "1]"; for (;;) JSON.parse(s)',
  'a big integer of a gigabit': '1n << 9999999999n',
};

/** What the trusted kernel cannot contain, and why: these run on the isolated one alone. */
export const beyondTrusted: Readonly<Record<string, { readonly script: string; readonly why: string }>> = {
  'a regular expression that tries everything': {
    script: '/^(a+)+$/.test("a".repeat(40) + "!")',
    why: 'the engine of the process does not interrupt a match',
  },
  'a match that tries every start': {
    script: '(" ".repeat(50000) + "x").replace(/\\s+$/, ""); for (;;) n++',
    why: 'the engine of the process does not interrupt a match',
  },
  'texts without end': {
    script: 'var a = []; for (;;) a.push("x".repeat(1e6) + a.length)',
    why: 'the heap is the process’s own',
  },
  'lists without end': { script: 'var a = []; for (;;) a.push([1, 2, 3, 4])', why: 'the heap is the process’s own' },
  'a map without end': {
    script: 'var m = new Map(); for (;;) m.set(m.size, { at: m.size })',
    why: 'the heap is the process’s own',
  },
  'properties without end': {
    script: 'var o = {}, i = 0; for (;;) o["k" + i++] = i',
    why: 'the heap is the process’s own',
  },
  'closures without end': {
    script: 'var f = null; for (;;) { let g = f; f = () => g }',
    why: 'the heap is the process’s own',
  },
  'one text of a gigabyte': {
    script: 'Array(1e6).fill("x".repeat(1000)).join()',
    why: 'one native call fills the heap of the process',
  },
  'a text as entries': {
    script: 'Object.entries("x".repeat(1e6)).length; for (;;) n++',
    why: 'one native call fills the heap',
  },
  'memory that is caught': {
    script: 'for (;;) try { var a = []; for (;;) a.push("x".repeat(1e6) + n++) } catch (e) {}',
    why: 'the heap is the process’s own',
  },
  'JSON nested without end': {
    script: 'JSON.parse("[".repeat(1e5) + "]".repeat(1e5))',
    why: 'the parser of the process has no depth that it refuses',
  },
  'integers that grow': {
    script: 'var x = 3n; for (;;) x *= x',
    why: 'one multiplication takes seconds, and is not interrupted',
  },
  'integers written otherwise': {
    script: 'var x = 0xFFn ** 0x15f90n; for (;;) String(x)',
    why: 'one conversion takes long, and is not interrupted',
  },
  'an integer as text': {
    script: 'var x = 7n ** 300000n; for (;;) String(x)',
    why: 'one conversion takes long, and is not interrupted',
  },
  'integers that came as data': { script: 'for (;;) big *= big', why: 'one multiplication takes seconds' },
};

export const throwing: Readonly<Record<string, string>> = {
  'an error whose message loops':
    'var e = new Error(); Object.defineProperty(e, "message", { get() { for (;;) ; } }); throw e',
  'an object whose toString throws': 'throw { toString() { throw 1 } }',
  'an object whose toString loops': 'throw { toString() { for (;;) ; } }',
  'an object without a prototype': 'throw Object.create(null)',
  undefined: 'throw undefined',
  'a symbol': 'throw Symbol("s")',
  'a message of a megabyte': 'throw "x".repeat(1e6)',
  "an error that looks like the host's": 'throw { name: "ExpressionError", message: "x" }',
};

export const results: Readonly<Record<string, string>> = {
  'a getter that loops': 'var v = { get a() { for (;;) ; } }',
  'a getter that throws': 'var v = { get a() { throw 1 } }',
  'nesting without end': 'var v = []; for (var i = 0; i < 20000; i++) v = [v]',
  'an array of a billion': 'var v = []; v.length = 1e9',
  'a false date': 'var v = Object.create(Date.prototype); v.f = () => 1',
};
