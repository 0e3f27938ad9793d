/**
 * Document -> Chart: the states, what their content does, and one program for all their expressions. `states.ts` lays out the
 * tree, `content.ts` and its neighbours compile what runs.
 */
import type { Chart } from '../chart.js';
import { check } from '../check.js';
import type { Datamodel } from '../datamodel/datamodel.js';
import type { Data, Document, State } from '../document.js';
import { defaultLimits } from '../limits.js';
import { DocumentError, type Problem } from '../position.js';
import type { Compiler, CompileOptions } from './compiler.js';
import { compileBlock } from './content.js';
import { compileBinding, compileDeclarations } from './data.js';
import { compileStates } from './states.js';

/** Throws DocumentError when the document's structure is wrong, or a script of it cannot be loaded (SCXML 5.8). */
export const compile = (document: Document, datamodel: Datamodel, options: CompileOptions = {}): Chart => {
  const uri = options.uri ?? document.name ?? 'document';
  const problems: Problem[] = check(document).filter(({ severity }) => severity === 'error');
  refuseIfAny(problems, uri);
  const compiler: Compiler = {
    builder: datamodel.builder(),
    modules: options.modules ?? {},
    resources: options.resources ?? (() => undefined),
    processors: new Set(options.processors),
    invokeTypes: new Set(options.invokeTypes),
    problems,
  };
  const inStates = document.children.flatMap(dataOf);
  const late = document.binding === 'late';
  const states = compileStates(document, compiler);
  const steps = [
    compileDeclarations([...document.data, ...inStates]),
    compileBinding(document.data, compiler, true),
    late ? undefined : compileBinding(inStates, compiler, false),
    ...document.scripts.map((script) => compileBlock([script], compiler)),
  ];
  refuseIfAny(problems, uri);
  return {
    ...states,
    name: document.name ?? '',
    uri,
    late,
    program: compiler.builder.build(),
    load: (session) => {
      for (const step of steps) step?.(session);
    },
    problems: compiler.builder.problems,
    limits: { ...defaultLimits, ...options.limits },
  };
};

const refuseIfAny = (problems: readonly Problem[], uri: string): void => {
  if (problems.length > 0) throw new DocumentError(problems, uri);
};

const dataOf = (state: State): readonly Data[] => [...state.data, ...state.children.flatMap(dataOf)];
