/**
 * Everything that is wrong with a document and with those that stand in it to be invoked, each by the rules of its own datamodel; for
 * `problemsOf` of `index.ts`. Nothing is run.
 *
 * 1. All places are in the outermost text.
 */
import { innerDocuments } from './check/inner.js';
import { judge } from './compile/compile.js';
import type { CompileOptions } from './compile/compiler.js';
import type { Datamodel } from './datamodel/datamodel.js';
import type { Inline, Source } from './document.js';
import { read, readRoot, type ParseOptions, type Read } from './parse/document.js';
import { indexer } from './parse/locate.js';
import { placesIn, type Places } from './parse/written.js';
import { inOrder, type Problem } from './position.js';

export interface Judging extends CompileOptions {
  readonly reading: ParseOptions;
  /** By the name that a document gives. */
  readonly datamodel: (name: string) => Datamodel;
}

export const problemsIn = (text: string, judging: Judging): Problem[] => {
  const outer = read(text, judging.reading);
  const told = ({ document, problems, texts }: Read): readonly Problem[] => {
    if (!document) return problems;
    const places = placesIn(text, new Map([...outer.texts, ...texts]));
    const own = judge(document, places, judging.datamodel(document.datamodel), judging);
    return [...problems, ...own, ...innerDocuments(document).flatMap((inline) => inside(inline, places))];
  };
  const inside = (inline: Inline, places: Places): readonly Problem[] => {
    if ('text' in inline) return problemsInside(inline, places, judging);
    return inline.element ? told(readRoot(inline.element, judging.reading)) : [];
  };
  return inOrder(told(outer));
};

/** A document written as text, within CDATA: its places are looked up where that stands (1). */
const problemsInside = ({ text, at }: Source, places: Places, judging: Judging): readonly Problem[] => {
  if (!text.trimStart().startsWith('<')) return [];
  const problems = problemsIn(text, judging);
  const offsetOf = indexer(text);
  const offsets = problems.map((problem) => offsetOf(problem.at));
  const found = places(at, offsets);
  return problems.map((problem, index) =>
    problem.at.included ? problem : { ...problem, at: found.get(offsets[index] ?? 0) ?? at },
  );
};
