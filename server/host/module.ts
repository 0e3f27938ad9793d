/** A module: the actions of one namespace, how the engine reads them, and what performs them. `ors/modules/` has one a file. */
import type { ModuleAction, Modules } from '../../engine/modules.js';
import type { Action } from './action.js';
import type { Model, ModelTable } from './model.js';

export type { Action, ActionContext } from './action.js';

/** What the engine needs to read a module's actions, and tools to judge them: no services. */
export interface ModuleTable {
  /** Without `http://`. */
  readonly namespace: string;
  readonly actions: Readonly<Record<string, ModuleAction>>;
  /** What strategies hear of it: event name -> fields of `_event.data`; one that is not always there ends in `?`. */
  readonly events?: Readonly<Record<string, readonly string[]>>;
  /** What `error` may say in its error events: by event. `unknown` is said besides, of what broke; `<...>` stands for many. */
  readonly errors?: Readonly<Record<string, readonly string[]>>;
  /** What strategies see of it: a root of `_genesys`. */
  readonly model?: ModelTable;
}

export interface Module extends ModuleTable {
  readonly actions: Readonly<Record<string, Action>>;
  readonly model?: Model;
  /** The host has begun again what an earlier process had left to do; before anything new comes from outside. */
  readonly opened?: () => Promise<void>;
  /** The session is over: what the module holds for it can go. */
  readonly ended?: (sessionid: string) => void | Promise<void>;
}

/** By namespace, as the engine takes them. */
export const moduleTable = (modules: readonly ModuleTable[]): Modules =>
  Object.fromEntries(modules.map(({ namespace, actions }) => [namespace, actions]));
