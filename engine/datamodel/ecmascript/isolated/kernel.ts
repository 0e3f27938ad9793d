/**
 * The isolated kernel: for documents of anybody. `pool.ts` holds the sandboxes, `scope.ts` is a session, `quickjs.ts` the engine.
 */
import { defaultKernelLimits, defaultLimits, type KernelLimits } from '../../../limits.js';
import type { Datamodel, Program } from '../../datamodel.js';
import { datamodelWith, FUEL, type IsolatedOptions } from '../datamodel.js';
import type { Hosted } from '../hosting.js';
import { momentsOf, usesIn, type Source } from '../program.js';
import type { Elapsed } from './deadline.js';
import { Pool, type Sandboxes } from './pool.js';
import { IsolatedScope, type Home } from './scope.js';
import type { Shared } from './shared.js';

export interface IsolatedKernelOptions {
  readonly limits?: Partial<KernelLimits>;
  /**
   * A monotonic clock in milliseconds, `() => performance.now()`. Without it time is counted in work that the sources do: the
   * same on every machine, and only about the milliseconds that the limits say.
   */
  readonly elapsed?: Elapsed;
}

export interface IsolatedKernel {
  /** The ecmascript datamodel in the sandbox of an author. */
  datamodel(author: string, options: IsolatedOptions): Datamodel;
  /** Resolves when fresh sandboxes are ready again, after one broke or was opened for a new author. */
  ready(): Promise<void>;
  /** How many there are. */
  sandboxes(): Sandboxes;
  /** Lets go of all memory. Sessions end with an error when they are used again. */
  close(): void;
}

/** Opens the sandboxes that the first documents will run in. */
export const isolatedKernel = async ({ limits, elapsed }: IsolatedKernelOptions = {}): Promise<IsolatedKernel> => {
  const pool = await Pool.open({ limits: { ...defaultKernelLimits, ...limits }, elapsed });
  return {
    datamodel: (author, options) =>
      datamodelWith(options, (sources, hosted) => program(pool, author, sources, hosted, options)),
    ready: () => pool.ready(),
    sandboxes: () => pool.sandboxes(),
    close: () => {
      pool.close();
    },
  };
};

/** A literal, or the constructor by its name. */
const BIGINT = /\b0x[\da-f_]+n\b|\dn\b|BigInt/i;

const program = (
  pool: Pool,
  author: string,
  sources: readonly Source[],
  { text: host, roots }: Hosted,
  { parseXml, fuel = FUEL, state = defaultLimits.state, breached }: IsolatedOptions,
): Program => {
  const bigints = sources.some(({ rewritten }) => rewritten !== undefined && BIGINT.test(rewritten.text));
  const moments = momentsOf(sources, roots);
  const eventIsRead = moments.readsEvent.includes(true);
  const shared: Shared = { sources, host, ...moments, eventIsRead, roots, bigints, parseXml, fuel, state, breached };
  const home: Home = {
    domain: (again) => pool.domain(author, again),
    relieve: (domain, needed) => {
      pool.relieve(domain, needed);
    },
  };
  return {
    usesIn: usesIn(sources),
    views: roots,
    open: (system) => new IsolatedScope(home, shared, system),
    restore: (saved, system) => new IsolatedScope(home, shared, system, saved),
  };
};
