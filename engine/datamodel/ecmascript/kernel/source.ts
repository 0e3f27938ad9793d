/**
 * Guest text, part 7: values as text that means them again. `toSource()` writes it as Mozilla did, for objects, arrays and all
 * others; `eval` of a hosted document reads it, and JSON, and nothing that would have to run.
 *
 * 1. What contains itself is an empty object or array inside. A function is told by its name alone.
 * 2. Writing counts each value on the fuel and ends at LONGEST; reading counts each value and each character.
 */
export const sourceText = String.raw`
const plainName = /^[A-Za-z_$][\w$]*$/;
const quoted = (text) => { charge(text.length * 3); return stringify(text); };
const primitiveSource = (value) => {
  switch (typeof value) {
    case 'string': return quoted(value);
    case 'undefined': return '(void 0)';
    case 'bigint': return String(value) + 'n';
    case 'symbol': return 'Symbol()';
    default: return Object.is(value, -0) ? '-0' : String(value);
  }
};
const ownName = (value) => {
  const { value: name } = getOwnPropertyDescriptor(value, 'name') ?? {};
  return typeof name === 'string' && plainName.test(name) ? name : '';
};
/** Undefined for what is written by its properties. */
const specialSource = (value) => {
  if (typeof value === 'function') return '(function ' + ownName(value) + '() {[code]})';
  if (nodes.has(value)) return quoted(nodes.get(value).text());
  if (value instanceof Date) return branded(() => '(new Date(' + String(apply(getTime, value, [])) + '))');
  if (value instanceof RegExp) {
    return branded(() => '/' + String(apply(regexpText[0], value, [])) + '/' + String(apply(regexpText[1], value, [])));
  }
  if (value instanceof Error) return '(new Error(' + quoted(String(value.message)) + '))';
};
const sourceOf = (value) => {
  if (typeof value === 'string') return '(new String(' + quoted(value) + '))';
  if (typeof value === 'number') return '(new Number(' + primitiveSource(value) + '))';
  if (typeof value === 'boolean') return '(new Boolean(' + String(value) + '))';
  const parts = [];
  const above = new Set();
  let room = LONGEST;
  const write = (text) => {
    if ((room -= text.length) < 0) throw new RangeError('toSource: a text of more than ' + LONGEST + ' characters');
    parts.push(text);
  };
  const list = (array) => {
    write('[');
    for (let i = 0; i < array.length; i++) { if (i > 0) write(', '); walk(array[i]); }
    write(']');
  };
  const fields = (object) => {
    write('{');
    let first = true;
    for (const key of keysOf(object)) {
      write((first ? '' : ', ') + (plainName.test(key) ? key : quoted(key)) + ':');
      first = false;
      walk(object[key]);
    }
    write('}');
  };
  const walk = (inner) => {
    tick();
    const special = (typeof inner === 'object' && inner !== null) || typeof inner === 'function' ? specialSource(inner) : primitiveSource(inner);
    if (special !== undefined) write(special);
    else if (above.has(inner)) write(Array.isArray(inner) ? '[]' : '{}');
    else {
      above.add(inner);
      if (Array.isArray(inner)) list(inner); else fields(inner);
      above.delete(inner);
    }
  };
  walk(value);
  const text = parts.join('');
  return checked(text[0] === '{' ? '(' + text + ')' : text);
};

const blank = /(?:\s|\/\/[^\n]*|\/\*(?:[^*]|\*(?!\/))*\*\/)*/y;
const stringLiteral = /"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/y;
const numberLiteral = /[+-]?(?:0[xX][\da-fA-F]+|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|Infinity)/y;
const word = /[A-Za-z_$][\w$]*/y;
const escape_ = /\\(u[\da-fA-F]{4}|x[\da-fA-F]{2}|\r\n|[^])/g;
const escapes = { __proto__: null, n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', v: '\v', 0: '\0', '\n': '', '\r\n': '' };
const unescaped = (whole, text) => {
  if (text.length > 1 && text !== '\r\n') return String.fromCharCode(parseInt(cut(text, 1), 16));
  return escapes[text] ?? text;
};
const words = { __proto__: null, true: true, false: false, null: null, undefined: undefined, NaN: NaN, Infinity: Infinity };
const wrapped = {
  __proto__: null,
  Date: (value) => new NativeDate(value), String: (value) => String(value), Number: (value) => Number(value),
  Boolean: (value) => Boolean(value), Error: (value) => new Error(value), Object: () => ({}), Array: () => [],
};
const readLiteral = (text) => {
  charge(text.length);
  beware(text.length);
  let at = 0;
  const fail = () => {
    throw new SyntaxError('eval reads data only, as JSON.parse does; this it does not, from character ' + (at + 1) + ' on: ' + cut(text, at, at + 40));
  };
  const match = (pattern) => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found === null) return undefined;
    at = pattern.lastIndex;
    return found[0];
  };
  const eat = (mark) => {
    match(blank);
    if (text[at] !== mark) return false;
    at++;
    return true;
  };
  const need = (mark) => { if (!eat(mark)) fail(); };
  const string = () => {
    const found = match(stringLiteral);
    return found === undefined ? undefined : cut(found, 1, -1).replace(escape_, unescaped);
  };
  const array = () => {
    const items = [];
    while (!eat(']')) {
      items[items.length] = value();
      if (!eat(',')) { need(']'); break; }
    }
    return items;
  };
  const object = () => {
    const fields = {};
    while (!eat('}')) {
      match(blank);
      const key = string() ?? match(word) ?? match(numberLiteral) ?? fail();
      need(':');
      add(fields, key, value());
      if (!eat(',')) { need('}'); break; }
    }
    return fields;
  };
  const named = () => {
    const before = at;
    const name = match(word);
    if (name === 'void') { value(); return undefined; }
    if (name === 'new') {
      match(blank);
      const make = wrapped[match(word)];
      if (make) {
        need('(');
        const given = eat(')') ? [] : [value()];
        if (given.length > 0) need(')');
        return make(...given);
      }
    }
    if (name !== undefined && name in words) return words[name];
    at = before;
    return fail();
  };
  const value = () => {
    tick();
    if (eat('(')) { const inner = value(); need(')'); return inner; }
    if (eat('{')) return object();
    if (eat('[')) return array();
    const number = match(numberLiteral);
    return number !== undefined ? Number(number) : string() ?? named();
  };
  match(blank);
  if (at === text.length) return undefined;
  const read = value();
  eat(';');
  match(blank);
  return at === text.length ? read : fail();
};
`;
