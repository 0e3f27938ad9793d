/**
 * What the rest of the server may ask of routing, and what it is told. `core.ts` decides, `routing.ts` implements this
 * port on a clock. Names are URS's where URS has one.
 *
 * The life of a request: submit -> (selected -> confirm `rejected` ...)* -> ended. A request ends exactly once.
 */

/** `Reserved` is routing's own; the others are what the agent's phone reports. */
export type PhoneState = 'LoggedOut' | 'NotReady' | 'Ready' | 'Ringing' | 'Busy' | 'AfterCallWork';
export type AgentState = PhoneState | 'Reserved';

/** `voice` is one call at a time, by the state of the phone; others are counted against the agent's capacity. */
export const VOICE = 'voice';

/** A configured agent. Agents exist before they log in, so that a target can name them. */
export interface Agent {
  readonly id: string;
  readonly dn: string;
  readonly switch: string;
  readonly place: string;
  readonly groups: readonly string[];
  /** Skill -> level. */
  readonly skills?: Readonly<Record<string, number>>;
  /** Groups that the agent's place is in (GP). */
  readonly placeGroups?: readonly string[];
  /** Campaign groups (GC). */
  readonly campaigns?: readonly string[];
  /** Interactions at the same time of media other than voice, by medium; default none. */
  readonly capacity?: Readonly<Record<string, number>>;
}

/** A target of a list: how long it is waited for, and what makes it be passed over. The guide, "Configure Multiple Targets". */
export interface TargetStep {
  readonly target: string;
  /** After so long the next target is looked at; default never. */
  readonly timeoutMs?: number;
  /** Whether this target is given up then; default false: the next one is added to it. */
  readonly clear?: boolean;
  /** The target is passed over while this holds; default: while none of its agents is logged in. The last one is never passed over. */
  readonly unless?: Condition;
}

export interface Condition {
  /** A statistic of the target: `statistics.ts`. */
  readonly stat: string;
  readonly operator: '<' | '>';
  readonly value: number;
}

export interface SubmitRequest {
  /** The effect key `session/version/index`. Submitting a live id again changes nothing and answers its standing. */
  readonly id: string;
  /** Virtual queue, created by its first request. */
  readonly vq: string;
  /** Strings: any of them will do, all at once. Steps, at most 15: one after the other. */
  readonly targets: readonly string[] | readonly TargetStep[];
  /** Default `voice`. */
  readonly media?: string;
  /** Larger goes first; default 0. */
  readonly priority?: number;
  /** The priority grows by so much with every interval of the age. */
  readonly increment?: { readonly by: number; readonly everyMs: number };
  /** The time from which the age counts, default now. A request that was in a queue before keeps its place by it. */
  readonly ageStartMs?: number;
  /** Waiting no longer than this, from the submit; default for ever. */
  readonly timeoutMs?: number;
  /** How long a selected agent is kept for the caller; default in the options (URS: 30 s). */
  readonly reserveMs?: number;
  /** Agents that it is never offered to. */
  readonly exclude?: readonly string[];
  /** Nobody serves requests of a service while it is paused. */
  readonly service?: string;
  /** Another virtual queue in which it counts as waiting, for waiting times only: the guide's `_EWT_VQ_TARGET`. */
  readonly pegs?: string;
  /** Only its place: it is offered to nobody until `update` releases it. */
  readonly held?: boolean;
  /** Asks to be told when it is time to dial: see `dialling.ts`. */
  readonly dialling?: Dialling;
}

/** When to dial so that an agent is free when the customer has answered. Whatever comes first. */
export interface Dialling {
  /** From the decision to dial until the customer has answered. */
  readonly dialMs: number;
  /** Of a hundred dials so many are answered; default 85. */
  readonly success?: number;
  /** Expected wait at most this: the older way. */
  readonly etaMs?: number;
  /** Position at most this: the older way. */
  readonly position?: number;
}

export interface Selected {
  /** Names this offer in `confirm`. */
  readonly reservation: string;
  /** Undefined: the target is a place to send calls to (Q, RP, DN), and nobody is reserved. */
  readonly agent: string | undefined;
  readonly dn: string;
  readonly place: string;
  readonly switch: string;
  /** The target of the request that led to the agent, as submitted, and its type. */
  readonly target: string;
  readonly type: TargetType;
  readonly vq: string;
  readonly media: string;
  readonly priority: number;
  /** Time since `ageStartMs`. */
  readonly waitedMs: number;
  readonly untilMs: number;
}

/** Agent, place, groups of agents, places and campaigns; queue, route point and DN. A skill expression has the type GA. */
export type TargetType = 'A' | 'AP' | 'GA' | 'GP' | 'GC' | 'Q' | 'RP' | 'DN';

/** How an offer went. All but `accepted` put the request back at its old place. */
export type OfferOutcome = 'accepted' | 'rejected' | 'timeout' | 'no-answer';

/** `expired`: nobody confirmed within `reserveMs`, ringing not counted; the agent is free again. Submit again with the old age to go on. */
export type Ended =
  | { readonly why: 'accepted' | 'timeout' | 'cancelled' | 'expired' }
  | { readonly why: 'bad-target'; readonly text: string };

export type RoutingEvent = { readonly at: number; readonly id: string } & (
  | { readonly type: 'selected'; readonly selected: Selected }
  | ({ readonly type: 'ended' } & Ended)
  /** Once for each request that asked for it, in the order of service. */
  | { readonly type: 'timetodial'; readonly position: number; readonly ewtMs: number | undefined }
);

/** Where a request is. `position` counts from 1 within its virtual queue. */
export type Standing =
  | { readonly state: 'waiting'; readonly position: number }
  | { readonly state: 'selected'; readonly selected: Selected }
  | { readonly state: 'ended' };

/** What may be changed of a live request; what is left out stays. */
export interface Change {
  readonly priority?: number;
  readonly exclude?: readonly string[];
  /** True: it keeps its place and is offered to nobody; a number of milliseconds: for so long; false: from now on it is. */
  readonly held?: boolean | number;
  readonly targets?: SubmitRequest['targets'];
}

/** `urs`: by the time that calls spent in the queue; `urs2`: by the time that agents spend on calls. */
export type WaitMethod = 'urs' | 'urs2';

/** The expected wait of a new request, and what it was worked out from; in milliseconds. */
export type Wait =
  | { readonly known: true; readonly waitMs: number; readonly perCallMs: number; readonly waiting: number }
  | { readonly known: false; readonly reason: string; readonly waiting: number };

/** Of a virtual queue that was used: who waits in it now, and how many requests went from it to an agent until now. */
interface Activity {
  readonly waiting: number;
  readonly distributed: number;
}

/** Where a live request is in a queue; `position` is 0 while an agent is reserved for it. */
interface QueuePlace {
  readonly position: number;
  readonly waitedMs: number;
}

/** Of a virtual queue: who waits in it now. */
export interface QueueView {
  readonly name: string;
  readonly waiting: number;
  /** How long the one who came first is waiting, by its age; 0 when nobody is. */
  readonly longestMs: number;
}

/** All statistics of an object. */
export interface StatisticRow {
  /** `Sales.GA`, `?English>5.GA`, `VQ_Sales.Q`: `objectOf` in `statistic-object.ts`. */
  readonly key: string;
  /** In the order of `statisticNames`. */
  readonly values: readonly (number | undefined)[];
  /** What StatTimeInReadyState counts from; undefined: nobody is ready. */
  readonly restingSince: number | undefined;
}

export interface RouterPort {
  /** Those who are configured. */
  readonly agents: readonly Agent[];
  /** From here on every outcome goes to the sink, in order; possibly before the call that caused it returns. */
  start(sink: (event: RoutingEvent) => void): void;
  /** Ends the timer; nothing is decided any more. */
  stop(): void;
  submit(request: SubmitRequest): Standing;
  /** False when there is no such request (any more). Throws BadTarget, and changes nothing then. */
  update(id: string, change: Change): boolean;
  /** False when there is no such request (any more). A cancelled request frees its reserved agent. */
  cancel(id: string): boolean;
  /** False when the reservation is over: confirmed, cancelled or expired. */
  confirm(reservation: string, outcome: OfferOutcome): boolean;
  /** The phone of an agent reports. An agent that is not configured is an Error: a mistake of the adapter. */
  report(agent: string, state: PhoneState): void;
  /** How many interactions of a medium other than voice an agent has now. */
  occupy(agent: string, media: string, count: number): void;
  /** Requests of the service are offered to nobody, or are again. */
  pause(service: string, paused: boolean): void;
  standing(id: string): Standing;
  /** Calls waiting in a virtual queue; 0 for one that nobody has used. */
  waiting(vq: string): number;
  /** Undefined for a queue that nobody has used. */
  activity(vq: string): Activity | undefined;
  /** The place of a request in its queue, or in the one it pegs; undefined when it is in no such queue (any more). */
  place(id: string, vq: string): QueuePlace | undefined;
  /** All that were used, in the order of their first use. */
  queues(): readonly QueueView[];
  agentState(agent: string): AgentState | undefined;
  /** From here on the listener is told when the state of an agent has changed, before any outcome that comes with it. */
  watch(listener: (agent: string, state: AgentState) => void): void;
  /** A call that another router or an older way of routing has distributed: counted for the waiting time of a queue, used here or not. */
  peg(vq: string, waitedMs: number): void;
  expectedWait(vq: string, method: WaitMethod): Wait;
  /** Of a target, or of a virtual queue by its name; undefined where there is none, or nothing is known: `statistics.ts`. */
  statistic(object: string, name: string): number | undefined;
  /** What is wrong with asking for it. Undefined: nothing, though it may not be known yet. */
  statisticProblem(object: string, name: string): string | undefined;
  /** Of all that is configured or was used, and of what else is named: objects without problems. */
  statisticRows(more?: Iterable<string>): readonly StatisticRow[];
}
