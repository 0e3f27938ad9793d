/**
 * Reads targets: `Billing@StatServer.GA`, `?:English=20&Loans=2@StatServer.GA`, lists with conditions. Neighbours: `skill.ts`,
 * `pool.ts` finds who is behind one.
 *
 * 1. A target is a name or, behind `?` and an optional name with `:`, a skill expression; then `@` and the server that has the
 *    statistics (one word, not looked at); then `.` and the type.
 */
import type { Agent, Condition, SubmitRequest, TargetStep, TargetType } from './port.js';
import { skillExpression, SkillExpressionError } from './skill.js';
import { isStatistic, namesOfStatistics } from './statistic-names.js';

export class BadTarget extends Error {
  override readonly name = 'BadTarget';
}

export interface Target {
  /** As written. */
  readonly text: string;
  readonly type: TargetType;
  readonly name: string;
  /** Undefined: calls are sent to the place that `name` says, and nobody is reserved. */
  readonly fits: ((agent: Agent) => boolean) | undefined;
  readonly isSkill: boolean;
}

/** Some targets, and when the next ones are looked at. */
export interface Step {
  readonly targets: readonly Target[];
  readonly timeoutMs: number;
  readonly clear: boolean;
  /** `undefined`: while none of its agents is logged in; `never`: it is not passed over. */
  readonly unless: Condition | undefined | 'never';
}

/** The guide, `_target`. */
const MOST_STEPS = 15;
const MOST_TARGETS = 100;
const LONGEST = 4_000;

const matchers: Readonly<Record<TargetType, ((name: string) => (agent: Agent) => boolean) | undefined>> = {
  A: (name) => (agent) => agent.id === name,
  AP: (name) => (agent) => agent.place === name,
  GA: (name) => (agent) => agent.groups.includes(name),
  GP: (name) => (agent) => agent.placeGroups?.includes(name) === true,
  GC: (name) => (agent) => agent.campaigns?.includes(name) === true,
  Q: undefined,
  RP: undefined,
  DN: undefined,
};
const isTargetType = (type: string): type is TargetType => Object.hasOwn(matchers, type);

const FORM = 'write Name@StatServer.TYPE or ?:Skill=Level@StatServer.GA, TYPE one of A, AP, GA, GP, GC, Q, RP, DN';

/** Throws BadTarget. */
export const targetOf = (text: string): Target => {
  const [, name = '', type = ''] = /^([^]*)@[^@.]*\.([A-Za-z]+)$/.exec(text.trim().slice(0, LONGEST)) ?? [];
  if (!name || text.length > LONGEST) throw new BadTarget(`Target "${text.slice(0, 200)}" is not understood; ${FORM}`);
  if (!isTargetType(type)) throw new BadTarget(`Target "${text}" has the type ${type}; ${FORM}`);
  return name.startsWith('?')
    ? skillTarget(text, name, type)
    : { text, type, name, isSkill: false, fits: matchers[type]?.(name) };
};

const skillTarget = (text: string, name: string, type: TargetType): Target => {
  if (type !== 'GA')
    throw new BadTarget(`Target "${text}" is a skill expression and has the type ${type}; it can only be GA`);
  const [, label = '', expression = ''] = /^\?(?:([^:]*):)?([^]*)$/.exec(name) ?? [];
  try {
    const fits = skillExpression(expression);
    return { text, type, name: label || expression, isSkill: true, fits: ({ skills = {} }) => fits(skills) };
  } catch (error) {
    if (!(error instanceof SkillExpressionError)) throw error;
    throw new BadTarget(`Target "${text}": ${error.message}`);
  }
};

/** Throws BadTarget: one bad target spoils the request, for it is a mistake to show. */
export const stepsOf = (targets: SubmitRequest['targets']): readonly Step[] => {
  if (targets.length === 0) throw new BadTarget(`No target given; ${FORM}`);
  const [first] = targets;
  return typeof first === 'string'
    ? [allAtOnce(targets as readonly string[])]
    : inTurn(targets as readonly TargetStep[]);
};

const allAtOnce = (targets: readonly string[]): Step => {
  if (targets.length > MOST_TARGETS) throw new BadTarget(`${targets.length} targets; at most ${MOST_TARGETS} at once`);
  return { targets: targets.map(targetOf), timeoutMs: Infinity, clear: false, unless: 'never' };
};

const inTurn = (steps: readonly TargetStep[]): Step[] => {
  if (steps.length > MOST_STEPS)
    throw new BadTarget(`A list of ${steps.length} targets; at most ${MOST_STEPS} are allowed`);
  return steps.map(({ target, timeoutMs = Infinity, clear = false, unless }, index) => ({
    targets: [targetOf(target)],
    timeoutMs,
    clear,
    unless: index === steps.length - 1 ? 'never' : known(unless),
  }));
};

const known = (unless: Condition | undefined): Condition | undefined => {
  if (unless && !isStatistic(unless.stat))
    throw new BadTarget(`"${unless.stat}" is no statistic of a target; ${namesOfStatistics}`);
  return unless;
};
