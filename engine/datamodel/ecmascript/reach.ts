/**
 * What a source may read of its moment, `_event` and the roots of `_genesys`: by itself, or by the functions that it calls. `visit.ts`
 * notes it of one source; `readers` works it out for all sources of a document, so that none is given what it cannot see.
 *
 * 1. A function is known by its name while sources do nothing with it but call it. What any other function reads, whoever holds it
 *    may run at any time: every source may read that (`loose`). So may a function inside a function, which can be kept.
 * 2. A source that uses `_data` may have any function by a name that nobody sees here.
 */
import { VIEW } from './host-names.js';

export const EVENT = '_event';
/** `_genesys` by itself may be any of its roots. */
export const EVERY = '*';
const DATA = '_data';

export interface Noted {
  /** `EVENT`, roots, `EVERY`. */
  readonly reads: Set<string>;
  readonly calls: Set<string>;
  /** Names that it does something else with. */
  readonly values: Set<string>;
}

/** Of one source. */
export interface Reach {
  /** Outside of functions. */
  readonly own: Noted;
  /** Functions that a script declares, by name. */
  readonly functions: ReadonlyMap<string, Noted>;
  readonly loose: Noted;
}

const nothing = (): Noted => ({ reads: new Set(), calls: new Set(), values: new Set() });

/** Where a name stands. */
export interface Place {
  /** Of the function that a script declares around it. */
  readonly within: string | undefined;
  /** How many functions are around it. */
  readonly depth: number;
}

const ROOT = /^\s*\??\.\s*([A-Za-z_$][\w$]*)(?![\w$\\\u0080-\uffff])/;

export class Reaching implements Reach {
  readonly own = nothing();
  readonly functions = new Map<string, Noted>();
  readonly loose = nothing();

  /** `behind`: the source's text after the name. */
  note(name: string, use: 'call' | 'probe' | 'read' | 'write', place: Place, behind: () => string): void {
    for (const noted of this.#at(place)) {
      if (name === EVENT) noted.reads.add(EVENT);
      else if (name === VIEW) noted.reads.add(ROOT.exec(behind())?.[1] ?? EVERY);
      else if (use === 'call') noted.calls.add(name);
      else if (use !== 'probe') noted.values.add(name);
    }
  }

  /** 1 */
  #at({ within, depth }: Place): readonly Noted[] {
    const direct = depth === (within === undefined ? 0 : 1);
    const around = within === undefined ? this.own : this.#function(within);
    return direct ? [around] : [around, this.loose];
  }

  #function(name: string): Noted {
    const known = this.functions.get(name) ?? nothing();
    this.functions.set(name, known);
    return known;
  }
}

/** By name; scripts may declare a function again. */
const functionsOf = (sources: readonly Reach[]): ReadonlyMap<string, readonly Noted[]> => {
  const functions = new Map<string, Noted[]>();
  for (const source of sources)
    for (const [name, noted] of source.functions) functions.set(name, [...(functions.get(name) ?? []), noted]);
  return functions;
};

/** By any of them, whether it is run or not. */
export const namesRead = (sources: readonly Reach[]): ReadonlySet<string> =>
  new Set(sources.flatMap(everywhere).flatMap(({ reads }) => [...reads]));

const everywhere = ({ own, functions, loose }: Reach): readonly Noted[] => [own, loose, ...functions.values()];

/** Of each source: what it may read. A source that is refused reads nothing. */
export const readers = (sources: readonly (Reach | undefined)[]): readonly ReadonlySet<string>[] => {
  const all = sources.filter((source) => source !== undefined);
  const functions = functionsOf(all);
  const read = (noted: Noted, met: Set<string>, names: Iterable<string> = noted.calls): string[] => [
    ...noted.reads,
    ...[...names].flatMap((name) => {
      if (met.has(name)) return [];
      met.add(name);
      return (functions.get(name) ?? []).flatMap((called) => read(called, met));
    }),
  ];
  const places = all.flatMap(everywhere);
  const values = new Set(places.flatMap((noted) => [...noted.values]));
  const anyones = values.has(DATA) ? functions.keys() : values;
  const met = new Set<string>();
  const loose = [
    ...read({ ...nothing(), calls: new Set(anyones) }, met),
    ...all.flatMap((each) => read(each.loose, met)),
  ];
  return sources.map((source) => new Set(source ? [...loose, ...read(source.own, new Set())] : []));
};
