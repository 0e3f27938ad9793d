/**
 * The last net, for work that cannot be interrupted: one native operation on big integers can take seconds, and a source may
 * repeat it. A timeout of node:vm ends anything, WebAssembly included, at the price of a thread's start for each call.
 */
import { constants, createContext, Script } from 'node:vm';

const work = new Script('work()', { filename: 'watchdog' });
let context: (ReturnType<typeof createContext> & { work?: () => unknown }) | undefined;

/** Throws when it takes longer; what was called is then in no defined state. */
export const within = <T>(ms: number, call: () => T): T => {
  context ??= createContext(constants.DONT_CONTEXTIFY);
  context.work = call;
  return work.runInContext(context, { timeout: ms }) as T;
};
