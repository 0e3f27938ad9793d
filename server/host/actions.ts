/**
 * Performs the actions of modules, and hears how they end. `effects.ts` has the entries of the outbox that they are.
 *
 * 1. What a module throws reaches neither the process nor the host: the session is told, and the log.
 * 2. An action ends once: with `finish`, `end`, `retry` (until it is performed again), or, unless it is lasting, when it has been performed.
 */
import { toObject } from '../../engine/compile/arguments.js';
import type { ModuleEffect } from '../../engine/effect.js';
import type { ScxmlEvent } from '../../engine/event.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { Write } from '../store/port.js';
import { delivery, type Delivery } from './delivery.js';
import type { Directory } from './directory.js';
import type { Action, ActionContext, Module } from './module.js';

export interface ActionsOptions {
  readonly modules: readonly Module[];
  readonly log: Log;
  readonly directory: Directory;
  /** False when there is no such session. */
  readonly tell: (sessionid: string, delivery: Delivery) => boolean;
}

/** An action as an entry of the outbox. */
interface Acting extends Pick<ActionContext, 'key' | 'since' | 'again' | 'attempts'> {
  /** The entry ends with this event to the session. */
  readonly finish: (event: ScxmlEvent, writes: readonly Write[] | undefined) => boolean;
  /** The entry stays, and is performed again after so many milliseconds. */
  readonly retry: (ms: number) => void;
  /** The entry ends. */
  readonly end: () => void;
  /** It has been performed. */
  readonly settled: () => void;
}

export class Actions {
  readonly #actions: ReadonlyMap<string, Action>;

  constructor(private readonly options: ActionsOptions) {
    this.#actions = new Map(options.modules.flatMap(actionsOf));
  }

  action({ namespace, name }: ModuleEffect): Action | undefined {
    return this.#actions.get(`${namespace} ${name}`);
  }

  lasts(effect: ModuleEffect): boolean {
    return this.action(effect)?.passing !== true;
  }

  perform(effect: ModuleEffect, sessionid: string, { key, since, again, attempts, settled, ...acting }: Acting): void {
    let open = true;
    const told = this.#told(sessionid);
    const context: ActionContext = {
      ...told,
      key,
      since,
      again,
      attempts,
      retry: (ms) => {
        if (!open) return;
        open = false;
        acting.retry(ms);
      },
      finish: (name, data, writes) => {
        if (!open) return told.raise(name, data, writes);
        open = false;
        return acting.finish(eventOf(name, data), writes);
      },
      end: () => {
        if (!open) return;
        open = false;
        acting.end();
      },
    };
    this.#run(effect, context, () => {
      settled();
      if (this.action(effect)?.lasting !== true) context.end();
    });
  }

  /** All that it does is written with its step, or is lost with the process. */
  pass(effect: ModuleEffect, sessionid: string, key: string, since: number): void {
    const nothing = (): void => undefined;
    const told = this.#told(sessionid);
    const once = { again: false, attempts: 0, retry: nothing, end: nothing };
    this.#run(effect, { ...told, ...once, key, since, finish: told.raise }, nothing);
  }

  /** The session is over. */
  release(sessionid: string): void {
    for (const { namespace, ended } of this.options.modules) {
      const released = async (): Promise<void> => ended?.(sessionid);
      released().catch((err: unknown) => {
        this.options.log.error({ sessionid, module: namespace, err }, 'a module could not let go of a session');
      });
    }
  }

  #told(sessionid: string): Pick<ActionContext, 'sessionid' | 'isActive' | 'raise'> {
    const { tell, directory } = this.options;
    return {
      sessionid,
      isActive: () => directory.has(sessionid),
      raise: (name, data, writes) => tell(sessionid, delivery(eventOf(name, data), writes)),
    };
  }

  #run(effect: ModuleEffect, context: ActionContext, ended: () => void): void {
    const action = this.action(effect);
    const performed = async (): Promise<void> => action?.perform(effect, context);
    performed()
      .catch((err: unknown) => {
        this.options.log.error({ key: context.key, err }, `<${effect.name}> broke`);
        const { requestid } = effect;
        context.finish(action?.error ?? '', { requestid, error: 'unknown', description: messageOf(err) });
      })
      .finally(ended);
  }
}

/** Those that strategies write as elements, and those that they call. */
const actionsOf = ({ namespace, actions, model }: Module): [name: string, action: Action][] => {
  const { functions = {} } = model ?? {};
  const twice = Object.keys(functions).find((name) => name in actions);
  if (twice !== undefined) throw new Error(`module ${namespace} has an action and a function "${twice}": rename one`);
  return Object.entries({ ...functions, ...actions }).map(([name, action]) => [`${namespace} ${name}`, action]);
};

const eventOf = (name: string, data: Parameters<ActionContext['raise']>[1]): ScxmlEvent => ({
  name,
  type: 'platform',
  data: data && toObject(data),
});
