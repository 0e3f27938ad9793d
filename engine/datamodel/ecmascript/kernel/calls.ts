/**
 * Guest text, part 8, for a kernel whose host cannot call a source itself: what that host calls instead. Sources, tables and
 * scopes come in as values that it holds by address; everything else is a number or JSON text, both ways.
 *
 * 1. Sessions share the realm's meter: the host has a scope `take` it before anything else of that scope runs.
 * 2. A number that JSON can say goes out as it is, everything else as JSON text, which no reading as a number accepts.
 */
export const callsText = String.raw`
/** $ -> its part of the meter while another one runs, the fuel of a step, and how long a save may be. */
const meters = new WeakMap();
let holder;
const park = () => {
  if (holder) { holder.n = $k.n + $k.held; holder.every = $k.every; holder.r = $k.r; holder.now = $k.now; }
};
const take = ($) => {
  park();
  holder = meters.get($);
  $k.every = holder.every; $k.now = holder.now; $k.r = holder.r;
  refuel(holder.n);
};
const load = (make) => make($k);
const source = (table, chunk) => table.sources[chunk];
/** Nobody has the meter after it. */
const start = (table, json) => {
  park();
  holder = undefined;
  $k.every = Infinity;
  refuel(MOST);
  beware(json.length);
  const [sessionid, name, ioprocessors, x, seed, fuel, most] = parseJson(json);
  const $ = open(table, sessionid, name, ioprocessors, x);
  meters.set($, { n: fuel, every: $k.every, now: 0, r: seed | 0, fuel, most });
  return $;
};
/** The step of who has the meter. */
const begin = (now) => { refuel(holder.fuel); $k.now = now; };

/** 2 */
const out = (value) => {
  if (typeof value === 'number' && value - value === 0 && !Object.is(value, -0)) return value;
  return value === undefined ? 'undefined' : encode(value);
};
const truth = (value) => value ? 1 : 0;
const value = (source, $) => out(source($));
const assignData = (location, json, $) => { location($, always(parse(json))); };
const defineValue = (source, $, id) => { define($, id, source($)); };
const defineData = ($, id, json) => { define($, id, parse(json)); };
const walk = (source, $) => copy(source($));
const lengthOf = (list) => list.length;
const visit = ($, list, index, id) => { define($, id, list[index]); };
const count = ($, id, index) => { define($, id, index); };

/** Saving has fuel of its own: a step that used all of its is saved too. */
const unhurried = (work) => {
  const left = $k.n + $k.held;
  refuel(MOST);
  try { return work(); } finally { refuel(left); }
};
const keep = ($) => unhurried(() => {
  const json = save($, holder.most);
  return json === 'null' ? json : cut(json, 0, -1) + ',"random":' + $k.r + '}';
});
const tellAll = ($) => unhurried(() => show($));
const resume = ($, json, random) => { $k.r = random; unhurried(() => restore($, json)); };
`;

/** What the host finds in the kernel that this text makes. */
export const calls = [
  ...['take', 'load', 'source', 'start', 'begin', 'truth', 'value', 'assignData', 'declare'],
  ...['defineValue', 'defineData', 'walk', 'lengthOf', 'visit', 'count', 'keep', 'tellAll', 'resume', 'bindEvent'],
  ...['bindView', 'called'],
  ...['enter', 'exit', 'tell'],
] as const;
