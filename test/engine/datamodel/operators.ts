/**
 * Sources whose operators walk long texts one after the other, with no call and no jump back between them: nothing interrupts an
 * operator. `attack.test.ts` runs them on the isolated kernel, `test/server/attack.test.ts` at the server, where they may not
 * take long.
 */
const digits = 'var s = "1".repeat(1e6), t = "1".repeat(1e6), m = {}, o = { n: s }, l = [s, t], k = 0;';
const longer = 'var s = "1".repeat(1e6); s += s; s += s; s += s; s += s;';
const times = (count: number, part: string, between: string): string => Array<string>(count).fill(part).join(between);

export const operators: Readonly<Record<string, string>> = {
  'a sum of numbers read from a text': `${digits} n = ${times(200, '+s', ' + ')}`,
  'one read from what the others are': `${digits} n = ${times(300, '(s - ', '')}0${times(300, ')', '')}`,
  'statements of one each': `${digits} ${times(200, 'n = s | 0', ';')}`,
  'numbers that are compared with a text': `${digits} n = [${times(200, 's == k', ', ')}]`,
  'a list of numbers': `${digits} n = [${times(200, '-s', ', ')}]`,
  'an object of numbers': `${digits} n = { ${times(200, 'a: s * t', ', ')} }`,
  'parts of a text': `${digits} n = \`${times(200, '${s >> 1}', '')}\``,
  'numbers of properties': `${digits} n = ${times(200, '+o.n', ' + ')}`,
  'numbers of what is a list of one': `${digits} l = [s]; n = ${times(200, '+l', ' + ')}`,
  'numbers that are counted up': `${digits} ${times(200, 'k = s; k++', ';')}`,
  'numbers by assignment': `${digits} ${times(200, 'k = s; k *= 2', ';')}`,
  'numbers behind conditions': `${digits} n = ${times(200, '(k > 1 ? +k : +s)', ' + ')}`,
  'numbers where others are never read': `${digits} n = ${times(100, '-s + -s + -s + (k && -s && -s)', ' + ')}`,
  'numbers between blocks that are left': `${digits} ${times(100, 'a: { n = -s + -s + -s; if (n) break a; n = -s }', '')}`,
  'numbers between errors': `${digits} ${times(100, 'try { n = -s + -s + -s; throw n; n = -s } catch (e) { n = -s }', '')}`,
  'numbers as cases': `${digits} switch (9) { ${times(200, 'case s | 0:', ' ')} }`,
  'texts as cases': `${digits} t = s + 'a'; s = s + 'b'; switch (s) { ${times(2000, 'case t:', ' ')} }`,
  'numbers as defaults': `${digits} ${times(200, 'var { [k]: x = +s } = {}', ';')}`,
  'numbers as arguments': `${digits} n = [${times(200, 'Number(s)', ', ')}]`,
  'numbers as fields': `${digits} class A { ${times(200, 'n = +s', ';')} } new A()`,
  'numbers in a loop': `${digits} for (;;) n = -s + -s + -s`,
  'numbers in the head of a loop': `${digits} for (; k < +s + +s + +s; k -= s);`,
  'numbers in a function': `${digits} var f = () => -s - -s - -s; for (;;) f()`,
  'numbers of a list in one call': `${digits} n = Math.max(...Array(1000).fill(s))`,
  'numbers of a list by a native': `${digits} n = Array(1000).fill(s).map(Math.abs)`,
  'texts that are looked up': `${digits} n = [${times(2000, 'm[s + k]', ', ')}]`,
  'texts in an object': `${digits} n = [${times(2000, 's + k in m', ', ')}]`,
  'texts that are compared': `${digits} n = [${times(2000, 's < t', ', ')}]`,
  'texts that are the same': `${digits} n = [${times(2000, 's === t', ', ')}]`,
  'texts in patterns': `${digits} ${times(1000, 'var { [s + k]: x } = m', ';')}`,
  'texts put together and read': `${digits} n = [${times(2000, '+(s + t)', ', ')}]`,
  'a text that grows': `${longer} n = +s`,
  'a text that grows by parts': `var s = "1".repeat(1e6); ${times(5, 's = `${s}${s}`', ';')}; n = +s`,
  'a text that natives make longer': `var s = "1".repeat(1e6); s = [s, s, s, s, s, s, s].join(""); n = +s`,
  'a text that an error makes longer':
    'var s = "1".repeat(1e6); for (var i = 0; i < 4; i++) s = Error.prototype.toString.call({ name: s, message: s })',
};
