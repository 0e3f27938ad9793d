/**
 * Expressions, locations and scripts: those that do not parse or are sure to fail, and names that nothing declares. A misspelt name
 * is a ReferenceError when it is read, and an error.execution when it is assigned to (SCXML 5.4, 5.9).
 */
import type { ChunkKind, Datamodel, Inspection, Inspector } from '../datamodel/datamodel.js';
import type { Literal } from '../document.js';
import { didYouMean } from '../parse/suggest.js';
import type { Places } from '../parse/written.js';
import type { Position } from '../position.js';
import { actionsOf } from './actions.js';
import { dataOf, isEcmascriptName } from './identity.js';
import type { Outline } from './outline.js';
import type { Report } from './report.js';

/** A source as the compiler gives it to the datamodel. */
export interface GivenSource {
  readonly kind: ChunkKind;
  readonly text: string;
  readonly at: Position;
}

/** The same datamodel; what its builders are given is noted, in every place. */
export const recording = (datamodel: Datamodel, given: GivenSource[]): Datamodel => ({
  ...datamodel,
  builder() {
    const builder = datamodel.builder();
    return {
      add(kind, text, at) {
        given.push({ kind, text, at });
        return builder.add(kind, text, at);
      },
      problems: builder.problems,
      build: () => builder.build(),
    };
  },
});

export interface Sources {
  readonly given: readonly GivenSource[];
  readonly inspector: Inspector;
  readonly places: Places;
  readonly resources: (src: string) => string | undefined;
}

interface Looked extends GivenSource {
  readonly inspection: Inspection;
  readonly place: (offset: number) => Position;
  /** What a message begins with: a loaded script has lines of its own. */
  readonly line: (offset: number) => string;
}

export const judgeSources = (chart: Outline, sources: Sources, to: Report): void => {
  judgeNames(chart, sources.inspector, to);
  const looked = look(sources);
  for (const { inspection, place, line } of looked)
    for (const { offset, message } of inspection.problems) to.error(place(offset), line(offset) + message);
  const declared = isWhole(chart, sources) ? declaredNames(chart, looked) : undefined;
  if (!declared) return;
  const told = new Set<string>();
  // Locations first: the empty <finalize> of an <invoke> makes a location of what its namelist reads.
  const inTurn = [...looked].sort((a, b) => Number(b.kind === 'location') - Number(a.kind === 'location'));
  for (const source of inTurn) judgeFree(source, declared, told, to);
};

/** Each distinct source is looked at once. */
const look = ({ given, inspector, places }: Sources): Looked[] => {
  const known = new Map<string, Inspection>();
  return given.map((source) => {
    const key = `${source.kind} ${source.text}`;
    const inspection = known.get(key) ?? inspector.inspect(source.kind, source.text);
    known.set(key, inspection);
    const offsets = [...inspection.problems, ...inspection.free].map(({ offset }) => offset);
    const found = offsets.length > 0 ? places(source.at, offsets) : undefined;
    return {
      ...source,
      inspection,
      place: (offset) => found?.get(offset) ?? source.at,
      line: (offset) => (found?.has(offset) ? '' : `line ${lineOf(source.text, offset)} of what is loaded here: `),
    };
  });
};

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split(/\r\n|[\n\r]/).length;

/** SCXML 4.6, 5.3, 5.10 */
const judgeNames = (chart: Outline, { isVariableName }: Inspector, to: Report): void => {
  const ids = dataOf(chart).filter(({ id }) => isEcmascriptName(id));
  const judge = ({ text, at }: Literal): void => {
    if (!isVariableName(text)) to.error(at, `"${text}" cannot be the name of a variable: choose another`);
  };
  ids.forEach(({ id, at }) => judge({ text: id, at }));
  loopNames(chart).forEach(judge);
};

const loopNames = (chart: Outline): Literal[] =>
  actionsOf(chart).flatMap((action) => {
    if (action.kind !== 'foreach') return [];
    return action.index ? [action.item, action.index] : [action.item];
  });

/** False when a script cannot be loaded: then nobody knows what it declares. */
const isWhole = (chart: Outline, { resources }: Sources): boolean =>
  actionsOf(chart).every(
    (action) => action.kind !== 'script' || action.src === undefined || resources(action.src) !== undefined,
  );

/** Undefined when a script does not tell. */
const declaredNames = (chart: Outline, looked: readonly Looked[]): ReadonlySet<string> | undefined => {
  const names = new Set([...dataOf(chart).map(({ id }) => id), ...loopNames(chart).map(({ text }) => text)]);
  for (const { inspection } of looked) {
    if (!inspection.declared) return undefined;
    for (const name of inspection.declared) names.add(name);
  }
  return names;
};

/** The first use of each name in a source, unless `typeof` asks for it there. */
const judgeFree = (source: Looked, declared: ReadonlySet<string>, told: Set<string>, to: Report): void => {
  const { free } = source.inspection;
  const known = new Set(free.filter(({ use }) => use === 'probe').map(({ name }) => name));
  for (const { name, offset, use } of free) {
    if (declared.has(name) || known.has(name)) continue;
    known.add(name);
    const at = source.place(offset);
    const key = `${name} ${at.line}:${at.column}:${source.line(offset)}`;
    if (told.has(key)) continue;
    told.add(key);
    const hint = didYouMean(name, declared, { otherwise: `: add <data id="${name}"/>` });
    const sure = use === 'write' && source.kind === 'location';
    const doing = use === 'write' ? 'assigned to' : 'read';
    to[sure ? 'error' : 'warn'](at, `${source.line(offset)}variable "${name}" is ${doing} and not declared${hint}`);
  }
};
