/** Who is behind a number: finds the behaviour for one dial attempt. Neighbours: `behaviour.ts`, `chance.ts`, `draw.ts`. */
import type { Behaviour, CustomerRule, Party } from './behaviour.js';
import { chance } from './chance.js';
import { partyOf } from './draw.js';

const ORDINARY: Behaviour = { kind: 'human' };

/** The first rule that fits decides; a number that fits none has a human. `attempt` counts from 1. */
export function behaviourOf(rules: readonly CustomerRule[], number: string, attempt: number, seed: string): Party {
  const does = rules.find((rule) => fits(rule, number))?.does ?? ORDINARY;
  let behaviour = isList(does) ? (does[attempt - 1] ?? does.at(-1) ?? ORDINARY) : does;
  for (let depth = 1; behaviour.kind === 'random'; depth += 1) {
    behaviour = choose(behaviour.of, chance(seed, number, attempt, depth));
  }
  return partyOf(behaviour, (...parts) => chance(seed, number, attempt, ...parts));
}

function fits(rule: CustomerRule, number: string): boolean {
  return (
    (rule.number === undefined || rule.number === number) &&
    number.startsWith(rule.startsWith ?? '') &&
    number.endsWith(rule.endsWith ?? '')
  );
}

function isList(does: CustomerRule['does']): does is readonly Behaviour[] {
  return Array.isArray(does);
}

function choose(of: readonly { weight: number; does: Behaviour }[], at: number): Behaviour {
  const total = of.reduce((sum, one) => sum + one.weight, 0);
  let rest = at * total;
  for (const one of of) {
    rest -= one.weight;
    if (rest < 0) return one.does;
  }
  throw new Error('A random behaviour needs at least one choice with a weight above 0');
}
