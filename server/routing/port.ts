/**
 * What the rest of the server may ask of routing, and what it is told. `router.ts` decides, `routing.ts` implements this
 * port on a clock. Names are URS's where URS has one.
 *
 * The life of a request: submit -> (selected -> confirm `rejected` ...)* -> ended. A request ends exactly once.
 */

/** `Reserved` is routing's own; the others are what the agent's phone reports. */
export type PhoneState = 'LoggedOut' | 'NotReady' | 'Ready' | 'Ringing' | 'Busy' | 'AfterCallWork';
export type AgentState = PhoneState | 'Reserved';

/** A configured agent. Agents exist before they log in, so that a target can name them. */
export interface Agent {
  readonly id: string;
  readonly dn: string;
  readonly switch: string;
  readonly place: string;
  readonly groups: readonly string[];
}

export interface SubmitRequest {
  /** The effect key `session/version/index`. Submitting a live id again changes nothing and answers its standing. */
  readonly id: string;
  /** Virtual queue, created by its first request. */
  readonly vq: string;
  /** `Name@StatServer.GA` (agent group) or `Id@StatServer.A` (agent); any of them will do. */
  readonly targets: readonly string[];
  /** Larger goes first; default 0. */
  readonly priority?: number;
  /** The time from which the age counts, default now. A request that was in a queue before keeps its place by it. */
  readonly ageStartMs?: number;
  /** Waiting no longer than this, from the submit; default for ever. */
  readonly timeoutMs?: number;
  /** How long a selected agent is kept for the caller; default in the options (URS: 30 s). */
  readonly reserveMs?: number;
}

export interface Selected {
  /** Names this offer in `confirm`. */
  readonly reservation: string;
  readonly agent: string;
  readonly dn: string;
  readonly place: string;
  readonly switch: string;
  /** The target of the request that led to the agent, as submitted, and its type. */
  readonly target: string;
  readonly type: TargetType;
  readonly vq: string;
  readonly priority: number;
  /** Time since `ageStartMs`. */
  readonly waitedMs: number;
  readonly untilMs: number;
}

export type TargetType = 'A' | 'GA';

/** How an offer went. All but `accepted` put the request back at its old place. */
export type OfferOutcome = 'accepted' | 'rejected' | 'timeout' | 'no-answer';

/** `expired`: nobody confirmed within `reserveMs`, ringing not counted; the agent is free again. Submit again with the old age to go on. */
export type Ended =
  | { readonly why: 'accepted' | 'timeout' | 'cancelled' | 'expired' }
  | { readonly why: 'bad-target'; readonly text: string };

export type RoutingEvent = { readonly at: number; readonly id: string } & (
  ({ readonly type: 'selected' } & { readonly selected: Selected }) | ({ readonly type: 'ended' } & Ended)
);

/** Where a request is. `position` counts from 1 within its virtual queue. */
export type Standing =
  | { readonly state: 'waiting'; readonly position: number }
  | { readonly state: 'selected'; readonly selected: Selected }
  | { readonly state: 'ended' };

export interface RouterPort {
  /** From here on every outcome goes to the sink, in order; possibly before the call that caused it returns. */
  start(sink: (event: RoutingEvent) => void): void;
  /** Ends the timer; nothing is decided any more. */
  stop(): void;
  submit(request: SubmitRequest): Standing;
  /** False when there is no such request (any more). A cancelled request frees its reserved agent. */
  cancel(id: string): boolean;
  /** False when the reservation is over: confirmed, cancelled or expired. */
  confirm(reservation: string, outcome: OfferOutcome): boolean;
  /** The phone of an agent reports. An agent that is not configured is an Error: a mistake of the adapter. */
  report(agent: string, state: PhoneState): void;
  standing(id: string): Standing;
  /** Calls waiting in a virtual queue; 0 for one that nobody has used. */
  waiting(vq: string): number;
  agentState(agent: string): AgentState | undefined;
}
