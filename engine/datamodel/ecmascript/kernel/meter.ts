/**
 * Guest text, part 1: what the running session may still use up, its time and its chance. `harden.ts`, `codec.ts`, `dom.ts` and
 * `session.ts` follow in the same function; `kernel.ts` puts them together. The text is one for every kernel.
 *
 * 1. `$k` is in reach of rewritten sources only through the text that `rewrite.ts` writes; sources cannot name it.
 * 2. Natives that work without calling back are charged for the length of what they work on.
 * 3. They are not interrupted either: turns of an empty loop before them have the host look at its clock in time.
 * 4. Nor are operators. Once a session has a long text, fuel is given out in parts, and the host looks between them; no text is
 *    made that is longer than LONGEST.
 */
export const meterText = String.raw`
const MOST = 1000000;
/** Characters of a text that is made. */
const LONGEST = 2100000;
/** What an element costs that a native makes something of. */
const COSTLY = 10;
const TELLING = 1000;
/** As many turns as the host lets pass between two looks. */
const LOOK = 100;
/** What a text may be long before it is looked after. */
const LENGTHY = 50000;
const $k = {
  __proto__: null,
  /** Fuel until the next look, and behind it; looks come after so much of it. The time of this step, the state of Math.random. */
  n: MOST, held: 0, every: Infinity, now: 0, r: 0,
  /** 4 */
  t() {
    refuel($k.n + $k.held);
    if ($k.n < 0) throw new RangeError('the source runs too long: its fuel is used up');
    for (let turns = LOOK; turns > 0; turns--);
  },
  /** Whether there is a long text, a value for a moment, and what a look is then. 4 */
  e: false, v: undefined,
  u() { if (--$k.n < 0) $k.t(); },
  /** What may have become a long text. */
  g(value) {
    if ($k.e) $k.u();
    return typeof value === 'string' && value.length > LENGTHY ? checked(value) : value;
  },
};
const refuel = (all) => {
  $k.e = $k.every <= MOST;
  $k.n = all < $k.every ? all : $k.every - 1;
  $k.held = all - $k.n;
};
/** So many characters are about, in one text at most. */
const beware = (length) => {
  if (length <= LENGTHY || MOST / length >= $k.every) return;
  $k.every = length > MOST ? 1 : (MOST / length) >>> 0;
  refuel($k.n + $k.held);
};
/** 4 */
const checked = (made) => {
  if (typeof made !== 'string' || made.length <= LENGTHY) return made;
  if (made.length > LONGEST) throw new RangeError('a text of more than ' + LONGEST + ' characters');
  beware(made.length);
  return made;
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
