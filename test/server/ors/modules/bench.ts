/** What the tests of the modules share: effects as the engine makes them, a session that hears events, a network that answers as told. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { ActionContext, Module } from '../../../../server/host/module.js';
import { createLog } from '../../../../server/log.js';
import { Interactions, type InteractionsOptions } from '../../../../server/ors/interactions.js';
import { memoryStore } from '../../../../server/store/memory.js';
import type { Write } from '../../../../server/store/port.js';
import type { CreateCallResult, InteractionId, TelephonyPort } from '../../../../server/voice/port.js';

export interface Session {
  readonly context: ActionContext;
  /** `name` and data of the events it heard. */
  readonly heard: [name: string, data: unknown][];
  /** What was written with what it heard. */
  readonly writes: Write[];
  /** Milliseconds after which the action wants to be performed again, each time that it did. */
  readonly retries: number[];
  /** Whether the action has ended. */
  readonly isOver: () => boolean;
  /** The same action, as another process performs it again. */
  again(): Session;
  /** It hears nothing any more. */
  end(): void;
}

export const sessionOf = (sessionid = 'S', key = `${sessionid}/1/0`, again = false): Session => {
  const retries: number[] = [];
  const heard: Session['heard'] = [];
  const writes: Write[] = [];
  let alive = true;
  let over = false;
  const hear: ActionContext['raise'] = (name, data, more = []) => {
    if (!alive) return false;
    heard.push([name, data]);
    writes.push(...more);
    return true;
  };
  return {
    heard,
    writes,
    retries,
    isOver: () => over,
    again: () => sessionOf(sessionid, key, true),
    end: () => (alive = false),
    context: {
      sessionid,
      key,
      since: 0,
      again,
      isActive: () => alive,
      get attempts() {
        return retries.length;
      },
      retry(ms) {
        retries.push(ms);
      },
      raise: hear,
      finish(...args) {
        over = true;
        return hear(...args);
      },
      end: () => (over = true),
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
  const action = actions[name];
  await action?.perform({ ...bare, children: [], attributes, ...more }, context);
  if (!action?.lasting) context.end();
};

/** The calls of one session, as it and the store hear of them. */
export const interactionsOf = (session: Session, more: Partial<InteractionsOptions> = {}): Interactions =>
  new Interactions({
    voice: network({}),
    store: memoryStore(),
    tell: (sessionid, { name, data }, writes) =>
      sessionid !== session.context.sessionid || session.context.raise(name, data as Attributes, writes),
    write: async () => undefined,
    isActive: () => session.context.isActive(),
    log: createLog('silent'),
    ...more,
  });

/** Those of an earlier process are known. */
export const openedOf = async (session: Session): Promise<Interactions> => {
  const interactions = interactionsOf(session);
  await interactions.open();
  return interactions;
};

export const IXN = 'I1' as InteractionId;
export const connected = { connected: true, state: 0, ixn: IXN, leg: 'L1' } as CreateCallResult;

/** Refuses to be asked for what the test has not given; without `call` there are no calls, without `deviceAt` no devices. */
export const network = (answers: Partial<TelephonyPort>): TelephonyPort =>
  new Proxy(
    {
      call: () => undefined,
      updateUserData: async () => ({ ok: true }),
      getUserData: () => undefined,
      deviceAt: () => undefined,
      ...answers,
    } as TelephonyPort,
    {
      get(target, name: keyof TelephonyPort) {
        if (!(name in target)) throw new Error(`the network was asked to ${name}`);
        return Reflect.get(target, name) as unknown;
      },
    },
  );
