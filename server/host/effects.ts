/**
 * Performs what a saved step wanted, by a table that the compiler holds complete. Outside work is a module's or a processor's;
 * this file moves events between sessions.
 */
import type { Effect, InvokeEffect, ModuleEffect, SendEffect } from '../../engine/effect.js';
import { SCXML_PROCESSOR, type ScxmlEvent } from '../../engine/event.js';
import { toObject } from '../../engine/compile/arguments.js';
import { fromData } from '../../engine/datamodel/data.js';
import type { Log } from '../log.js';
import type { CallbackUpdate } from '../store/port.js';
import type { Live } from './live.js';
import type { Action, ActionContext, Module } from './module.js';
import type { Processor } from './processor.js';

/** What performing needs of the host. */
export interface Stage {
  readonly modules: readonly Module[];
  readonly processors: readonly Processor[];
  readonly log: Log;
  readonly live: (sessionid: string) => Live | undefined;
  /** False when there is no such session. */
  readonly tell: (sessionid: string, event: ScxmlEvent) => boolean;
  readonly invoke: (effect: InvokeEffect, invoker: Live) => void;
  readonly cancel: (sessionid: string) => void;
  readonly ended: (live: Live, cancelled: boolean) => void;
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
      const act = this.#table[effect.type] as (effect: Effect, live: Live, key: string) => void;
      act(effect, live, `${live.origin.sessionid}/${version}/${index}`);
    }
  }

  /** The change to the callback record that an effect is. */
  project(effect: Effect): Omit<CallbackUpdate, 'at'> | undefined {
    return effect.type === 'module' ? this.#action(effect)?.project?.(effect) : undefined;
  }

  readonly #table: Table = {
    log: ({ label, value }, { origin: { sessionid, uri } }) => {
      this.stage.log.info({ sessionid, uri, label, value: fromData(value) }, 'strategy log');
    },
    send: (effect, live, key) => {
      if (effect.delay > 0)
        live.after(effect, () => {
          this.#send(effect, live, key);
        });
      else this.#send(effect, live, key);
    },
    cancel: ({ sendid }, live) => {
      live.cancel(sendid);
    },
    invoke: (effect, live) => {
      live.children.set(effect.invokeid, '');
      this.stage.invoke(effect, live);
    },
    uninvoke: ({ invokeid }, live) => {
      const child = live.children.get(invokeid);
      live.children.delete(invokeid);
      if (child) this.stage.cancel(child);
    },
    forward: ({ invokeid, event }, live) => {
      const child = live.children.get(invokeid);
      if (child) this.stage.tell(child, event);
    },
    module: (effect, live, key) => {
      this.#action(effect)?.perform(effect, this.#context(live, key));
    },
    done: ({ cancelled }, live) => {
      this.stage.ended(live, cancelled);
    },
  };

  #action({ namespace, name }: ModuleEffect): Action | undefined {
    return this.#actions.get(`${namespace} ${name}`);
  }

  #context({ origin: { sessionid, uri } }: Live, key: string): ActionContext {
    return {
      sessionid,
      uri,
      key,
      raise: (name, data) => this.stage.tell(sessionid, { name, type: 'platform', data: data && toObject(data) }),
    };
  }

  #send(effect: SendEffect, live: Live, key: string): void {
    const { processor, target, event } = effect;
    if (processor !== SCXML_PROCESSOR) {
      this.#processors.get(processor)?.send(effect, this.#context(live, key));
      return;
    }
    const receiver = receiverOf(target, live);
    if (receiver !== undefined && this.stage.tell(receiver, event)) return;
    const reason = `no session answers to "${target ?? ''}"`;
    const { sendid } = event;
    this.stage.tell(live.origin.sessionid, { name: 'error.communication', type: 'platform', sendid, data: { reason } });
  }
}

/** SCXML C.1.1 */
const receiverOf = (target: string | undefined, { origin, children }: Live): string | undefined => {
  if (target === undefined) return origin.sessionid;
  if (target === '#_parent') return origin.invoker?.sessionid;
  if (target.startsWith('#_scxml_')) return target.slice('#_scxml_'.length);
  return children.get(target.slice('#_'.length));
};
