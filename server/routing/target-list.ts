/**
 * `_target` of a callback service when it is a list (the guide, "Configure Multiple Targets"), as `<queue:targetid>` takes it, too:
 * `[{ "target": "...", "timeout": "15", "clear": false, "stat_to_check": "...", "stat_operator": "<", "stat_value": "1" }]`.
 */
import type { Condition, TargetStep } from './port.js';
import { BadTarget } from './target.js';

/** As text or as data. Undefined: it is no list, but targets as the queue module writes them. Throws BadTarget that says which element is wrong. */
export const targetList = (given: unknown): readonly TargetStep[] | undefined => {
  const list = typeof given === 'string' ? listIn(given.trim()) : given;
  if (typeof list !== 'object' || list === null) return undefined;
  if (Array.isArray(list) && list.length === 0) throw new BadTarget('The list of targets is empty');
  return (Array.isArray(list) ? list : [list]).map((each: unknown, index) => stepOf(each, index + 1));
};

/** `[25]8001.Q` begins with a weight, `{StatCallsInQueue<10}8001.Q` with a threshold. */
const LIST = /^\[\s*\{|^\[[^]*\]$|^\{\s*"/;

const listIn = (text: string): unknown => (LIST.test(text) ? parsed(text) : undefined);

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new BadTarget(`The list of targets is no JSON: ${(error as Error).message}`);
  }
};

const stepOf = (value: unknown, place: number): TargetStep => {
  if (typeof value !== 'object' || value === null) throw wrong(place, 'is no object');
  const { target, timeout, clear, ...condition } = value as Record<string, unknown>;
  if (typeof target !== 'string') throw wrong(place, 'has no "target"');
  const unless = conditionOf(condition, place);
  return {
    target,
    ...(given(timeout) && { timeoutMs: 1000 * secondsOf(timeout, place) }),
    ...(given(clear) && { clear: flagOf(clear, place) }),
    ...(unless && { unless }),
  };
};

const given = (value: unknown): boolean => value !== undefined && value !== null && value !== '';

const conditionOf = (
  { stat_to_check: stat, stat_operator: operator, stat_value: value, ...unknown }: Record<string, unknown>,
  place: number,
): Condition | undefined => {
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw wrong(place, `has "${name}", which nobody knows`);
  if (!given(stat) && !given(operator) && !given(value)) return undefined;
  if (typeof stat !== 'string' || !given(stat)) throw wrong(place, 'has a condition without "stat_to_check"');
  if (operator !== '<' && operator !== '>') throw wrong(place, '"stat_operator" is "<" or ">"');
  return { stat, operator, value: numberOf(value, place, 'stat_value') };
};

const secondsOf = (value: unknown, place: number): number => {
  const seconds = numberOf(value, place, 'timeout');
  if (seconds < 0) throw wrong(place, '"timeout" is a number of seconds, 0 or more');
  return seconds;
};

const numberOf = (value: unknown, place: number, name: string): number => {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number)) throw wrong(place, `"${name}" is no number`);
  return number;
};

const flagOf = (value: unknown, place: number): boolean => {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw wrong(place, '"clear" is true or false');
};

const wrong = (place: number, what: string): BadTarget =>
  new BadTarget(`Element ${place} of the list of targets ${what}`);
