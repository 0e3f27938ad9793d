/**
 * A whole contact centre in one process: customers, a telephone network, agents and routing, on one clock. What the
 * demo, the dry run and every scenario test run against. `demo.ts` is one as data.
 */
import type { Clock } from '../../clock.js';
import type { Agent, PhoneState, RouterPort, RoutingEvent } from '../../routing/port.js';
import type { RouterOptions } from '../../routing/offers.js';
import { routing } from '../../routing/routing.js';
import type { ChatPort } from '../chat.js';
import type { TelephonyEvent, TelephonyPort } from '../port.js';
import { Desktop, type AgentScript } from './desktop.js';
import type { CallJournal } from './journal.js';
import { withChats, type Chatters } from './chats.js';
import { simulatedTelephony, type Callers, type NetworkConfig } from './network.js';

type SimulatedAgent = Agent & AgentScript;

/** Everything that can stand in a file. */
export interface CentreData extends Pick<
  NetworkConfig,
  | 'customers'
  | 'routePoints'
  | 'entryPoints'
  | 'prompts'
  | 'applications'
  | 'trunks'
  | 'trunkGroups'
  | 'externalRoutePoints'
> {
  readonly agents: readonly SimulatedAgent[];
  readonly routing?: Partial<RouterOptions>;
}

export interface CentreConfig extends CentreData {
  readonly clock: Clock;
  readonly seed: string;
  /** What contact centres before this one have dialled. */
  readonly journal?: CallJournal;
  /** Everything that happens, in order. */
  readonly log?: (entry: LogEntry) => void;
}

export type LogEntry =
  | { readonly source: 'voice'; readonly event: TelephonyEvent }
  | { readonly source: 'routing'; readonly event: RoutingEvent }
  | {
      readonly source: 'agent';
      readonly event: { readonly at: number; readonly agent: string; readonly state: PhoneState };
    };

export interface ContactCentre {
  readonly telephony: TelephonyPort;
  readonly router: RouterPort;
  readonly chat: ChatPort;
  /** People who call in or write, for a test or a demo. */
  readonly callers: Callers & Chatters;
  /** By agent id: for a test or a demo that steers an agent by hand. */
  readonly desktops: ReadonlyMap<string, Desktop>;
  /** The agents come to work, after both ports were started. */
  open(): void;
  /** The agents leave, calls end, and the ports stop. */
  close(): Promise<void>;
}

export function contactCentre(config: CentreConfig): ContactCentre {
  const { clock, agents, log = () => undefined } = config;
  const router = routing({ clock, agents, ...(config.routing ? { options: config.routing } : {}) });
  const desktops = new Map<string, Desktop>();
  const phones = new Map<string, Desktop>();
  for (const agent of agents) {
    const desktop = new Desktop(
      clock,
      agent,
      (state) => {
        log({ source: 'agent', event: { at: clock.now(), agent: agent.id, state } });
        router.report(agent.id, state);
      },
      (chats) => router.occupy(agent.id, 'chat', chats),
    );
    desktops.set(agent.id, desktop);
    phones.set(agent.dn, desktop);
  }
  const telephony = withChats(
    simulatedTelephony({ ...config, phones, staff: agents }),
    clock,
    (dn) => phones.get(dn)?.chats,
  );
  return {
    telephony: {
      ...telephony,
      start: (sink) =>
        telephony.start((event) => {
          log({ source: 'voice', event });
          sink(event);
        }),
    },
    router: {
      ...router,
      start: (sink) =>
        router.start((event) => {
          log({ source: 'routing', event });
          sink(event);
        }),
    },
    chat: telephony,
    callers: telephony,
    desktops,
    open() {
      for (const desktop of desktops.values()) desktop.begin();
    },
    async close() {
      for (const desktop of desktops.values()) desktop.leave();
      await telephony.stop();
      router.stop();
    },
  };
}
