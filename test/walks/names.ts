/** What there is to take in a strategy: its transitions by the places where they are written, and by names that people read. */
import type { Transition } from '../../engine/document.js';
import { strategies, type Strategy } from '../pages/read.js';
import { neverIn } from './never.js';
import { placeOf } from './taken.js';

export interface ToTake {
  readonly strategy: string;
  /** Place -> name. */
  readonly transitions: ReadonlyMap<string, string>;
  readonly states: readonly string[];
  /** Of transitions by name, and of states by id: why nothing can take it. */
  readonly never: ReadonlyMap<string, string>;
}

const nameOf = (source: string, { events, cond, targets }: Transition): string => {
  const when = cond ? `[${cond.text.trim().replaceAll(/\s+/g, ' ')}]` : '';
  return [source, ...events, when, '->', targets.join(' ') || '(stays)'].filter((word) => word !== '').join(' ');
};

const toTakeIn = (strategy: Strategy): ToTake => {
  const { nodes } = strategy.chart;
  const all = nodes.flatMap(({ id = '', transitions }) => transitions.map((each) => [each, nameOf(id, each)] as const));
  const never = neverIn(strategy);
  return {
    strategy: strategy.name,
    transitions: new Map(all.map(([{ at }, name]) => [placeOf(at), name])),
    states: nodes.flatMap(({ id }) => id ?? []),
    never: new Map([
      ...never.states,
      ...all.flatMap(([transition, name]) => {
        const reason = never.transitions.get(transition);
        return reason === undefined ? [] : [[name, reason] as const];
      }),
    ]),
  };
};

export const toTake: readonly ToTake[] = strategies.map(toTakeIn);
