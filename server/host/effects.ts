/**
 * Performs what a saved step wanted, by a table that the compiler holds complete. Outside work is a module's or a processor's;
 * this file moves events between sessions.
 *
 * 1. Nothing that goes wrong here, or in what is called from here, reaches the process: the session is told, and the log.
 */
import type { Effect, InvokeEffect, ModuleEffect, SendEffect } from '../../engine/effect.js';
import { SCXML_PROCESSOR, type Data, type ScxmlEvent } from '../../engine/event.js';
import { toObject } from '../../engine/compile/arguments.js';
import { fromData } from '../../engine/datamodel/data.js';
import type { Log } from '../log.js';
import { messageOf } from '../problems.js';
import type { CallbackUpdate } from '../store/port.js';
import { Invocation } from './invocation.js';
import type { Live } from './live.js';
import type { Action, ActionContext, Module } from './module.js';
import type { Processor } from './processor.js';

/** What performing needs of the host. */
export interface Stage {
  readonly modules: readonly Module[];
  readonly processors: readonly Processor[];
  readonly log: Log;
  /** False when there is no such session. */
  readonly tell: (sessionid: string, event: ScxmlEvent) => boolean;
  readonly invoke: (effect: InvokeEffect, invocation: Invocation, invoker: Live) => void;
  readonly ended: (live: Live, output: Data | undefined) => void;
}

type Table = {
  readonly [K in Effect['type']]: (effect: Extract<Effect, { type: K }>, live: Live, key: string) => void;
};

export class Performer {
  readonly #actions: ReadonlyMap<string, Action>;
  readonly #processors: ReadonlyMap<string, Processor>;

  constructor(private readonly stage: Stage) {
    this.#actions = new Map(
      stage.modules.flatMap(({ namespace, actions }) =>
        Object.entries(actions).map(([name, action]) => [`${namespace} ${name}`, action]),
      ),
    );
    this.#processors = new Map(stage.processors.map((processor) => [processor.type, processor]));
  }

  /** `version` is the number of the step; effect keys are `session/version/index`. */
  perform(live: Live, version: number, effects: readonly Effect[]): void {
    for (const [index, effect] of effects.entries()) {
      const key = `${live.origin.sessionid}/${version}/${index}`;
      const act = this.#table[effect.type] as (effect: Effect, live: Live, key: string) => void;
      try {
        act(effect, live, key);
      } catch (err) {
        this.stage.log.error({ key, effect: effect.type, err }, 'an effect could not be performed');
      }
    }
  }

  /** The change to the callback record that an effect is. */
  project(effect: Effect): Omit<CallbackUpdate, 'at'> | undefined {
    return effect.type === 'module' ? this.#action(effect)?.project?.(effect) : undefined;
  }

  /** The session is over. */
  release(sessionid: string): void {
    for (const { namespace, ended } of this.stage.modules) {
      const released = async (): Promise<void> => ended?.(sessionid);
      released().catch((err: unknown) => {
        this.stage.log.error({ sessionid, module: namespace, err }, 'a module could not let go of a session');
      });
    }
  }

  readonly #table: Table = {
    log: ({ label, value }, { origin: { sessionid, document } }) => {
      this.stage.log.info({ sessionid, uri: document.uri, label, value: fromData(value) }, 'strategy log');
    },
    send: (effect, live) => {
      if (effect.delay > 0)
        live.after(effect, () => {
          this.#send(effect, live);
        });
      else this.#send(effect, live);
    },
    cancel: ({ sendid }, live) => {
      live.unsend(sendid);
    },
    invoke: (effect, live) => {
      const invocation = new Invocation(live, effect.invokeid);
      live.children.set(effect.invokeid, invocation);
      this.stage.invoke(effect, invocation, live);
    },
    uninvoke: ({ invokeid }, live) => {
      live.children.get(invokeid)?.cancel();
      live.children.delete(invokeid);
    },
    forward: ({ invokeid, event }, live) => {
      live.children.get(invokeid)?.tell(event);
    },
    module: (effect, live, key) => {
      const action = this.#action(effect);
      if (action) this.#perform(action, effect, contextOf(live, key));
    },
    done: ({ output }, live) => {
      this.stage.ended(live, output);
    },
  };

  #action({ namespace, name }: ModuleEffect): Action | undefined {
    return this.#actions.get(`${namespace} ${name}`);
  }

  #perform(action: Action, effect: ModuleEffect, context: ActionContext): void {
    const performed = async (): Promise<void> => action.perform(effect, context);
    performed().catch((err: unknown) => {
      this.stage.log.error({ key: context.key, err }, `<${effect.name}> broke`);
      const { requestid } = effect;
      context.raise(action.error, { requestid, error: 'unknown', description: messageOf(err) });
    });
  }

  #send(effect: SendEffect, live: Live): void {
    const { processor, target, event } = effect;
    if (processor === SCXML_PROCESSOR) {
      if (!this.#deliver(target, event, live)) undeliverable(effect, live, `no session answers to "${target ?? ''}"`);
      return;
    }
    const sent = async () => this.#processors.get(processor)?.send(effect);
    sent().catch((error: unknown) => {
      undeliverable(effect, live, `${target ?? ''}: ${messageOf(error)}`);
    });
  }

  /** SCXML C.1.1 */
  #deliver(target: string | undefined, event: ScxmlEvent, live: Live): boolean {
    if (target === undefined) return live.tell(event);
    if (target === '#_parent') return live.origin.invocation?.report(event) ?? false;
    if (target.startsWith('#_scxml_')) return this.stage.tell(target.slice('#_scxml_'.length), event);
    return live.children.get(target.slice('#_'.length))?.tell(event) ?? false;
  }
}

const contextOf = (live: Live, key: string): ActionContext => ({
  sessionid: live.origin.sessionid,
  uri: live.origin.document.uri,
  key,
  raise: (name, data) => live.tell({ name, type: 'platform', data: data && toObject(data) }),
});

/** SCXML 6.2.5 */
const undeliverable = ({ event: { sendid } }: SendEffect, live: Live, reason: string): void => {
  live.tell({ name: 'error.communication', type: 'platform', sendid, data: { reason } });
};
