/**
 * Targets as documents write them, and as the router takes them (`../../../routing/target.ts` reads each further).
 * `<queue:targetid expr>`: with commas between them `{threshold}[weight]name@server.TYPE`, `{threshold}[weight]?name:skills@server.TYPE`.
 * A threshold is `Statistic<10`, also with `<=`, `>` and `>=`. Or a list for one after the other (`../../../routing/target-list.ts`), alone.
 *
 * 1. Nothing that is written is passed over: what cannot be done is a BadTarget.
 * 2. Thresholds and statistics are looked at when the request is submitted: a target whose threshold does not hold is not waited for.
 */
import { fromData } from '../../../../engine/datamodel/data.js';
import type { ModuleChild } from '../../../../engine/effect.js';
import type { SubmitRequest, TargetStep } from '../../../routing/port.js';
import { comparisons } from '../../../routing/skill.js';
import { isStatistic, namesOfStatistics } from '../../../routing/statistic-names.js';
import { BadTarget } from '../../../routing/target.js';
import { targetList } from '../../../routing/target-list.js';
import { asNumber, asText } from '../../arguments.js';

interface Threshold {
  readonly stat: string;
  readonly holds: (value: number) => boolean;
}

interface Written {
  /** As the router reads it. */
  readonly text: string;
  /** Default 1. */
  readonly weight: number;
  readonly threshold: Threshold | undefined;
}

export interface Order {
  readonly type: string;
  readonly stat: string | undefined;
  /** With `percentage` it draws the target: the same for the same request. */
  readonly seed: string;
  readonly statistic: (target: string, name: string) => number | undefined;
}

const letters: Readonly<Record<string, string>> = {
  agent: 'A',
  place: 'AP',
  agentgroup: 'GA',
  placegroup: 'GP',
  campaigngroup: 'GC',
  skill: 'GA',
  queue: 'Q',
  routepoint: 'RP',
  dn: 'DN',
  label: 'DL',
};

/** Throws BadTarget. */
export const targetsOf = (children: readonly ModuleChild[], order: Order): SubmitRequest['targets'] => {
  const groups = children.filter(({ name }) => name === 'targets');
  const inTurn = groups.flatMap(listsIn);
  if (inTurn.length > 0) return alone(inTurn, groups, order);
  const written = groups.flatMap(writtenIn);
  if (written.length === 0)
    throw new BadTarget('No target given; write <queue:targets> with <queue:targetid expr="..."/>');
  const open = written.filter(({ text, threshold }) => {
    const value = threshold && order.statistic(text, threshold.stat);
    return value === undefined || threshold?.holds(value) === true;
  });
  return open.length === 0 ? [] : ordered(open, order);
};

/** Lists with an order of their own. */
const listsIn = ({ attributes, children }: ModuleChild): (readonly TargetStep[])[] => {
  const [type, server] = [typeOf(attributes['type']), asText(attributes['statserver']) ?? ''];
  return children.flatMap((child) => {
    const steps = child.name === 'targetid' ? targetList(fromData(child.attributes['expr'])) : undefined;
    return steps ? [steps.map((step) => ({ ...step, target: complete(step.target, type, server) }))] : [];
  });
};

const alone = (
  lists: readonly (readonly TargetStep[])[],
  groups: readonly ModuleChild[],
  { type }: Order,
): readonly TargetStep[] => {
  const [list = []] = lists;
  if (groups.flatMap(({ children }) => children).length > 1)
    throw new BadTarget('A list of targets with timeouts has its own order: there is no other target beside it');
  if (type !== 'any')
    throw new BadTarget(`A list of targets with timeouts has its own order, and no ordertype "${type}"`);
  return list;
};

const writtenIn = ({ attributes, children }: ModuleChild): Written[] => {
  const type = typeOf(attributes['type']);
  const server = asText(attributes['statserver']) ?? '';
  return children.flatMap((child) =>
    child.name === 'target'
      ? [element(child.attributes, type, server)]
      : listed(child.attributes['expr'], type, server),
  );
};

const typeOf = (given: ModuleChild['attributes'][string]): string | undefined => {
  const type = asText(given)?.toLowerCase();
  if (type === undefined) return undefined;
  const letter = Object.hasOwn(letters, type) ? letters[type] : undefined;
  if (letter === undefined)
    throw new BadTarget(`"${type}" is no type of targets; those are ${Object.keys(letters).join(', ')}`);
  return letter;
};

const element = (attributes: ModuleChild['attributes'], type: string | undefined, server: string): Written => {
  const text = namedBy(attributes);
  const letter = attributes['skill'] === undefined ? (typeOf(attributes['type']) ?? type) : 'GA';
  const threshold = asText(attributes['threshold'])?.replace(/^\s*\{(.*)\}\s*$/, '$1');
  return {
    text: complete(text, letter, asText(attributes['statserver']) ?? server),
    weight: weightOf(asText(attributes['weight']), text),
    threshold: thresholdOf(threshold, text),
  };
};

const namedBy = (attributes: ModuleChild['attributes']): string => {
  const [skill, name] = [asText(attributes['skill']), asText(attributes['name'])];
  if (skill !== undefined) return `?${name ?? ''}:${skill}`;
  if (name === undefined) throw new BadTarget('<queue:target> has no name');
  return attributes['type'] === 'skill' && !name.startsWith('?') ? `?:${name}` : name;
};

const listed = (expr: ModuleChild['attributes'][string], type: string | undefined, server: string): Written[] => {
  const list = asText(expr);
  if (list === undefined) throw new BadTarget('<queue:targetid> has an expr that is no text, or an empty one');
  return parts(list).map((part) => {
    const [, threshold, weight, text = ''] = /^(?:\{([^{}]*)\})?\s*(?:\[([^[\]]*)\])?\s*([^{}[\]]*)$/.exec(part) ?? [];
    if (text === '') throw new BadTarget(`"${part}" in the targets "${list}" is not understood; ${FORM}`);
    return {
      text: complete(text, type, server),
      weight: weightOf(weight, part),
      threshold: thresholdOf(threshold, part),
    };
  });
};

const FORM = 'write {Statistic<10}[weight]Name@StatServer.TYPE or ?name:Skill>1@StatServer.GA';

/** Between commas that stand in no brackets and no quotes. */
const parts = (list: string): string[] => {
  const found = [''];
  for (const [piece] of list.matchAll(/"[^"]*"|\{[^{}]*\}|[^]/g))
    found.push(piece === ',' && isBalanced(found) ? '' : `${found.pop() ?? ''}${piece}`);
  return found.map((part) => part.trim());
};

const isBalanced = (found: readonly string[]): boolean => {
  const last = (found.at(-1) ?? '').replace(/"[^"]*"/g, '');
  return last.split('(').length === last.split(')').length;
};

/** With the server and the type that stand beside it, where it has none of its own. */
const complete = (text: string, type: string | undefined, server: string): string => {
  const [, body = '', own] = /^([^]*?)(?:\.([A-Za-z]\w*))?$/.exec(text.trim()) ?? [];
  const letter = own ?? type;
  if (letter === undefined) throw new BadTarget(`Target "${text}" has no type; ${FORM}`);
  return `${body.includes('@') ? body : `${body}@${server}`}.${letter}`;
};

const weightOf = (weight: string | undefined, of: string): number => {
  const number = weight === undefined ? 1 : asNumber(weight);
  if (number === undefined || number < 0) throw new BadTarget(`The weight of "${of}" is no number, 0 or more`);
  return number;
};

const thresholdOf = (text: string | undefined, of: string): Threshold | undefined => {
  if (text === undefined) return undefined;
  const [, stat = '', operator = '', limit] = /^\s*(\w+)\s*(<=?|>=?)\s*(-?\d+(?:\.\d+)?)\s*$/.exec(text) ?? [];
  const compare = comparisons[operator];
  if (!compare) throw new BadTarget(`The threshold "${text}" of "${of}" is not understood; write {Statistic<10}`);
  if (!isStatistic(stat)) throw new BadTarget(`"${stat}" is no statistic of a target; ${namesOfStatistics}`);
  return { stat, holds: (value) => compare(value, Number(limit)) };
};

/** 2 */
const ordered = (targets: readonly Written[], order: Order): SubmitRequest['targets'] => {
  const texts = targets.map(({ text }) => text);
  switch (order.type) {
    case 'any':
      return texts;
    case 'percentage':
      return texts.length === 1 ? texts : drawn(targets, order.seed);
    case 'max':
    case 'min':
      return byStatistic(texts, order);
    default:
      throw new BadTarget(`The ordertype "${order.type}" is none of any, max, min, percentage`);
  }
};

/** The best goes first; then all are waited for at once. */
const byStatistic = (texts: readonly string[], { type, stat, statistic }: Order): SubmitRequest['targets'] => {
  if (stat === undefined || !isStatistic(stat))
    throw new BadTarget(`ordertype "${type}" needs an orderstat; ${namesOfStatistics}`);
  if (texts.length === 1) return texts;
  const sign = type === 'min' ? 1 : -1;
  const value = new Map(texts.map((text) => [text, statistic(text, stat) ?? 0]));
  const best = [...texts].sort((a, b) => sign * ((value.get(a) ?? 0) - (value.get(b) ?? 0)));
  return best.map((target): TargetStep => ({ target, timeoutMs: 0, unless: never }));
};

/** Holds for no target: it is not passed over. */
const never = { stat: 'StatAgentsTotal', operator: '<', value: 0 } as const;

/** The one that was drawn; the others in their order if nobody is logged in there. */
const drawn = (targets: readonly Written[], seed: string): readonly TargetStep[] => {
  let left = fraction(seed) * targets.reduce((sum, { weight }) => sum + weight, 0);
  const first = targets.find(({ weight }) => (left -= weight) < 0) ?? targets[0];
  return [...(first ? [first] : []), ...targets.filter((one) => one !== first)].map(({ text }) => ({ target: text }));
};

/** FNV-1a, mixed: 0 up to 1, evenly. */
const fraction = (seed: string): number => {
  let hash = 0x811c9dc5;
  for (const char of seed) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
};
