/** The queue module with a router, a store and a clock, as one process has them; `restart` is the next process with the same store. */
import type { ModuleChild, ModuleEffect } from '../../../../../engine/effect.js';
import { virtualClock } from '../../../../../server/clock/virtual.js';
import { Queue } from '../../../../../server/ors/modules/queue.js';
import { queueTable } from '../../../../../server/ors/modules/queue/elements.js';
import type { Agent } from '../../../../../server/routing/port.js';
import { routing } from '../../../../../server/routing/routing.js';
import { memoryStore } from '../../../../../server/store/memory.js';
import type { CallView, RouteRequest, RouteResult, TelephonyPort } from '../../../../../server/voice/port.js';
import { interactionsOf, IXN, network, perform, sessionOf, type Attributes, type Session } from '../bench.js';
import { holdToTable } from '../fields.js';

export const agents = ['alice', 'bob'].map((id, n) => ({
  ...{ id, dn: `700${n + 1}`, switch: 'SIP', place: `P${n + 1}`, groups: ['Billing'] },
}));

export const child = (name: string, attributes: Attributes, ...children: ModuleChild[]): ModuleChild => ({
  name,
  attributes,
  children,
});

export const targets = (...exprs: Attributes[string][]): ModuleChild =>
  child('targets', {}, ...exprs.map((expr) => child('targetid', { expr })));

const toBilling = [targets('Billing@S.GA')];

export const queueRoom = async (answers: Partial<TelephonyPort> = {}, staff: readonly Agent[] = agents) => {
  const clock = virtualClock();
  const store = memoryStore();
  const routes: RouteRequest[] = [];
  const waiting: ((result: RouteResult) => void)[] = [];
  const sessions: Session[] = [];
  const voice = network({
    call: () => ({ parties: [] }) as unknown as CallView,
    holder: async () => 'us',
    stopPlay: async () => ({ ok: true }),
    route(request) {
      routes.push(request);
      return new Promise((resolve) => waiting.push(resolve));
    },
    ...answers,
  });
  const begin = async (session: Session) => {
    sessions.push(session);
    const interactions = interactionsOf(session, { voice, store });
    await interactions.open();
    interactions.add(IXN, '8000', session.context.sessionid);
    session.heard.length = 0;
    const router = routing({ clock, agents: staff });
    const queue = new Queue({ router, clock, store, voice, interactions });
    router.start((event) => {
      queue.report(event);
    });
    return { interactions, router, queue };
  };
  let session = sessionOf();
  let process = await begin(session);

  /** Another action of a session. */
  const other = (sessionid: string, key: string): Session => {
    const made = sessionOf(sessionid, key);
    sessions.push(made);
    return made;
  };
  const act = (name: string, attributes: Attributes, by = session, more: Partial<ModuleEffect> = {}): Promise<void> =>
    perform(process.queue.module, name, by, attributes, more);

  return {
    clock,
    store,
    /** What the network was asked. */
    routes,
    get session() {
      return session;
    },
    get router() {
      return process.router;
    },
    get queue() {
      return process.queue;
    },
    get interactions() {
      return process.interactions;
    },
    ready: (...ids: string[]) => {
      for (const id of ids) process.router.report(id, 'Ready');
      return clock.settle();
    },
    /** The network answers what it was asked first. */
    answer: (result: RouteResult) => {
      waiting.shift()?.(result);
      return clock.settle();
    },
    act,
    other,
    submit: (attributes: Attributes = {}, children = toBilling): Promise<void> =>
      act('submit', { queue: 'VQ', interactionid: IXN, ...attributes }, session, { children }),
    /** Of `_genesys.queue`. */
    call: (name: string, args: Attributes[string][], by = session) => {
      const { model } = process.queue.module;
      const effect = { attributes: { args }, requestid: 'r' } as unknown as ModuleEffect;
      return Promise.resolve(model?.functions?.[name]?.perform(effect, by.context));
    },
    /** Since the last time; all of it is in the table of events. */
    heard: (by = session) => {
      const heard = by.heard.splice(0);
      holdToTable(queueTable, heard);
      return heard.map(([name, data]) => said(name, data));
    },
    async restart() {
      process.router.stop();
      await store.commit(sessions.flatMap(({ writes }) => writes.splice(0)));
      session = session.again();
      process = await begin(session);
    },
  };
};

export type QueueRoom = Awaited<ReturnType<typeof queueRoom>>;

const said = (name: string, data: unknown): string => {
  const { error, resource } = data as { readonly error?: string; readonly resource?: { readonly id: string } };
  return [name, error ?? resource?.id].filter((part) => part !== undefined).join(' ');
};
