/**
 * Guest text, part 6: what a platform adds to a session whose document names any of it (`host` of the program's text, see
 * `../hosting.ts`): host functions, and `_genesys`, made anew for each view.
 *
 * 1. Host functions stand between a session's variables and the intrinsics: a variable of such a name goes before them.
 * 2. Everything that a document sees of it is frozen, and made for its session; libraries are shared by the sessions of a program.
 * 3. A call that does something outside is a text until the host asks. It costs so much fuel that a step has a thousand of them.
 * 4. What is called while a session is saved or shown is not called: that happens at times that no document knows.
 */
export const platformText = String.raw`
const CALL = 1000;

/** 3. [namespace or null, name, arguments] */
const note = ($, namespace, name, args) => {
  if ($k.n + $k.held < CALL) throw new RangeError(name + ': a step may call the platform ' + MOST / CALL + ' times, by its fuel');
  $k.n -= CALL;
  tick();
  let json;
  try {
    json = stringify([namespace, name, encoder(refuse, false, LONGEST)(args, name)]);
  } catch (thrown) {
    throw thrown === tooLong ? new RangeError(name + ': the arguments are too long') : thrown;
  }
  $k.n -= json.length >>> 2;
  tick();
  const session = sessions.get($);
  session.calls += (session.calls === '' ? '' : ',') + json;
};
/** What was called since it was last asked, as JSON; false when nothing was. */
const called = ($) => {
  const session = sessions.get($);
  const { calls } = session;
  if (calls === '') return false;
  session.calls = '';
  return '[' + calls + ']';
};
/** 4 */
const unheard = ($, work) => {
  const session = sessions.get($);
  const { calls } = session;
  try { return work(); } finally { session.calls = calls; }
};

const lockAll = (value) => {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || isLocked(value)) return value;
  lock(value);
  for (const key of ownKeys(value)) {
    const property = getOwnPropertyDescriptor(value, key);
    lockAll(property.value); lockAll(property.get); lockAll(property.set);
  }
  return value;
};
/** host -> the libraries of its roots. 2 */
const libraries = new WeakMap();
const librariesOf = (host) => {
  if (!libraries.has(host)) libraries.set(host, host.roots.map(({ library }) => lockAll(library(G))));
  return libraries.get(host);
};
const prototypesOf = ($, host) => host.roots.map(({ namespace, functions }, index) => {
  const prototype = Object.create(librariesOf(host)[index]);
  for (const name of functions) method(prototype, name, lock({ [name](...args) { note($, namespace, name, args); } }[name]));
  return lock(prototype);
});

/** 1 */
const join = ($, { uri }) => {
  const layer = getPrototypeOf($);
  const { states } = sessions.get($);
  const functions = {
    __proto__: null,
    __Log(...args) { note($, null, '__Log', args); },
    __Raise(...args) { note($, null, '__Raise', args); },
    __GetDocumentURL() { return uri; },
    __GetCurrentStates() { return [...states].filter((id) => id[0] !== '#'); },
    eval(text) { return typeof text === 'string' ? readLiteral(text) : text; },
  };
  for (const name of keysOf(functions)) defineProperty(layer, name, { value: lock(functions[name]) });
  hide($, '_genesys', undefined);
};

/** Roots that the JSON does not have stay as they are. */
const bindView = ($, json) => {
  const session = sessions.get($);
  const { host } = session.program;
  beware(json.length);
  session.prototypes ??= prototypesOf($, host);
  const given = parseJson(json);
  const tagged = holds(json, '"$');
  const shown = {};
  for (let index = 0; index < host.roots.length; index++) {
    const { root } = host.roots[index];
    if (given[root] === undefined) { shown[root] = session.shown?.[root]; continue; }
    const data = tagged ? decoder()(given[root]) : given[root];
    const made = Object.create(session.prototypes[index]);
    for (const key of keysOf(data)) put(made, key, deepFreeze(data[key]));
    shown[root] = lock(made);
  }
  session.shown = $._genesys = lock(shown);
};
`;
