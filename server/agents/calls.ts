/** The calls that there are, and which agents are in each, from what the network tells. `agents.ts` tells the agents. */
import type { CallView, InteractionId, LegId, TelephonyEvent, TelephonyPort, UserData } from '../voice/port.js';
import type { CallOfAgent, CallStage } from './message.js';

interface Presence {
  readonly agent: string;
  state: 'ringing' | 'established';
}

export interface LiveCall {
  readonly ixn: InteractionId;
  readonly sinceMs: number;
  readonly agents: Map<LegId, Presence>;
  /** Who is outside is in the call. */
  isConnected: boolean;
  /** As it was last seen: the network has forgotten a call when it tells that the last leg is released. */
  seen: { readonly view: CallView; readonly userData: UserData };
}

const NOTHING = { view: { type: 'inbound', ani: '', dnis: '', held: false, parties: [] }, userData: {} } as const;

export class Calls {
  readonly #live = new Map<InteractionId, LiveCall>();

  constructor(
    readonly voice: Pick<TelephonyPort, 'call' | 'getUserData'>,
    readonly agentAt: (dn: string) => string | undefined,
  ) {}

  get live(): Iterable<LiveCall> {
    return this.#live.values();
  }

  of(agent: string): CallOfAgent[] {
    return [...this.#live.values()].flatMap((call) =>
      [...call.agents.values()].filter((each) => each.agent === agent).map((each) => bodyOf(call, each)),
    );
  }

  /** The first call of each agent who has one. */
  byAgent(): Map<string, InteractionId> {
    const pairs = [...this.#live.values()].flatMap(({ ixn, agents }) =>
      [...agents.values()].map(({ agent }): [string, InteractionId] => [agent, ixn]),
    );
    return new Map(pairs.reverse());
  }

  /** Before anybody is told: the call as it is now, from its first event to its last. */
  see({ ixn, at, ...event }: TelephonyEvent): LiveCall {
    const call = this.#live.get(ixn) ?? begun(ixn, at);
    const view = this.voice.call(ixn);
    if (event.type === 'arrived' || event.type === 'established' || view?.media === 'chat') call.isConnected = true;
    if (view) call.seen = { view, userData: this.voice.getUserData(ixn) ?? {} };
    if (event.type === 'deleted') this.#live.delete(ixn);
    else this.#live.set(ixn, call);
    return call;
  }

  /** Whom an event is about who is at this leg: a phone that rings, was answered, or has come from another call. */
  meet(
    call: LiveCall,
    event: TelephonyEvent & { readonly type: 'ringing' | 'established' | 'joined' },
  ): Presence | undefined {
    const state = event.type === 'ringing' ? 'ringing' : 'established';
    const known = call.agents.get(event.leg);
    if (known) known.state = state;
    if (known || event.to.kind === 'number') return known;
    const agent = this.agentAt(event.to.value);
    if (agent === undefined) return undefined;
    const presence: Presence = { agent, state };
    call.agents.set(event.leg, presence);
    return presence;
  }
}

const begun = (ixn: InteractionId, sinceMs: number): LiveCall => ({
  ixn,
  sinceMs,
  agents: new Map(),
  isConnected: false,
  seen: NOTHING,
});

/** How far it has come. */
export const stageOf = ({ seen, agents, isConnected }: LiveCall): CallStage => {
  const states = [...agents.values()].map(({ state }) => state);
  if (seen.view.held) return 'held';
  if (states.includes('established')) return 'talking';
  if (states.includes('ringing')) return 'ringing';
  return isConnected ? 'waiting' : 'dialling';
};

export const bodyOf = ({ ixn, seen }: LiveCall, { state }: Presence): CallOfAgent => {
  const { type, ani, dnis, held } = seen.view;
  return {
    id: ixn,
    media: seen.view.media ?? 'voice',
    state: held && state === 'established' ? 'held' : state,
    ...{ type, ani, dnis },
    userData: seen.userData,
  };
};
