/**
 * The one realm of the trusted kernel: made when first needed, for the whole process. It shares V8's heap and thread with the
 * server, so it is for documents that the operator trusts: a source can still exhaust memory or stall in a regular expression.
 */
import { constants, createContext, Script, type Context } from 'node:vm';
import type { Kernel, ProgramTable } from './kernel/kernel.js';
import { kernelText } from './kernel/kernel.js';
import { loadable, type Loadable, type ProgramSources } from './program.js';

export interface Realm {
  readonly context: Context;
  readonly kernel: Kernel;
}

let made: Realm | undefined;

export const realm = (): Realm => (made ??= open());

const open = (): Realm => {
  const context = createContext(constants.DONT_CONTEXTIFY, {
    name: 'ecmascript datamodel',
    codeGeneration: { strings: false, wasm: false },
  });
  const kernel = new Script(kernelText, { filename: 'kernel' }).runInContext(context) as Kernel;
  return { context, kernel };
};

const evaluate = (text: string, { context, kernel }: Realm): ProgramTable => {
  const make = new Script(text, { filename: 'document' }).runInContext(context) as (
    meter: Kernel['meter'],
  ) => ProgramTable;
  return make(kernel.meter);
};

export const load = (sources: ProgramSources, realm: Realm): Loadable<ProgramTable> =>
  loadable(sources, (text) => evaluate(text, realm));
