/**
 * The `ecmascript` datamodel (SCXML B.2) for documents that the operator trusts. `program.ts` makes the document's text, `realm.ts`
 * the realm it runs in, `trusted.ts` the sessions' scopes.
 */
import { ExpressionError, type Datamodel, type Program, type ProgramBuilder } from '../datamodel.js';
import { inspector } from './inspect.js';
import { eventReaders, Sources, type Source } from './program.js';
import { load, realm } from './realm.js';
import { TrustedScope, type GuestFunction, type Shared } from './trusted.js';
import type { ParseXml } from './xml.js';

export interface EcmascriptOptions {
  /** For XML content: it becomes a DOM in the guest (SCXML B.2.1). */
  readonly parseXml: ParseXml;
  /** Loop rounds, calls and the like that one step may take. */
  readonly fuel?: number;
}

const FUEL = 1_000_000;

const refusing =
  (message: string): GuestFunction =>
  () => {
    throw new ExpressionError(message);
  };

const build = (sources: readonly Source[], options: EcmascriptOptions): Program => {
  const { kernel } = realm();
  const { table, refused } = load(sources, realm());
  const functions = sources.map(
    ({ refused: reason }, chunk) => table.sources[chunk] ?? refusing(reason ?? refused.get(chunk) ?? 'refused'),
  );
  const { parseXml, fuel = FUEL } = options;
  const shared: Shared = { kernel, table, functions, readsEvent: eventReaders(sources), parseXml, fuel };
  return {
    usesIn: sources.some(({ rewritten }) => rewritten?.usesIn),
    open: (system) => new TrustedScope(shared, system),
    restore(saved, system) {
      const scope = new TrustedScope(shared, system);
      scope.restore(saved);
      return scope;
    },
  };
};

/** The `ecmascript` datamodel for documents that the operator trusts. SCXML B.2 */
export const ecmascript = (options: EcmascriptOptions): Datamodel => ({
  builder(): ProgramBuilder {
    const sources = new Sources();
    return {
      add: (kind, text, at) => sources.add(kind, text, at),
      problems: sources.problems,
      build: () => build(sources.list, options),
    };
  },
  inspector,
});
