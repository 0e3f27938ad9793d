/**
 * What strategies see of a module: one root of `_genesys`. `../../engine/platform.ts` says what a document may do with it; the models
 * themselves are in `ors/model/`, `platform.ts` puts those of all modules together.
 */
import type { Data } from '../../engine/event.js';
import type { ModuleAction } from '../../engine/modules.js';
import type { Action } from './action.js';

/** What the engine, `check` and dry runs need of a model: no services. */
export interface ModelTable {
  /** `ixn` -> `_genesys.ixn` */
  readonly root: string;
  /** Names that no action of the module has. A call is an effect of the step; `attributes` of the table are empty. */
  readonly functions?: Readonly<Record<string, ModuleAction>>;
  /**
   * Source text of an object literal that runs in the sandbox: functions on the root's view (`this`), and constants such as
   * enumerations, which are there also when no view is. Deterministic; it names nothing but `this`, its arguments and intrinsics.
   */
  readonly library?: string;
}

export interface Model extends ModelTable {
  /**
   * What the session sees now, as plain data. Asked when the session takes an event, if its document reads this root. What has
   * not changed should be the same object as the last time: then nothing is given to the sandbox.
   */
  view(sessionid: string): Readonly<Record<string, Data>>;
  /** Performed as actions of the module are; `attributes.args` is the list of the call's arguments. */
  readonly functions?: Readonly<Record<string, Action>>;
}
