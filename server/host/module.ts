/** A module: the actions of one namespace, how the engine reads them, and what performs them. `ors/modules/` has one a file. */
import type { ModuleEffect } from '../../engine/effect.js';
import type { Data } from '../../engine/event.js';
import type { ModuleAction, Modules } from '../../engine/modules.js';
import type { CallbackUpdate } from '../store/port.js';

/** The session that an action is performed for. */
export interface ActionContext {
  readonly sessionid: string;
  readonly uri: string;
  /** `session/version/index`: the same when the effect is performed again; receivers refuse a repeated one. */
  readonly key: string;
  /** How the action ends: an event to the session, with the action's `requestid` in its data. False: the session is over. */
  raise(name: string, data?: Readonly<Record<string, Data | undefined>>): boolean;
}

export interface Action extends ModuleAction {
  /** The event that says it failed. */
  readonly error: string;
  /** Runs after the step that wanted it is saved. What the world does is an event; what it throws is a fault, told as `error`. */
  perform(effect: ModuleEffect, context: ActionContext): void | Promise<void>;
  /** What the action changes in the session's callback record: written with the step itself. */
  project?(effect: ModuleEffect): Omit<CallbackUpdate, 'at'>;
}

/** What the engine needs to read a module's actions, and tools to judge them: no services. */
export interface ModuleTable {
  /** Without `http://`. */
  readonly namespace: string;
  readonly actions: Readonly<Record<string, ModuleAction>>;
}

export interface Module extends ModuleTable {
  readonly actions: Readonly<Record<string, Action>>;
  /** The session is over: what the module holds for it can go. */
  readonly ended?: (sessionid: string) => void | Promise<void>;
}

/** By namespace, as the engine takes them. */
export const moduleTable = (modules: readonly ModuleTable[]): Modules =>
  Object.fromEntries(modules.map(({ namespace, actions }) => [namespace, actions]));
