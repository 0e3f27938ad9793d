/** Draws of one seed, one after the other: the same for the same seed. */
import { chance } from '../../server/voice/simulated/chance.js';

export interface Random {
  /** A whole number, both ends included. */
  between(from: number, to: number): number;
  isOneIn(many: number): boolean;
  of<T>(list: readonly T[]): T;
}

export const random = (seed: number, name: string): Random => {
  let drawn = 0;
  const between = (from: number, to: number): number =>
    from + Math.floor(chance(seed, name, drawn++) * (to - from + 1));
  return {
    between,
    isOneIn: (many) => between(1, many) === 1,
    of: (list) => {
      const found = list[between(0, list.length - 1)];
      if (found === undefined) throw new Error('there is nothing to choose from');
      return found;
    },
  };
};
