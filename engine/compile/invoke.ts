/** `<invoke>`: its arguments are evaluated at the end of the macrostep that entered its state. SCXML 6.4 */
import type { ChartInvoke, ChartState, Content, Running } from '../chart.js';
import type { Invoke } from '../document.js';
import { fromData, toData } from '../datamodel/data.js';
import { isScxmlInvoke, SCXML_INVOKE } from '../event.js';
import { ContentError, located, type Place } from '../failure.js';
import { contentValue, literalOr, namelistPairs, paramPairs, type Evaluate } from './arguments.js';
import { add, type Compiler } from './compiler.js';
import { compileBlock } from './content.js';
import { writeTo } from './location.js';

export const compileInvoke = (
  invoke: Invoke,
  index: number,
  state: () => ChartState,
  compiler: Compiler,
): ChartInvoke => {
  const place: Place = { element: 'invoke', at: invoke.at };
  const idOf = compileId(invoke, place, state, compiler);
  const kind = literalOr(compiler, invoke.type, invoke.typeexpr);
  const src = literalOr(compiler, invoke.src, invoke.srcexpr);
  const namelist = namelistPairs(compiler, invoke.namelist);
  const params = paramPairs(compiler, invoke.params);
  const content = contentValue(compiler, invoke.content);
  const evaluate = (session: Running): void => {
    const invokeid = idOf(session);
    const effect = {
      type: 'invoke',
      invokeid,
      kind: kindOf(kind(session), compiler, place),
      src: src(session),
      params: Object.fromEntries([...namelist(session), ...params(session)]),
      content: content?.(session),
    } as const;
    session.invocations.set(invokeid, { invokeid, state: state(), invoke: compiled });
    session.effects.push(effect);
  };
  const compiled: ChartInvoke = {
    index,
    autoforward: invoke.autoforward,
    finalize: compileFinalize(invoke, compiler),
    at: invoke.at,
    start: (session) => {
      try {
        evaluate(session);
      } catch (error) {
        session.fail(located(error, place));
      }
    },
  };
  return compiled;
};

/** `stateid.platformid` unless the author gave one. SCXML 6.4.1 */
const compileId = (invoke: Invoke, place: Place, state: () => ChartState, compiler: Compiler): Evaluate<string> => {
  const { id, idlocation } = invoke;
  if (id !== undefined) return () => id;
  const location = idlocation && add(compiler, 'location', idlocation);
  return (session) => {
    const generated = session.nextId(state().id);
    if (location !== undefined) writeTo(location, generated, session, place);
    return generated;
  };
};

const kindOf = (type: string | undefined, compiler: Compiler, place: Place): string => {
  if (type === undefined || isScxmlInvoke(type)) return SCXML_INVOKE;
  if (compiler.invokeTypes.has(type)) return type;
  throw new ContentError(`invoke type "${type}" is not supported here`, place);
};

/** An empty `<finalize>` copies what the event carries into the locations of `namelist` and `<param>`. SCXML 6.5.2 */
const compileFinalize = (invoke: Invoke, compiler: Compiler): Content | undefined => {
  if (!invoke.finalize || invoke.finalize.length > 0) return compileBlock(invoke.finalize ?? [], compiler);
  const locations = [
    ...invoke.namelist.map((source) => ({ name: source.text, source })),
    ...invoke.params.flatMap(({ name, location }) => (location ? [{ name, source: location }] : [])),
  ].map(({ name, source }) => ({ name, location: add(compiler, 'location', source) }));
  const place: Place = { element: 'finalize', at: invoke.at };
  return (session) => {
    const data = fromData(session.event?.data);
    if (data === null || typeof data !== 'object') return;
    for (const { name, location } of locations) {
      if (!Object.hasOwn(data, name)) continue;
      try {
        writeTo(location, toData((data as Record<string, unknown>)[name]), session, place);
      } catch (error) {
        session.fail(located(error, place));
      }
    }
  };
};
