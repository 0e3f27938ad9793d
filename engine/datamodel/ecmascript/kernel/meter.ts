/**
 * Guest text, part 1: what the running session may still use up, its time and its chance. `harden.ts`, `codec.ts`, `dom.ts` and
 * `session.ts` follow in the same function; `kernel.ts` puts them together. The text is one for every kernel.
 *
 * 1. `$k` is in reach of rewritten sources only through the text that `rewrite.ts` writes; sources cannot name it.
 * 2. Natives that work without calling back are charged for the length of what they work on.
 * 3. They are not interrupted either: turns of an empty loop before them have the host look at its clock in time.
 */
export const meterText = String.raw`
const MOST = 1000000;
/** What an element costs that a native makes something of. */
const COSTLY = 10;
const TELLING = 1000;
const $k = {
  __proto__: null,
  /** Fuel left, the time of this step, the state of Math.random. */
  n: MOST, now: 0, r: 0,
  t() { throw new RangeError('the source runs too long: its fuel is used up'); },
};
const tick = () => { if (--$k.n < 0) $k.t(); };
const charge = (length) => {
  if (length > MOST) throw new RangeError('more than ' + MOST + ' elements');
  const worth = length > 0 ? length : 0;
  $k.n -= worth >>> 4;
  tick();
  for (let turns = worth >>> 10; turns > 0; turns--);
};
/** Mulberry32. */
const random = () => {
  $k.r = ($k.r + 0x6d2b79f5) | 0;
  let t = Math.imul($k.r ^ ($k.r >>> 15), 1 | $k.r);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
};
`;
