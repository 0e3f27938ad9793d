/** What both kernels have in common as a `Datamodel`: sources are gathered and judged; a kernel makes the program of them. */
import type { Datamodel, Program, ProgramBuilder } from '../datamodel.js';
import type { PlatformModel } from '../../platform.js';
import { hostedBy, type Hosted } from './hosting.js';
import { inspectorOf } from './inspect.js';
import { Sources, type Source } from './program.js';
import type { ParseXml } from './xml.js';

export interface EcmascriptOptions {
  /** For XML content: it becomes a DOM in the guest (SCXML B.2.1). */
  readonly parseXml: ParseXml;
  /** Loop rounds, calls and the like that one step may take. */
  readonly fuel?: number;
  /** Characters that a session's data may have when they are saved. */
  readonly state?: number;
  /** What a platform adds to the names of SCXML; without it nothing. */
  readonly platform?: readonly PlatformModel[] | undefined;
  /** The document's, for documents that ask. */
  readonly uri?: string | undefined;
}

export interface IsolatedOptions extends EcmascriptOptions {
  /** Called each time that a source runs too long, uses up its memory or breaks its sandbox. */
  readonly breached?: () => void;
}

export const FUEL = 1_000_000;

export const datamodelWith = (
  { platform, uri = '' }: EcmascriptOptions,
  build: (sources: readonly Source[], hosted: Hosted) => Program,
): Datamodel => ({
  builder(): ProgramBuilder {
    const sources = new Sources(platform !== undefined);
    return {
      add: (kind, text, at) => sources.add(kind, text, at),
      problems: sources.problems,
      build: () => build(sources.list, hostedBy(sources.list, platform && { uri, models: platform })),
    };
  },
  inspector: inspectorOf(platform !== undefined),
});
