/** An action of a module, as the host performs it: `actions.ts` does. */
import type { ModuleEffect } from '../../engine/effect.js';
import type { Data } from '../../engine/event.js';
import type { ModuleAction } from '../../engine/modules.js';
import type { CallbackUpdate, Write } from '../store/port.js';
import type { Reply } from './port.js';

type EventData = Readonly<Record<string, Data | undefined>>;

/** The session that an action is performed for. */
export interface ActionContext {
  readonly sessionid: string;
  /** `session/version/index`: the same when the effect is performed again; receivers refuse a repeated one. */
  readonly key: string;
  /** When the step wanted it, in milliseconds since the epoch. */
  readonly since: number;
  /**
   * It may have been performed before, by a process that ended before it knew what came of it. What must not be done twice
   * asks the world first; anything else is done with the same key.
   */
  readonly again: boolean;
  /** How often it has asked to be performed again, with `retry`. */
  readonly attempts: number;
  /** Whether the session is not over: what is only for its sake need not begin. */
  readonly isActive: () => boolean;
  /** Tells the session something on the way. `writes` are written with the step that takes it. False: the session is over. */
  raise(name: string, data?: EventData, writes?: readonly Write[]): boolean;
  /** The action has ended, by this event to the session: from the step on that takes it, it is not performed again. */
  finish(name: string, data?: EventData, writes?: readonly Write[]): boolean;
  /** It is performed again after so many milliseconds, by this process or another, whether or not the session is over by then. */
  retry(ms: number): void;
  /** The action has ended, and the session need not hear of it. */
  end(): void;
}

export interface Action extends ModuleAction {
  /** The event that says it failed. */
  readonly error: string;
  /**
   * Runs after the step that wanted it is saved. What the world does is an event; what it throws is a fault, told as `error`.
   * When its promise resolves it has ended, unless it is `lasting`.
   */
  perform(effect: ModuleEffect, context: ActionContext): void | Promise<void>;
  /** It goes on when `perform` has returned, until `finish`. */
  readonly lasting?: true;
  /** All that it does is written with the step (`project`, `answers`) or is lost with the process: it is not done again. */
  readonly passing?: true;
  /** What the action changes in the session's callback record: written with the step itself. */
  project?(effect: ModuleEffect): Omit<CallbackUpdate, 'at'>;
  /** The waiting request that it answers, and how: written with the step itself. */
  answers?(effect: ModuleEffect): { readonly sendid: string; readonly reply: Reply };
}
