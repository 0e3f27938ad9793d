/**
 * An agent at work: logs in, becomes ready, answers or does not, talks, wraps up, and is ready again. Tells routing the
 * state of the phone; the network (`call.ts`) rings it.
 *
 * 1. One call at a time, ringing included: a second one finds the phone busy.
 * 2. Between calls the phone is in the state that the agent wants (`set`); a wish during a call is kept until it is over.
 */
import type { Clock } from '../../clock.js';
import type { PhoneState } from '../../routing/port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import type { IncomingCall, Phone, UserEvent } from './phone.js';

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
  readonly wrapUpMs?: number;
  /** NotReady for so long after a call that was not answered: agent-no-answer-action = notready. 0: stays Ready. */
  readonly notReadyAfterNoAnswerMs?: number;
}

/** What an agent may choose; the other states come and go with calls. */
export type Wish = 'LoggedOut' | 'NotReady' | 'Ready';

const TIMES = { reactMs: 2_000, talkMs: 600_000, wrapUpMs: 5_000, notReadyMs: 10_000 } as const;

export class Desktop implements Phone {
  readonly #alarms: Alarms;
  #state: PhoneState = 'LoggedOut';
  #wish: Wish = 'LoggedOut';
  #call: IncomingCall | undefined;
  #rung = 0;
  /** Who is at the desktop, and hears what is told beside calls. */
  onUserEvent: (event: UserEvent) => void = () => undefined;

  constructor(
    clock: Clock,
    readonly script: AgentScript,
    readonly report: (state: PhoneState) => void,
  ) {
    this.#alarms = alarmsOn(clock);
  }

  get state(): PhoneState {
    return this.#state;
  }

  /** Plays the beginning of the script. */
  begin(): void {
    this.set('NotReady');
    this.#alarms.set('ready', this.script.readyAfterMs ?? 0, () => this.set('Ready'));
  }

  set(wish: Wish): void {
    this.#alarms.clear('ready');
    this.#wish = wish;
    if (!this.#call) this.#rest();
  }

  /** The shift is over: nothing of the script happens any more. */
  leave(): void {
    this.#alarms.clearAll();
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
    if (reaction.kind !== 'ignore') {
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
    else this.#pause('NotReady', why === 'no-answer' ? (this.script.notReadyAfterNoAnswerMs ?? TIMES.notReadyMs) : 0);
  }

  tell(event: UserEvent): boolean {
    if (this.#state === 'LoggedOut') return false;
    this.onUserEvent(event);
    return true;
  }

  #react(call: IncomingCall, reaction: Exclude<Reaction, { kind: 'ignore' }>): void {
    if (reaction.kind === 'reject') {
      this.#call = undefined;
      this.#rest();
      return call.reject();
    }
    this.#go('Busy');
    this.#alarms.set('phone', reaction.talkMs ?? TIMES.talkMs, () => call.hangUp());
    call.answer();
  }

  #pause(state: 'NotReady' | 'AfterCallWork', ms: number): void {
    if (ms === 0) return this.#rest();
    this.#go(state);
    this.#alarms.set('phone', ms, () => this.#rest());
  }

  #rest(): void {
    this.#alarms.clear('phone');
    this.#go(this.#wish);
  }

  #go(state: PhoneState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.report(state);
  }
}
