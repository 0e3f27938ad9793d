/**
 * What a platform adds to documents' ECMAScript: `_genesys`, an object with one root for each module that has a model, and the host
 * functions of ORS (`datamodel/ecmascript/host-names.ts`). Both are there only where `platform` is given, for documents that name them.
 *
 * 1. `_genesys` is read-only, and shows one moment: the view that comes with an event, for all of the step that takes it. Where none
 *    comes (a session that has been restored and has taken no event, a run without a host) its roots are empty.
 * 2. Nothing is asked from inside a step: functions either run in the sandbox on the view, or are effects.
 */
import type { Data } from './event.js';

export interface PlatformModel {
  /** `ixn` -> `_genesys.ixn` */
  readonly root: string;
  /** Whose effects the functions are: the module's namespace, without `http://`. */
  readonly namespace: string;
  /** Calls that become ModuleEffects of that name, with `{ args: [...] }` as attributes; undefined to the document. */
  readonly functions: readonly string[];
  /** Source text of an object literal: functions on the view (`this`), and constants. What the view has goes before. */
  readonly library: string | undefined;
}

/** Of a root, asked when a source may read it: the same object as before says that nothing has changed in it. */
export type View = (root: string) => Readonly<Record<string, Data>> | undefined;
