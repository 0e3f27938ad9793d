/** Draws by name: what is drawn for one changes nothing for the others. */
import { chance } from '../../server/voice/simulated/chance.js';

export interface Draw {
  /** True so often, from 0 to 1. */
  chance(often: number): boolean;
  /** From 0, below. */
  below(most: number): number;
  of<T>(...some: readonly T[]): T;
}

/** The draws of one name, one after the other. */
export function drawsOf(...name: readonly (string | number)[]): Draw {
  let drawn = 0;
  const next = (): number => chance(...name, (drawn += 1));
  return {
    chance: (often) => next() < often,
    below: (most) => next() * most,
    of: (...some) => some[Math.floor(next() * some.length)] as (typeof some)[number],
  };
}
