/**
 * The customers of the simulated network as a JSON file: a list of rules, of which the first that fits a number decides. A rule has
 * `number`, `startsWith` and `endsWith`, or none of them, and `does`: a behaviour, or a list of them, one for each attempt.
 *
 *   [{ "endsWith": "1", "does": { "kind": "busy" } },
 *    { "startsWith": "555", "does": [{ "kind": "noAnswer" }, { "kind": "machine", "greetingMs": { "between": [3000, 9000] } }] },
 *    { "does": { "kind": "random", "of": [
 *        { "weight": 7, "does": { "kind": "human", "answerMs": { "between": [2000, 20000] }, "patienceMs": { "mean": 90000 },
 *                                 "impatient": 40, "talkMs": { "median": 120000, "spread": 2 } } },
 *        { "weight": 2, "does": { "kind": "noAnswer" } },
 *        { "weight": 1, "does": { "kind": "tone", "tone": "SitVacant" } } ] } }]
 *
 * Kinds: human, machine, fax, silence, tone, fails, noAnswer, busy, unreachable, random. What they can have stands in `behaviour.ts`.
 */
import { readFileSync } from 'node:fs';
import { messageOf } from '../../problems.js';
import { FAILURES, SIT, type Behaviour, type CustomerRule } from './behaviour.js';

type Fields = Readonly<Record<string, unknown>>;
/** Adds a mistake. */
type Wrong = (place: string, what: string) => void;
type Check = (value: unknown, place: string, wrong: Wrong) => void;

/** Throws one Error that lists every mistake of the file. */
export const readCustomers = (file: string): readonly CustomerRule[] => {
  let configured: unknown;
  try {
    configured = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Error(`${file}: the customers cannot be read: ${messageOf(error)}`, { cause: error });
  }
  return customersOf(configured, file);
};

/** `source` is named in errors. */
export const customersOf = (configured: unknown, source: string): readonly CustomerRule[] => {
  const mistakes: string[] = [];
  const wrong: Wrong = (place, what) => void mistakes.push(`${place} ${what}`);
  if (Array.isArray(configured))
    for (const [index, rule] of configured.entries()) ruleIn(rule, `rule ${index + 1}`, wrong);
  else wrong('the file', 'must be a JSON list of rules');
  if (mistakes.length > 0) throw new Error(`The customers of ${source} cannot be used:\n${mistakes.join('\n')}`);
  return configured as readonly CustomerRule[];
};

const isNumber = (value: unknown, least: number, most: number): value is number =>
  typeof value === 'number' && value >= least && value <= most;

const number =
  (least: number, most: number): Check =>
  (value, place, wrong) => {
    if (!isNumber(value, least, most)) wrong(place, `must be a number from ${least} to ${most}`);
  };

const oneOf =
  (...words: readonly string[]): Check =>
  (value, place, wrong) => {
    if (!words.some((word) => word === value)) wrong(place, `must be one of ${words.join(', ')}`);
  };

const ofType =
  (type: 'string' | 'boolean', called: string): Check =>
  (value, place, wrong) => {
    if (typeof value !== type) wrong(place, `must be ${called}`);
  };

const text = ofType('string', 'a text');
const DAY = 86_400_000;
const ms = number(0, DAY);

const listOf =
  (each: Check): Check =>
  (value, place, wrong) => {
    if (!Array.isArray(value) || value.length === 0) wrong(place, 'must be a list, with one at least');
    else for (const [index, one] of value.entries()) each(one, `${place}[${index}]`, wrong);
  };

/** All of `known` that are there are looked at; those of `needed` have to be there. */
const fields =
  (known: Readonly<Record<string, Check>>, needed: readonly string[] = []): Check =>
  (value, place, wrong) => {
    if (!isFields(value)) return wrong(place, 'must be an object');
    for (const key of needed) if (!(key in value)) wrong(place, `needs ${key}`);
    for (const [key, one] of Object.entries(value)) {
      const check = Object.hasOwn(known, key) ? known[key] : undefined;
      if (check) check(one, `${place}.${key}`, wrong);
      else wrong(place, `has ${key}, which is none of ${Object.keys(known).join(', ')}`);
    }
  };

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const between: Check = (value, place, wrong) => {
  const [from, to, more] = Array.isArray(value) ? (value as readonly unknown[]) : [];
  if (!isNumber(from, 0, DAY) || !isNumber(to, from, DAY) || more !== undefined)
    wrong(place, `must be two numbers from 0 to ${DAY}, the smaller one first`);
};

const spread = number(1, 100);

const span: Check = (value, place, wrong) => {
  if (!isFields(value)) return ms(value, place, wrong);
  if ('between' in value) return fields({ between })(value, place, wrong);
  if ('mean' in value) return fields({ mean: ms, most: ms })(value, place, wrong);
  if ('median' in value) return fields({ median: ms, spread, most: ms }, ['spread'])(value, place, wrong);
  wrong(place, 'must be a number, or an object with between, mean or median');
};

const times = { answerMs: span, decideMs: span };
const keys: Check = (value, place, wrong) => {
  if (typeof value !== 'string' || !/^[0-9A-D*#]*$/.test(value)) wrong(place, 'must be keys: 0 to 9, *, # and A to D');
};
const choice: Check = (value, place, wrong) =>
  fields({ weight: number(1e-6, 1e6), does: behaviour }, ['weight', 'does'])(value, place, wrong);

const kinds: Readonly<Record<Behaviour['kind'], Check>> = {
  human: fields({
    kind: text,
    ...times,
    patienceMs: span,
    impatient: number(0, 100),
    talkMs: span,
    presses: listOf(fields({ afterMs: ms, digits: keys }, ['digits'])),
  }),
  machine: fields({ kind: text, ...times, greetingMs: span, beep: ofType('boolean', 'true or false') }),
  fax: fields({ kind: text, ...times }),
  silence: fields({ kind: text, ...times }),
  tone: fields({ kind: text, ...times, tone: oneOf('Busy', ...SIT) }, ['tone']),
  fails: fields({ kind: text, state: oneOf('Busy', ...SIT, ...FAILURES), afterMs: span }, ['state']),
  noAnswer: fields({ kind: text }),
  busy: fields({ kind: text }),
  unreachable: fields({ kind: text }),
  random: fields({ kind: text, of: listOf(choice) }, ['of']),
};

function behaviour(value: unknown, place: string, wrong: Wrong): void {
  const kind = isFields(value) ? value['kind'] : undefined;
  if (typeof kind === 'string' && Object.hasOwn(kinds, kind)) kinds[kind as Behaviour['kind']](value, place, wrong);
  else wrong(place, `must be an object whose kind is one of ${Object.keys(kinds).join(', ')}`);
}

const does: Check = (value, place, wrong) =>
  (Array.isArray(value) ? listOf(behaviour) : behaviour)(value, place, wrong);

const ruleIn = fields({ number: text, startsWith: text, endsWith: text, does }, ['does']);
