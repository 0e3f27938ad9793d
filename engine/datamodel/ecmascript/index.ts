/**
 * The `ecmascript` datamodel (SCXML B.2) for documents that the operator trusts. `program.ts` makes the document's text, `realm.ts`
 * the realm it runs in, `trusted.ts` the sessions' scopes. `isolated/` is the same for all other documents.
 */
import { defaultLimits } from '../../limits.js';
import { ExpressionError, type Datamodel, type Program } from '../datamodel.js';
import { datamodelWith, FUEL, type EcmascriptOptions } from './datamodel.js';
import type { Hosted } from './hosting.js';
import { momentsOf, usesIn, type Source } from './program.js';
import { load, realm } from './realm.js';
import type { GuestFunction } from './kernel/kernel.js';
import { TrustedScope, type Shared } from './trusted.js';

const refusing =
  (message: string): GuestFunction =>
  () => {
    throw new ExpressionError(message);
  };

const build = (
  sources: readonly Source[],
  { text: host, roots }: Hosted,
  { parseXml, fuel = FUEL, state = defaultLimits.state }: EcmascriptOptions,
): Program => {
  const { kernel } = realm();
  const { made: table, refused } = load({ sources, host }, realm());
  const functions = sources.map(
    ({ refused: reason }, chunk) => table.sources[chunk] ?? refusing(reason ?? refused.get(chunk) ?? 'refused'),
  );
  const places = host === undefined ? undefined : sources.map(({ at }) => at);
  const shared: Shared = {
    kernel,
    table,
    functions,
    ...momentsOf(sources, roots),
    places,
    roots,
    parseXml,
    fuel,
    state,
  };
  return {
    usesIn: usesIn(sources),
    views: roots,
    open: (system) => new TrustedScope(shared, system),
    restore(saved, system) {
      const scope = new TrustedScope(shared, system);
      scope.restore(saved);
      return scope;
    },
  };
};

/** The `ecmascript` datamodel for documents that the operator trusts. SCXML B.2 */
export const ecmascript = (options: EcmascriptOptions): Datamodel =>
  datamodelWith(options, (sources, hosted) => build(sources, hosted, options));
