/** What a hostile source may try on the trusted kernel. Each attack runs in one session; a second one must notice nothing. */
import { expect } from 'chai';
import { ecmascript } from '../../../engine/datamodel/ecmascript/index.js';
import { failureOf, Guest, parseXml } from './guest.js';

/** Scripts that must leave `stolen` without anything of the host; most fail on the way. */
const escapes: Readonly<Record<string, string>> = {
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
  'the stack of an error':
    'stolen = new Error("x").stack === undefined ? undefined : new Error("x").stack.match(/at /)[0]',
  WebAssembly: 'stolen = WebAssembly',
  SharedArrayBuffer: 'stolen = SharedArrayBuffer',
  'typed arrays': 'stolen = Uint8Array',
  promises: 'stolen = Promise',
  Proxy: 'stolen = new Proxy({}, {})',
  'code in a timer': 'setTimeout(() => 1)',
  'a species constructor':
    'class A extends Array { static get [Symbol.species]() { return Function } } stolen = new A(1).map((x) => x)("return 1")',
  'a toString that builds code': 'stolen = [].map.constructor("return process")()',
};

/** Scripts that try to change what another session sees; then what the other one evaluates, and its right value. */
const tampering: readonly (readonly [what: string, script: string, expression: string, value: unknown])[] = [
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
];

const runaways: Readonly<Record<string, string>> = {
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
};

const throwing: Readonly<Record<string, string>> = {
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

const exports_: Readonly<Record<string, string>> = {
  'a getter that loops': 'var v = { get a() { for (;;) ; } }',
  'a getter that throws': 'var v = { get a() { throw 1 } }',
  'nesting without end': 'var v = []; for (var i = 0; i < 100000; i++) v = [v]',
  'an array of a billion': 'var v = []; v.length = 1e9',
  'a false date': 'var v = Object.create(Date.prototype); v.f = () => 1',
};

const refusedWork = (script: string): string => {
  // Less than the usual fuel: what stops, stops sooner.
  const guest = new Guest({ scripts: [script] }, ecmascript({ parseXml, fuel: 100_000 }));
  guest.scope.defineData('n', 0);
  return failureOf(() => guest.run(script));
};

describe('the trusted kernel', () => {
  describe('keeps the host out of reach', () => {
    for (const [what, script] of Object.entries(escapes)) {
      it(what, () => {
        const guest = new Guest({ scripts: [script], values: ['typeof stolen'] });
        guest.scope.declare('stolen');
        try {
          guest.run(script);
        } catch (error) {
          expect(error).to.have.property('name', 'ExpressionError');
        }
        expect(guest.value('typeof stolen')).to.equal('undefined');
      });
    }
  });

  describe('keeps sessions apart', () => {
    for (const [what, script, expression, value] of tampering) {
      it(what, () => {
        const victim = new Guest({ scripts: ['var victim = 1'], values: [expression] });
        victim.run('var victim = 1');
        const attacker = new Guest({ scripts: [script] });
        try {
          attacker.run(script);
        } catch (error) {
          expect(error).to.have.property('name', 'ExpressionError');
        }
        expect(victim.value(expression)).to.deep.equal(value);
        expect(({} as { polluted?: unknown }).polluted).to.equal(undefined);
      });
    }
  });

  describe('stops', () => {
    for (const [what, script] of Object.entries(runaways)) {
      it(what, () => {
        expect(refusedWork(script)).to.match(/fuel|RangeError|TypeError/);
      }).timeout(3000);
    }

    it('and the next step has all its fuel again', () => {
      const loop = 'for (var i = 0; i < 900000; i++) ;';
      const guest = new Guest({ scripts: [loop], values: ['i'] });
      guest.run(loop);
      expect(failureOf(() => guest.run(loop))).to.match(/fuel/);
      guest.scope.begin(1);
      guest.run(loop);
      expect(guest.value('i')).to.equal(900000);
    });

    it('and one session does not spend the fuel of another', () => {
      const loop = 'for (var i = 0; i < 600000; i++) ;';
      const guest = new Guest({ scripts: [loop] });
      const other = new Guest({ scripts: [loop] });
      guest.run(loop);
      other.run(loop);
      expect(failureOf(() => guest.run(loop))).to.match(/fuel/);
    });
  });

  describe('survives the throw of', () => {
    for (const [what, script] of Object.entries(throwing)) {
      it(what, () => {
        expect(refusedWork(script)).to.be.a('string').with.length.below(1001);
      });
    }
  });

  describe('survives as a result and in a save', () => {
    for (const [what, script] of Object.entries(exports_)) {
      it(what, () => {
        const guest = new Guest({ scripts: [script], values: ['v', '1'] });
        guest.run(script);
        expect(failureOf(() => guest.value('v'))).to.be.a('string');
        try {
          guest.scope.save();
        } catch (error) {
          expect(error).to.have.property('name', 'ExpressionError');
        }
        guest.scope.begin(1);
        expect(guest.value('1')).to.equal(1);
      });
    }
  });
});
