/**
 * Document -> Chart: the states, what their content does, and one program for all their expressions. `states.ts` lays out the
 * tree, `content.ts` and its neighbours compile what runs.
 */
import type { Chart } from '../chart.js';
import { advise, check } from '../check.js';
import { recording, type GivenSource } from '../check/sources.js';
import type { Datamodel } from '../datamodel/datamodel.js';
import type { Data, DialectName, Document, State } from '../document.js';
import { defaultLimits } from '../limits.js';
import type { Places } from '../parse/written.js';
import { DocumentError, inOrder, type Problem } from '../position.js';
import { ors } from '../semantics/ors.js';
import type { Semantics } from '../semantics/semantics.js';
import { standard } from '../semantics/standard.js';
import type { Compiler, CompileOptions } from './compiler.js';
import { compileBlock } from './content.js';
import { compileBinding, compileDeclarations } from './data.js';
import { compileStates } from './states.js';

/**
 * Throws DocumentError when the document's structure is wrong, or a script of it cannot be loaded (SCXML 5.8). Expressions
 * that do not parse refuse nothing: they are in `problems` of the chart.
 */
export const compile = (document: Document, datamodel: Datamodel, options: CompileOptions = {}): Chart => {
  const structure = check(document);
  refuse(structure, options);
  const { chart, problems } = translate(document, datamodel, options);
  refuse(problems, options);
  return chart;
};

/**
 * Everything that is wrong with a document, in the order of the text that it was read from; of use for documents that `compile`
 * refuses, too.
 */
export const judge = (
  document: Document,
  places: Places,
  datamodel: Datamodel,
  options: CompileOptions = {},
): readonly Problem[] => {
  const given: GivenSource[] = [];
  const { chart, problems } = translate(document, recording(datamodel, given), options);
  const { inspector } = datamodel;
  const { modules, resources = () => undefined } = options;
  const sources = inspector && { given, inspector, places, resources };
  const told = inspector ? [] : chart.problems;
  return inOrder([...check(document), ...problems, ...told, ...advise(document, modules, sources)]);
};

const dialects: Readonly<Record<DialectName, Semantics>> = { standard, ors };

const refuse = (problems: readonly Problem[], { uri = 'document' }: CompileOptions): void => {
  const errors = problems.filter(({ severity }) => severity === 'error');
  if (errors.length > 0) throw new DocumentError(errors, uri);
};

/** What a wrong document names and does not have is left out. */
const translate = (
  document: Document,
  datamodel: Datamodel,
  options: CompileOptions,
): { chart: Chart; problems: readonly Problem[] } => {
  const semantics = dialects[document.dialect];
  const compiler: Compiler = {
    semantics,
    inspector: datamodel.inspector,
    builder: datamodel.builder(),
    modules: options.modules ?? {},
    resources: options.resources ?? (() => undefined),
    processors: new Set(options.processors),
    invokeTypes: new Set(options.invokeTypes),
    problems: [],
  };
  const inStates = document.children.flatMap(dataOf);
  const late = document.binding === 'late';
  const states = compileStates(document, compiler);
  const steps = [
    compileDeclarations([...document.data, ...inStates]),
    compileBinding(document.data, compiler, true),
    late ? undefined : compileBinding(inStates, compiler, semantics.paramsEverywhere),
    ...document.scripts.map((script) => compileBlock([script], compiler)),
  ];
  const chart: Chart = {
    ...states,
    name: document.name ?? '',
    uri: options.uri ?? document.name ?? 'document',
    semantics,
    late,
    program: compiler.builder.build(),
    load: (session) => {
      for (const step of steps) step?.(session);
    },
    problems: compiler.builder.problems,
    limits: { ...defaultLimits, ...options.limits },
  };
  return { chart, problems: compiler.problems };
};

const dataOf = (state: State): readonly Data[] => [...state.data, ...state.children.flatMap(dataOf)];
