/**
 * The engine's public face: SCXML text in, XState actor logic out; and the parts, for who steps sessions himself (`parse`,
 * `compile`, `interpret`, `deliver`, `saveSession`). Nothing here reads a clock, a network or a disk.
 */
import { ScxmlLogic, type LogicOptions } from './actor/logic.js';
import type { Chart } from './chart.js';
import { compile } from './compile/compile.js';
import type { CompileOptions } from './compile/compiler.js';
import type { Datamodel } from './datamodel/datamodel.js';
import { ecmascript } from './datamodel/ecmascript/index.js';
import type { IsolatedKernel } from './datamodel/ecmascript/isolated/kernel.js';
import { nullDatamodel } from './datamodel/null.js';
import { defaultLimits } from './limits.js';
import { parse } from './parse/document.js';
import type { PlatformModel } from './platform.js';
import type { Problem } from './position.js';
import { problemsIn } from './problems.js';
import { parseXmlTree } from './parse/xml.js';

export interface ScxmlOptions extends CompileOptions, Omit<LogicOptions, 'child'> {
  /**
   * Runs the document's ECMAScript in the process's own engine, hardened but not isolated: for documents whose author you
   * trust like your own code. Documents of anybody else need `kernel`.
   */
  readonly trusted?: boolean;
  /** Runs the ECMAScript of any other document: `await isolatedKernel({ elapsed: () => performance.now() })`. */
  readonly kernel?: IsolatedKernel;
  /** With `kernel`: documents of one author share a sandbox, those of two never do. All are of one author by default. */
  readonly author?: string;
  /**
   * What a platform adds to ECMAScript: host functions (`__Log`, `toSource`'s counterpart `eval` for data, ...), and `_genesys` with a
   * root for each of these models; `view` says what is in it.
   */
  readonly platform?: readonly PlatformModel[];
}

/**
 * SCXML text as XState actor logic:
 * `const actor = createActor(scxml(text, { trusted: true })).start(); actor.send({ type: 'E', data: { any: 1 } })`.
 * Throws DocumentError with every problem of the document (SCXML 1.0 REC), each with line and column.
 */
export const scxml = (text: string, options: ScxmlOptions): ScxmlLogic => logicOf(text, undefined, options);

const logicOf = (text: string, src: string | undefined, options: ScxmlOptions): ScxmlLogic => {
  const child: LogicOptions['child'] = (src, document) =>
    logicOf(document ?? load(src, options), src, { ...options, trace: undefined, uri: src ?? options.uri });
  return new ScxmlLogic(compileText(text, options), { ...options, child }, text, src);
};

/** Parses, checks and compiles a document with the datamodel that it names. */
export const compileText = (text: string, options: ScxmlOptions): Chart => {
  const document = parse(text, readOptions(options));
  return compile(document, datamodelOf(document.datamodel, options), options);
};

/** Everything that is wrong with a document, in the order of the text, also in the documents that it holds. It is not run. */
export const problemsOf = (text: string, options: Omit<ScxmlOptions, 'trusted'>): readonly Problem[] =>
  problemsIn(text, {
    ...options,
    reading: readOptions(options),
    datamodel: (name) => datamodelOf(name, { ...options, trusted: true }),
  });

const readOptions = ({ uri, limits, resources }: CompileOptions) => ({
  uri,
  resources,
  limits: { document: limits?.document ?? defaultLimits.document },
});

const datamodelOf = (
  name: string,
  { trusted, kernel, author = '', limits, platform, uri }: ScxmlOptions,
): Datamodel => {
  if (name === 'null') return nullDatamodel;
  const { fuel, state } = { ...defaultLimits, ...limits };
  const options = { parseXml: parseXmlTree, fuel, state, platform, uri };
  if (trusted) return ecmascript(options);
  if (kernel) return kernel.datamodel(author, options);
  throw new Error(
    'this document needs a kernel: pass { kernel } with kernel = await isolatedKernel(), or { trusted: true } if you trust ' +
      'its author like your own code',
  );
};

const load = (src: string | undefined, { resources }: ScxmlOptions): string => {
  const text = src === undefined ? undefined : resources?.(src);
  if (text === undefined) throw new Error(`the document "${src ?? ''}" cannot be loaded`);
  return text;
};

export { machineConfig } from './actor/machine.js';
export type { PersistedSnapshot, ScxmlLogic } from './actor/logic.js';
export type { ScxmlSnapshot } from './actor/snapshot.js';
export type { Chart, Hooks, SessionInput, TraceEntry } from './chart.js';
export { fromData, toData } from './datamodel/data.js';
export { isolatedKernel } from './datamodel/ecmascript/isolated/kernel.js';
export type { IsolatedKernel, IsolatedKernelOptions } from './datamodel/ecmascript/isolated/kernel.js';
export type { Effect } from './effect.js';
export type { Data, ScxmlEvent } from './event.js';
export { LimitError, type KernelLimits, type Limits } from './limits.js';
export type { Modules } from './modules.js';
export type { PlatformModel, View } from './platform.js';
export { DocumentError, formatProblem, type Problem } from './position.js';
export { cancel, deliver, interpret } from './step/algorithm.js';
export { restoreSession, saveSession, saveSessionText, type SavedSession } from './step/save.js';
export type { Session } from './step/session.js';
