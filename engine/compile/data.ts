/** `<data>`: which variables a session starts with, and when they get their values. SCXML 5.2, 5.3 */
import type { Content, Running } from '../chart.js';
import type { Data as DataElement } from '../document.js';
import type { Data } from '../event.js';
import { FetchError, located, type Place } from '../failure.js';
import { add, type Compiler, type Run } from './compiler.js';
import { inlineData, textData } from './inline.js';

/** Creates the variables, without values: both bindings do it when the document is loaded. SCXML 5.3.3 */
export const compileDeclarations = (data: readonly DataElement[]): Content => {
  const ids = data.map(({ id }) => id);
  return (session) => {
    for (const id of ids) session.scope.declare(id);
  };
};

/** Gives the variables their values, in document order; one that fails stays empty, and error.execution. SCXML 5.3.2 */
export const compileBinding = (
  data: readonly DataElement[],
  compiler: Compiler,
  fromParams: boolean,
): Content | undefined => {
  if (data.length === 0) return undefined;
  const bindings = data.map((element) => ({
    id: element.id,
    run: compileValue(element, compiler),
    place: { element: 'data', at: element.at },
  }));
  return (session) => {
    const params = fromParams ? (session.input.params ?? {}) : {};
    for (const { id, run, place } of bindings) {
      if (Object.hasOwn(params, id)) session.scope.defineData(id, params[id]);
      else bind(session, run, place);
    }
  };
};

const bind = (session: Running, run: Run, place: Place): void => {
  try {
    run(session);
  } catch (error) {
    session.fail(located(error, place));
  }
};

const compileValue = (element: DataElement, compiler: Compiler): Run => {
  const { id, expr, src, inline } = element;
  if (expr) {
    const chunk = add(compiler, 'value', expr);
    return (session) => {
      session.scope.define(id, chunk);
    };
  }
  if (src !== undefined) return compileSource(element, src, compiler);
  if (!inline) return () => undefined;
  return define(id, inlineData(inline));
};

const compileSource = ({ id, at }: DataElement, src: string, compiler: Compiler): Run => {
  const text = compiler.resources(src);
  if (text !== undefined) return define(id, textData(text));
  return () => {
    throw new FetchError(src, `data "${id}": "${src}" cannot be loaded`, { element: 'data', at });
  };
};

const define =
  (id: string, value: Data): Run =>
  (session) => {
    session.scope.defineData(id, value);
  };
