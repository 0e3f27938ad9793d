/** What a desktop is told of its agent, and what a supervisor sees: bodies as they leave. Times are ISO 8601. */
import type { AgentState } from '../routing/port.js';
import type { UserData } from '../voice/port.js';
import type { Consultation } from './consultations.js';

export interface CallOfAgent {
  readonly id: string;
  readonly media: 'voice' | 'chat';
  readonly state: 'ringing' | 'established' | 'held';
  readonly type: 'inbound' | 'outbound' | 'consult';
  readonly ani: string;
  readonly dnis: string;
  readonly userData: UserData;
  /** Whom the agent asks about it, while it is held. */
  readonly consultation?: Consultation;
}

export interface TextOfChat {
  readonly at: string;
  readonly from: 'customer' | 'agent' | 'us';
  readonly text: string;
}

export interface AgentView {
  readonly id: string;
  readonly dn: string;
  readonly place: string;
  readonly switch: string;
  readonly groups: readonly string[];
  readonly skills: Readonly<Record<string, number>>;
  /** Interactions at the same time, by medium. */
  readonly capacity: Readonly<Record<string, number>>;
  readonly state: AgentState;
  readonly since: string;
  /** Why not ready. */
  readonly reason?: string;
  readonly calls: readonly CallOfAgent[];
}

export type AgentMessage = { readonly at: string } & (
  | { readonly type: 'agent.state'; readonly agent: AgentView }
  | {
      readonly type:
        | 'call.ringing'
        | 'call.established'
        | 'call.held'
        | 'call.consulting'
        | 'call.retrieved'
        | 'call.userdata'
        | 'call.released';
      readonly call: CallOfAgent;
    }
  /** Somebody writes in a chat of the agent, the agent included. */
  | { readonly type: 'chat.text'; readonly id: string; readonly from: 'customer' | 'agent'; readonly text: string }
  /** Routing has reserved the agent. */
  | {
      readonly type: 'offer';
      readonly offer: {
        readonly request: string;
        readonly queue: string;
        readonly target: string;
        readonly media: string;
        readonly until: string;
      };
    }
  /** Both as the strategy has given them: those of CallbackInvitationEvent and CallbackDispositionEvent among them. */
  | {
      readonly type: 'userevent';
      readonly name: string;
      readonly userData: UserData;
      readonly extensions: UserData;
    }
);

/** `ringing`: at an agent; `waiting`: who is outside is there, and no agent. */
export const callStages = ['dialling', 'waiting', 'ringing', 'talking', 'held'] as const;
export type CallStage = (typeof callStages)[number];

/** Numbers are masked. */
export interface CentreView {
  readonly at: string;
  readonly agents: readonly (Omit<AgentView, 'calls'> & { readonly call?: string })[];
  /**
   * Those of the services, and all that were used. `served`: requests that went to an agent, since the process began; `ewt`: seconds by
   * the time that calls spent in the queue, not there when nothing is known of it.
   */
  readonly queues: readonly {
    readonly name: string;
    readonly waiting: number;
    readonly longestMs: number;
    readonly served: number;
    readonly ewt?: number;
  }[];
  readonly calls: readonly {
    readonly id: string;
    readonly media: CallOfAgent['media'];
    readonly type: CallOfAgent['type'];
    readonly state: CallStage;
    readonly ani: string;
    readonly dnis: string;
    readonly since: string;
    readonly held: boolean;
    readonly agents: readonly string[];
  }[];
}

/** What an agent does with a call or chat, beside moving it. */
export type CallOperation = 'answer' | 'reject' | 'release' | 'hold' | 'retrieve';
