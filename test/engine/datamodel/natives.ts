/**
 * Sources whose work is done by natives, which no interrupt ends: over and over on much data, or once on as much as there can be.
 * `attack.test.ts` runs them on the isolated kernel, `test/server/attack.test.ts` at the server, where they may not take long.
 */
const text = '"x".repeat(1e6)';
const ones = 'Array(1e6).fill(1)';

export const natives: Readonly<Record<string, string>> = {
  'keys of a long list': `var o = ${ones}; for (;;) Object.keys(o)`,
  'keys of many': 'var o = {}; for (var i = 0; i < 50000; i++) o["k" + i] = 1; for (;;) Object.keys(o)',
  'values of a long list': `var o = ${ones}; for (;;) Object.values(o)`,
  'entries of a long list': `var o = ${ones}; for (;;) Object.entries(o)`,
  'entries of a text': `Object.entries(${text})`,
  'entries of a text in an object': `Object.entries(new String(${text}))`,
  'names of a long list': `var o = ${ones}; for (;;) Object.getOwnPropertyNames(o)`,
  'descriptors of a text': `Object.getOwnPropertyDescriptors(${text})`,
  'all keys of a long list': `var o = ${ones}; for (;;) Reflect.ownKeys(o)`,
  'copies of a text as an object': `for (;;) Object.assign({}, ${text})`,
  'frozen lists': `for (;;) Object.freeze(${ones})`,
  'objects of entries': 'var o = Array(90000).fill(["a", 1]); for (;;) Object.fromEntries(o)',
  'for-in of a long list': `var o = ${ones}; for (;;) { for (var k in o) break; }`,
  'an object spread': `var o = ${ones}; for (;;) ({ ...o })`,
  'a text spread': `for (;;) [...${text}]`,
  'a list spread': `var o = ${ones}; for (;;) [...o]`,
  'a map spread': 'var o = new Map(); for (var i = 0; i < 50000; i++) o.set(i, i); for (;;) [...o]',
  'a set of a set': 'var o = new Set(); for (var i = 0; i < 50000; i++) o.add(i); for (;;) new Set(o)',
  'a text in characters': `for (;;) ${text}.split("")`,
  'all matches': `for (;;) ${text}.match(/x/g)`,
  'all replaced': `for (;;) ${text}.replaceAll("x", "y")`,
  'a text as JSON': `var s = ${text}.slice(0, 5e5); for (;;) JSON.stringify(s)`,
  'a text of escapes as JSON': 'var s = "\\u0001".repeat(5e5); for (;;) JSON.stringify(s)',
  'lists from JSON': 'var s = "[" + "{},".repeat(3e5) + "1]"; for (;;) JSON.parse(s)',
  'long texts that are compared': `var s = ${text}; s += s; var t = ${text}; t += t; for (;;) n = s === t`,
  'long texts that are keys': `var s = ${text}; s += s; var m = {}; for (;;) n = m[s + "a"]`,
  'regular expressions of a long text': 'var s = "a".repeat(1e6); for (;;) new RegExp(s)',
  'regular expressions of many ranges': 'var s = "[" + "a-b".repeat(30000) + "]"; for (;;) new RegExp(s)',
  'searches for a long pattern': `var s = ${text}; for (;;) "x".match(s)`,
  'numbers as text': 'var o = Array(90000).fill(1.1); for (;;) o.join()',
  'composed characters': 'var s = "\\u0344".repeat(90000); for (;;) s.normalize("NFD")',
  'texts in their order': 'var s = "\\u0344".repeat(90000), t = s + "a"; for (;;) s.localeCompare(t)',
  'special capitals': 'var s = "\\u0149".repeat(1e6); for (;;) s.toUpperCase()',
  'a copied list': `var o = ${ones}; for (;;) n = o.slice()`,
  'a sorted list': `var o = ${ones}; for (;;) o.sort()`,
};
