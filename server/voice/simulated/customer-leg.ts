/** The leg of a simulated call to somebody outside: what the party does, in time. Its call is `call.ts`, which may change (a transfer). */
import type { Clock } from '../../clock.js';
import { CallState, type Address, type CreateCallRequest, type LegId } from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import { TIMES, type Party } from './behaviour.js';
import { progressOf, type Outcome } from './progress.js';

type Told =
  | { readonly type: 'ringing' | 'established'; readonly leg: LegId; readonly to: Address }
  | { readonly type: 'beep'; readonly leg: LegId };

/** What the leg needs of its call, and what becomes of it, told to its call. */
export interface CustomerOwner {
  tell(event: Told): void;
  /** A machine has answered, and beeps at that time. */
  greets(beepAt: number): void;
  decided(outcome: Outcome, found: string | undefined): void;
  left(customer: CustomerLeg, state: CallState): void;
}

export class CustomerLeg {
  readonly #alarms: Alarms;

  constructor(
    public leg: LegId,
    public owner: CustomerOwner,
    readonly party: Party,
    readonly number: string,
    readonly clock: Clock,
  ) {
    this.#alarms = alarmsOn(clock);
  }

  dial({ to, ringTimeoutMs, cpd }: CreateCallRequest): void {
    const progress = progressOf(this.party, ringTimeoutMs, cpd);
    if (progress.answerMs !== undefined) this.#alarms.set('answer', progress.answerMs, () => this.#answered(to));
    this.#alarms.set('result', progress.resultMs, () => this.owner.decided(progress.outcome, progress.found));
    if (progress.rings) this.owner.tell({ type: 'ringing', leg: this.leg, to });
  }

  losePatience(): void {
    if (this.party.kind === 'human' && this.party.patienceMs !== undefined)
      this.#leaveAfter(this.party.patienceMs, CallState.Abandoned);
  }

  /** Somebody is there. */
  talk(): void {
    if (this.party.kind === 'human') this.#leaveAfter(this.party.talkMs ?? TIMES.talkMs, CallState.RemoteRelease);
  }

  moveTo(leg: LegId, owner: CustomerOwner): void {
    this.leg = leg;
    this.owner = owner;
  }

  get to(): Address {
    return { kind: 'number', value: this.number };
  }

  end(): void {
    this.#alarms.clearAll();
  }

  #leaveAfter(ms: number, state: CallState): void {
    this.#alarms.set('party', ms, () => this.owner.left(this, state));
  }

  #answered(to: CreateCallRequest['to']): void {
    this.losePatience();
    if (this.party.kind === 'machine') this.#greet(this.party.greetingMs ?? TIMES.greetingMs, this.party.beep ?? true);
    this.owner.tell({ type: 'established', leg: this.leg, to });
  }

  #greet(greetingMs: number, beep: boolean): void {
    this.owner.greets(this.clock.now() + greetingMs);
    if (beep) this.#alarms.set('party', greetingMs, () => this.owner.tell({ type: 'beep', leg: this.leg }));
  }
}
