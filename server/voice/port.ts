/**
 * What the server may ask of a telephone network, and what it is told. `simulated/` implements it; a SIP stack and an
 * Asterisk adapter will. The words are T-Library's and the Callback guide's.
 *
 * 1. Every outcome of a call is data. A rejected promise means that the adapter itself broke.
 * 2. A request whose `requestId` came before is not carried out again: it answers what the first one answers.
 * 3. Each leg that is announced (`dialing`, `arrived`, `ringing`, `joined`) is `released` once; the last event of all is `deleted`, once.
 * 4. Nothing hangs: when an interaction ends, whatever was under way on it answers `gone`.
 * 5. A process may end and another take its place: what the first one asked for, the other can ask about (`status`, `holder`).
 */
import { CallState } from './call-state.js';

export { CallState };

/** One call, of one leg or more. It stays the same when it is routed; of two that become one, one stays. */
export type InteractionId = string & { readonly __brand: 'interaction' };
export type LegId = string & { readonly __brand: 'leg' };

/** Attached data. */
export type UserData = Readonly<Record<string, string | number | boolean | Readonly<Record<string, unknown>>>>;

export type Address =
  | { readonly kind: 'number'; readonly value: string }
  | { readonly kind: 'dn' | 'routePoint' | 'trunkGroup' | 'queue'; readonly value: string; readonly switch?: string };

/** Call progress detection. */
export interface CpdOptions {
  /** `_call_timeguard_timeout`: without a result by then the answer counts as human. Milliseconds from the answer. */
  readonly timeGuardMs: number;
  /** SIP Server's am-detected = connect: the call to an answering machine stays up, so that a message can be left. */
  readonly keepOnMachine: boolean;
}

/** ISCC's implicit reservation: the agent is kept for this call while it is on its way to the agent's switch. */
export interface Reservation {
  /** `iscc-ar-duration`, in milliseconds: a call that comes later is not put through. */
  readonly durationMs: number;
  /** Who and where that has to be, where it is named: `iscc-ar-agent-id`, `iscc-ar-place`. */
  readonly agent?: string;
  readonly place?: string;
  /** `iscc-ar-priority`: takes the agent from a reservation of lower priority; default 0. */
  readonly priority?: number;
}

export interface CreateCallRequest {
  /** The effect key `session/version/index`. */
  readonly requestId: string;
  /** A route point, a trunk group that the network has, or the DN of an agent, who is called first. */
  readonly from: Address;
  readonly to: Address;
  /** Dialled before the number: `_prefix_dial_out`. */
  readonly prefix?: string;
  /** `_ixn_createcall_timeout`, in milliseconds; 32 s is the default and the recommended maximum. */
  readonly ringTimeoutMs: number;
  /** Without it the call is connected as soon as anything answers. */
  readonly cpd?: CpdOptions;
  /** The number to show to the called party: CPNDigits. */
  readonly displayNumber?: string;
  readonly userData?: UserData;
  /** The call about which `from`, or we, ask somebody: a consultation. It ends with the call of an agent who asks. */
  readonly parent?: InteractionId;
  /** Of the agent who is called. */
  readonly reservation?: Reservation;
}

export interface Cause {
  readonly text: string;
  /** SIP status that says the same. */
  readonly sip?: number;
}

/** There is an interaction only while a call is up: a plugin gets `_interaction_id` undefined otherwise. */
export type CreateCallResult =
  | { readonly connected: true; readonly state: 0 | 8 | 9; readonly ixn: InteractionId; readonly leg: LegId }
  | NotConnected;

export interface NotConnected {
  readonly connected: false;
  readonly state: CallState;
  readonly cause: Cause;
  /**
   * How far a call was that ended with the process that had dialled it, and of which nobody knows more: the phone may have rung,
   * or cannot have. `state` is SystemError then.
   */
  readonly lost?: 'dialling' | 'ringing';
}

/** What the network knows of a request to call. */
type DialStatus =
  /** It has not come, or did not get as far as a call: it may be sent. */
  | { readonly state: 'unknown' }
  /** Being dialled, or connected: `createCall` with this id answers its result. */
  | { readonly state: 'live' }
  | { readonly state: 'over'; readonly result: NotConnected };

export interface Refusal {
  readonly ok: false;
  readonly code:
    | 'gone'
    | 'not-connected'
    | 'held'
    | 'not-held'
    | 'treating'
    | 'routed'
    | 'no-answer'
    | 'busy'
    | 'rejected'
    | 'unreachable'
    | 'bad-argument';
  readonly text: string;
}
export type OpResult<T = unknown> = ({ readonly ok: true } & T) | Refusal;

export type PlayResult = OpResult<{ readonly ended: 'done' | 'stopped' }>;
/** `agentLeg` is there when someone answered. */
export type RouteResult = OpResult<{ readonly agentLeg?: LegId }>;

export interface Prompt {
  /** A sound file; or what the adapter itself can say: `text:`, `number:`, `announcement:`, `user-announcement:`, `tone:`. */
  readonly file: string;
  readonly language?: string;
  /** The first key that is pressed ends it, where keys are collected. */
  readonly interrupt?: boolean;
  /** am-beep-detection: an answering machine hears it after its beep. Anyone else hears it at once. */
  readonly startOnBeep?: boolean;
  /** Again and again until it is stopped. */
  readonly loop?: boolean;
}

interface PlayRequest {
  readonly requestId: string;
  readonly ixn: InteractionId;
  readonly prompt: Prompt;
}

/** Which keys count, each a character of a text, and for how long, in milliseconds from the end of the prompts. */
export interface DigitInput {
  readonly maxDigits?: number;
  readonly term?: string;
  readonly abort?: string;
  readonly ignore?: string;
  readonly backspace?: string;
  readonly reset?: string;
  /** Until the first key, and from one to the next. */
  readonly startMs?: number;
  readonly digitMs?: number;
  readonly totalMs: number;
}

interface CollectRequest {
  readonly requestId: string;
  readonly ixn: InteractionId;
  /** Heard before, in turn. */
  readonly prompts: readonly Prompt[];
  readonly input: DigitInput;
}
export type CollectResult = OpResult<{
  readonly ended: 'max' | 'term' | 'abort' | 'timeout' | 'stopped';
  /** Without the key that ended it. */
  readonly digits: string;
}>;

/** A VoiceXML application, or whatever else the adapter's media server runs on a call. */
interface ApplicationRequest {
  readonly requestId: string;
  readonly ixn: InteractionId;
  readonly uri: string;
  /** Which device runs it; default the adapter's choice. */
  readonly device?: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}
/** `result`: what it returns, by name. */
export type ApplicationResult = OpResult<{
  readonly ended: 'done' | 'stopped';
  readonly result: Readonly<Record<string, unknown>>;
}>;

export interface RouteRequest {
  readonly requestId: string;
  readonly ixn: InteractionId;
  readonly to: Address;
  readonly ringTimeoutMs: number;
  /** `_ixn_redirect_confirm`: wait for the answer. False: ok at once, and what becomes of it is the other side's. */
  readonly confirm: boolean;
  /** The number to show there: CPNDigits. */
  readonly displayNumber?: string;
  /** Attached before it rings. */
  readonly userData?: UserData;
  /** Of the agent at `to`. */
  readonly reservation?: Reservation;
}

/** Who is in a call: the customer, the route point where it waits, an agent; on its way to the agent's switch, an external route point. */
export interface CallParty {
  readonly leg: LegId;
  readonly device: string;
  readonly devicetype: 'routepoint' | 'queue' | 'agent' | 'unknown';
}

/** What the network knows of a call, for the object model of strategies. */
export interface CallView {
  /** A call, unless it says otherwise. `chat.ts` */
  readonly media?: 'chat';
  readonly type: 'inbound' | 'outbound' | 'consult';
  /** Who calls. */
  readonly ani: string;
  /** Which number was called. */
  readonly dnis: string;
  /** The digits that the caller has entered. */
  readonly ced?: string;
  /** The call about which an agent consults somebody. */
  readonly parent?: InteractionId;
  readonly held: boolean;
  readonly parties: readonly CallParty[];
}

export interface TelephonyPort {
  readonly name: string;
  /** From here on every event goes to the sink, in order. */
  start(sink: (event: TelephonyEvent) => void): Promise<void>;
  /** Releases every call first. */
  stop(): Promise<void>;
  /**
   * Answers when the call is connected and progress detection is done, or when it has failed. From the DN of an agent: that phone
   * rings first, and the customer is dialled when it is answered; an agent who consults (`parent`) is there already.
   */
  createCall(request: CreateCallRequest): Promise<CreateCallResult>;
  /** To be asked before a request is sent again that an earlier process may have sent. */
  status(requestId: string): Promise<DialStatus>;
  /** Who has the customer's call: `other` when it is routed, or rings there; undefined: there is no such call (any more). */
  holder(ixn: InteractionId): Promise<'us' | 'other' | undefined>;
  /** Answers when the prompt has ended. A new prompt stops the one before; so does an agent who answers. */
  play(request: PlayRequest): Promise<PlayResult>;
  /** Answers when the input has ended. `treating` while another input or an application is under way; so do the others. */
  collect(request: CollectRequest): Promise<CollectResult>;
  /** Answers when the application has ended. */
  run(request: ApplicationRequest): Promise<ApplicationResult>;
  /** Whatever it hears. Ok, too, when nothing is playing. */
  stopPlay(ixn: InteractionId): Promise<OpResult>;
  /** The call stays with the caller unless it succeeds. */
  route(request: RouteRequest): Promise<RouteResult>;
  /** Ends the call with all its legs, also while it is being dialled: the `dialing` event has its id. */
  release(ixn: InteractionId): Promise<OpResult>;
  /** The customer hears music until it is retrieved; nothing can be played or routed meanwhile. */
  hold(ixn: InteractionId): Promise<OpResult>;
  retrieve(ixn: InteractionId): Promise<OpResult>;
  /**
   * Completes a transfer: who is in the active call comes into the held one, which goes on; the agent who consulted leaves. What was
   * attached to the active one only is attached to the held one.
   */
  transfer(held: InteractionId, active: InteractionId): Promise<OpResult<{ readonly ixn: InteractionId }>>;
  /** As `transfer`, and the agent stays. */
  conference(held: InteractionId, active: InteractionId): Promise<OpResult<{ readonly ixn: InteractionId }>>;
  /** What a name stands for in the network, for who has only the name; undefined: a number, or nothing. */
  deviceAt(name: string): 'dn' | 'routePoint' | 'queue' | 'trunkGroup' | undefined;
  /** All that there are, chats and those that are being dialled, too. */
  calls(): readonly InteractionId[];
  /** undefined, as its user data, when there is no such call (any more). */
  call(ixn: InteractionId): CallView | undefined;
  getUserData(ixn: InteractionId): UserData | undefined;
  updateUserData(ixn: InteractionId, set: UserData, remove?: readonly string[]): Promise<OpResult>;
  /** To the phone of a DN, about no call: TDistributeUserEvent. `unreachable` when nobody is logged in there. */
  userEvent(to: Address, name: string, userData: UserData, extensions?: UserData): Promise<OpResult>;
  /** The phone of a DN becomes NotReady, after its call if it has one: TAgentSetNotReady. `unreachable` as above. */
  notReady(to: Address, why?: NotReadyWhy): Promise<OpResult>;
}

/** By their keys, as `ReasonCode`: AttributeReasons, and AttributeExtensions. */
interface NotReadyWhy {
  readonly reasons?: UserData;
  readonly extensions?: UserData;
}

export type TelephonyEvent = { readonly at: number; readonly ixn: InteractionId } & (
  | { readonly type: 'dialing'; readonly leg: LegId; readonly request: CreateCallRequest }
  /** It waits at a route point for a strategy: it came from outside, with a leg of its own, or was routed there. */
  | { readonly type: 'arrived'; readonly leg: LegId; readonly to: Address }
  | { readonly type: 'ringing' | 'established'; readonly leg: LegId; readonly to: Address }
  /** It has left the route point where it was. */
  | { readonly type: 'diverted'; readonly leg: LegId; readonly from: string; readonly to: Address }
  | { readonly type: 'held' | 'retrieved'; readonly leg: LegId }
  /** Somebody has come from another call, that was merged into this one. */
  | { readonly type: 'joined'; readonly leg: LegId; readonly to: Address }
  /** An agent has put this call into another one: this one ends. */
  | { readonly type: 'merged'; readonly into: InteractionId }
  /** The customer or the agent writes, in a chat. */
  | { readonly type: 'text'; readonly from: 'customer' | 'agent'; readonly text: string }
  /** The result of progress detection, and what led to it. */
  | { readonly type: 'cpd'; readonly state: CallState; readonly cause: string }
  | { readonly type: 'beep'; readonly leg: LegId }
  | { readonly type: 'userDataChanged'; readonly set: UserData; readonly removed: readonly string[] }
  /** `remote`: the party of this leg hung up or declined; `local`: we or the other leg ended it. */
  | {
      readonly type: 'released';
      readonly leg: LegId;
      readonly by: 'local' | 'remote' | 'failure';
      readonly state: CallState;
    }
  | { readonly type: 'deleted' }
);
