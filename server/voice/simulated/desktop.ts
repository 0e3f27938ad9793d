/**
 * An agent at work: logs in, becomes ready, answers or does not, talks, wraps up, and is ready again. Tells routing the
 * state of the phone; the network (`call.ts`) rings it.
 *
 * 1. One call at a time, ringing included: a second one finds the phone busy.
 * 2. Between calls the phone is in the state that the agent wants (`set`); a wish during a call is kept until it is over.
 * 3. What the script says happens to whoever works by the script; somebody who logged in by hand (`../desk.ts`) does it all alone,
 *    but for the end of the time after a call.
 */
import type { Clock } from '../../clock.js';
import type { PhoneState } from '../../routing/port.js';
import type { Desk, UserEvent, Wish } from '../desk.js';
import type { InteractionId } from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import { ChatDesktop, type ChatReaction } from './chat-desk.js';
import type { IncomingCall, Phone } from './phone.js';

/** What an agent does when the phone rings; times in milliseconds. */
export type Reaction =
  /** Hangs up `talkMs` after the answer, if the customer has not by then. */
  | { readonly kind: 'answer'; readonly afterMs?: number; readonly talkMs?: number }
  | { readonly kind: 'reject'; readonly afterMs?: number }
  | { readonly kind: 'ignore' };

export interface AgentScript {
  /** Logs in NotReady at once, and becomes Ready after this; default 0. */
  readonly readyAfterMs?: number;
  /** One for each call, the last stays; default answers. */
  readonly rings?: readonly Reaction[];
  /** One for each chat that is offered, the last stays; default accepts. */
  readonly chats?: readonly ChatReaction[];
  readonly wrapUpMs?: number;
  /** NotReady for so long after a call that was not answered: agent-no-answer-action = notready. 0: stays Ready. */
  readonly notReadyAfterNoAnswerMs?: number;
  /** The same for a call that was rejected; default 0 by the script. */
  readonly notReadyAfterRejectMs?: number;
  /** What the phone says then: ReasonCode. */
  readonly notReadyReasons?: { readonly noAnswer?: string; readonly rejected?: string };
}

const TIMES = { reactMs: 2_000, talkMs: 600_000, wrapUpMs: 5_000, notReadyMs: 10_000 } as const;

const REASONS = { noAnswer: 'NoAnswer', rejected: 'Rejected' } as const;

export class Desktop implements Phone, Desk {
  readonly chats: ChatDesktop;
  readonly #alarms: Alarms;
  #state: PhoneState = 'LoggedOut';
  #reason: string | undefined;
  #wish: Wish = 'LoggedOut';
  #wishReason: string | undefined;
  /** 3 */
  #byHand = false;
  #call: IncomingCall | undefined;
  #rung = 0;
  /** Who is at the desktop, and hears what is told beside calls. */
  onUserEvent: (event: UserEvent) => void = () => undefined;

  constructor(
    clock: Clock,
    readonly script: AgentScript,
    readonly report: (state: PhoneState) => void,
    occupied: (chats: number) => void = () => undefined,
  ) {
    this.#alarms = alarmsOn(clock);
    this.chats = new ChatDesktop(clock, {
      script: script.chats,
      isThere: () => this.#state !== 'LoggedOut',
      isByHand: () => this.#byHand,
      occupied,
    });
  }

  get state(): PhoneState {
    return this.#state;
  }

  get reason(): string | undefined {
    return this.#reason;
  }

  get call(): InteractionId | undefined {
    return this.#call?.ixn;
  }

  /** Plays the beginning of the script. */
  begin(): void {
    this.set('NotReady');
    this.#alarms.set('ready', this.script.readyAfterMs ?? 0, () => this.set('Ready'));
  }

  login(): void {
    if (this.#byHand) return;
    this.#byHand = true;
    this.#alarms.clearAll();
    this.chats.takeOver();
    this.set('NotReady');
  }

  logout(): void {
    this.#alarms.clearAll();
    this.set('LoggedOut');
    if (!this.reject()) this.hangUp();
    this.chats.leaveAll();
    this.#rest();
    this.#byHand = false;
  }

  answer(): boolean {
    const call = this.#callIn('Ringing');
    if (call) this.#answer(call);
    return call !== undefined;
  }

  reject(): boolean {
    const call = this.#callIn('Ringing');
    if (call) this.#decline(call);
    return call !== undefined;
  }

  hangUp(): boolean {
    const call = this.#callIn('Busy');
    call?.hangUp();
    return call !== undefined;
  }

  set(wish: Wish, reason?: string): void {
    this.#alarms.clear('ready');
    this.#wish = wish;
    this.#wishReason = wish === 'NotReady' ? reason : undefined;
    if (!this.#call) this.#rest();
  }

  /** The shift is over: nothing of the script happens any more. */
  leave(): void {
    this.#alarms.clearAll();
    this.chats.takeOver();
    this.#call = undefined;
    this.set('LoggedOut');
  }

  ring(call: IncomingCall): 'ringing' | 'busy' | 'unreachable' {
    if (this.#state === 'LoggedOut') return 'unreachable';
    if (this.#call) return 'busy';
    const reactions = this.script.rings ?? [];
    const reaction = reactions[this.#rung] ?? reactions.at(-1) ?? { kind: 'answer' };
    this.#rung += 1;
    this.#call = call;
    this.#alarms.clear('phone');
    if (!this.#byHand && reaction.kind !== 'ignore') {
      this.#alarms.set('phone', reaction.afterMs ?? TIMES.reactMs, () => this.#react(call, reaction));
    }
    this.#go('Ringing');
    return 'ringing';
  }

  end(ixn: IncomingCall['ixn'], why: 'no-answer' | 'ended'): void {
    if (this.#call?.ixn !== ixn) return;
    const talked = this.#state === 'Busy';
    this.#call = undefined;
    if (talked) this.#pause('AfterCallWork', this.script.wrapUpMs ?? TIMES.wrapUpMs);
    else if (why === 'no-answer') this.#missed('noAnswer', this.script.notReadyAfterNoAnswerMs ?? TIMES.notReadyMs);
    else this.#rest();
  }

  tell(event: UserEvent): boolean {
    if (this.#state === 'LoggedOut') return false;
    this.onUserEvent(event);
    return true;
  }

  setAside(reason: string | undefined): boolean {
    if (this.#state === 'LoggedOut') return false;
    this.set('NotReady', reason);
    return true;
  }

  #react(call: IncomingCall, reaction: Exclude<Reaction, { kind: 'ignore' }>): void {
    if (reaction.kind === 'reject') return this.#decline(call);
    this.#alarms.set('phone', reaction.talkMs ?? TIMES.talkMs, () => call.hangUp());
    this.#answer(call);
  }

  #callIn(state: PhoneState): IncomingCall | undefined {
    return this.#state === state ? this.#call : undefined;
  }

  #answer(call: IncomingCall): void {
    this.#go('Busy');
    call.answer();
  }

  #decline(call: IncomingCall): void {
    this.#call = undefined;
    this.#missed('rejected', this.script.notReadyAfterRejectMs ?? (this.#byHand ? TIMES.notReadyMs : 0));
    call.reject();
  }

  /** Somebody by hand stays NotReady: nobody knows when they are there again. */
  #missed(why: keyof typeof REASONS, ms: number): void {
    const reason = this.script.notReadyReasons?.[why] ?? REASONS[why];
    if (this.#byHand && this.#wish === 'Ready' && ms > 0) this.set('NotReady', reason);
    else if (this.#byHand) this.#rest();
    else this.#pause('NotReady', ms, reason);
  }

  #pause(state: 'NotReady' | 'AfterCallWork', ms: number, reason?: string): void {
    if (ms === 0) return this.#rest();
    this.#go(state, reason);
    this.#alarms.set('phone', ms, () => this.#rest());
  }

  #rest(): void {
    this.#alarms.clear('phone');
    this.#go(this.#wish, this.#wishReason);
  }

  #go(state: PhoneState, reason?: string): void {
    this.#reason = reason;
    if (state === this.#state) return;
    this.#state = state;
    this.report(state);
  }
}
