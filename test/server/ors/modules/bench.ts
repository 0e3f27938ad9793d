/** What the tests of the modules share: effects as the engine makes them, a session that hears events, a network that answers as told. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { ActionContext, Module } from '../../../../server/host/module.js';
import type { CreateCallResult, InteractionId, TelephonyPort } from '../../../../server/voice/port.js';

export interface Session {
  readonly context: ActionContext;
  /** `name` and data of the events it heard. */
  readonly heard: [name: string, data: unknown][];
  /** It hears nothing any more. */
  end(): void;
}

export const sessionOf = (sessionid = 'S', key = `${sessionid}/1/0`): Session => {
  const heard: Session['heard'] = [];
  let alive = true;
  const hear: ActionContext['raise'] = (name, data) => {
    if (alive) heard.push([name, data]);
    return alive;
  };
  return {
    heard,
    end: () => (alive = false),
    context: {
      sessionid,
      key,
      since: 0,
      again: false,
      raise: hear,
      finish: hear,
    },
  };
};

export type Attributes = ModuleEffect['attributes'];

/** Performs an action as the host does; `requestid` is `r`. Rejects with what the action throws. */
export const perform = async (
  { namespace, actions }: Module,
  name: string,
  { context }: Session,
  attributes: Attributes,
  more: Partial<ModuleEffect> = {},
): Promise<void> => {
  const at = { line: 1, column: 1 };
  const bare = { type: 'module', namespace, name, requestid: 'r', params: {}, content: undefined, at } as const;
  await actions[name]?.perform({ ...bare, children: [], attributes, ...more }, context);
};

export const IXN = 'I1' as InteractionId;
export const connected = { connected: true, state: 0, ixn: IXN, leg: 'L1' } as CreateCallResult;

/** Refuses to be asked for what the test has not given. */
export const network = (answers: Partial<TelephonyPort>): TelephonyPort =>
  new Proxy(answers as TelephonyPort, {
    get(target, name: keyof TelephonyPort) {
      if (!(name in target)) throw new Error(`the network was asked to ${name}`);
      return Reflect.get(target, name) as unknown;
    },
  });
