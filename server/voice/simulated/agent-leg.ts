/**
 * The leg of a simulated call to an agent's phone: gets there, rings, and is answered or not. Its call is `call.ts`.
 *
 * 1. With a reservation the phone is kept for this call until it rings; a call that comes after its time does not ring.
 */
import {
  CallState,
  type Address,
  type InteractionId,
  type LegId,
  type Refusal,
  type RouteRequest,
  type RouteResult,
} from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import type { Exchange, ExternalRoutePoint } from './exchange.js';
import type { Phone } from './phone.js';
import { gone, refusal } from './refusal.js';

/** What the leg needs of its call. */
export interface LegOwner {
  readonly ixn: InteractionId;
  readonly exchange: Pick<Exchange, 'clock' | 'reservations' | 'wayTo' | 'mismatch'>;
  /** Where it is called from. */
  readonly from: Address | undefined;
  tell(event: LegEvent): void;
  left(agent: AgentLeg, state: CallState): void;
}

/** Where it rings, and how long. */
export type Ringing = Pick<RouteRequest, 'to' | 'ringTimeoutMs' | 'reservation'>;

interface LegEvent {
  readonly type: 'ringing' | 'established';
  readonly leg: LegId;
  readonly to: RouteRequest['to'];
}

/** What becomes of the leg, told to its call. */
export interface Fate {
  answered(): void;
  failed(by: 'local' | 'remote', state: CallState, text: string): void;
}

const WAY_MS = 500;

export class AgentLeg {
  /** Answered when the agent answers, or when it is certain that none will. */
  readonly routed: Promise<RouteResult>;
  answered = false;
  /** Where it is while it has not come to the agent's switch. */
  passing: ExternalRoutePoint | undefined;
  readonly #alarms: Alarms;
  #settle: (result: RouteResult) => void = () => undefined;

  constructor(
    public leg: LegId,
    public call: LegOwner,
    readonly phone: Phone,
    readonly request: Ringing,
    readonly fate: Fate,
  ) {
    this.#alarms = alarmsOn(call.exchange.clock);
    this.routed = new Promise((resolve) => (this.#settle = resolve));
  }

  get to(): Ringing['to'] {
    return this.request.to;
  }

  /** A transfer. */
  moveTo(leg: LegId, call: LegOwner): void {
    this.leg = leg;
    this.call = call;
  }

  /** Undefined: it rings, or is on its way. */
  ring(): Refusal | undefined {
    const { to, reservation } = this.request;
    const { ixn, from, exchange } = this.call;
    const { reservations } = exchange;
    const other = exchange.mismatch(to.value, reservation);
    if (other !== undefined) return refusal('unreachable', other);
    if (reservation ? !reservations.reserve(to.value, ixn, reservation) : reservations.isKeptForOthers(to.value, ixn))
      return refusal('busy', `DN ${to.value} is kept for another call`);
    this.passing = exchange.wayTo(to, from);
    if (!this.passing) return this.#ringThere();
    this.#alarms.set('way', this.passing.afterMs ?? WAY_MS, () => this.#arrived());
    return undefined;
  }

  /** The call is over, and with it this leg. */
  end(): void {
    this.#clear();
    this.phone.end(this.call.ixn, 'ended');
    this.#settle(gone(this.call.ixn));
  }

  /** 1 */
  #arrived(): void {
    const { to, reservation } = this.request;
    const { ixn, exchange } = this.call;
    if (reservation && !exchange.reservations.isKeptFor(to.value, ixn)) {
      const text = `The reservation of DN ${to.value} was over before the call came to ${this.passing?.name ?? ''}`;
      return this.#failed('local', CallState.GeneralError, refusal('unreachable', text));
    }
    const refused = this.#ringThere();
    const state = refused?.code === 'busy' ? CallState.Busy : CallState.GeneralError;
    if (refused) this.#failed('remote', state, refused);
  }

  #ringThere(): Refusal | undefined {
    const { to, ringTimeoutMs } = this.request;
    this.passing = undefined;
    this.#clear();
    this.#alarms.set('ring', ringTimeoutMs, () => this.#unanswered());
    // it may become another call: the phone asks
    const now = (): InteractionId => this.call.ixn;
    const taken = this.phone.ring({
      get ixn() {
        return now();
      },
      answer: () => this.#answered(),
      reject: () => this.#failed('remote', CallState.RemoteRelease, refusal('rejected', `DN ${to.value} rejected it`)),
      hangUp: () => this.call.left(this, CallState.RemoteRelease),
    });
    if (taken === 'ringing') {
      this.call.tell({ type: 'ringing', leg: this.leg, to });
      return undefined;
    }
    this.#alarms.clearAll();
    return refusal(taken, `DN ${to.value} is ${taken}`);
  }

  #clear(): void {
    this.#alarms.clearAll();
    this.call.exchange.reservations.end(this.request.to.value, this.call.ixn);
  }

  #answered(): void {
    this.answered = true;
    this.#alarms.clearAll();
    this.call.tell({ type: 'established', leg: this.leg, to: this.request.to });
    this.fate.answered();
    this.#settle({ ok: true, agentLeg: this.leg });
  }

  #unanswered(): void {
    const { to, ringTimeoutMs } = this.request;
    this.phone.end(this.call.ixn, 'no-answer');
    const text = `DN ${to.value} did not answer within ${ringTimeoutMs} ms`;
    this.#failed('local', CallState.NoAnswer, refusal('no-answer', text));
  }

  #failed(by: 'local' | 'remote', state: CallState, answer: Refusal): void {
    this.#clear();
    this.#settle(answer);
    this.fate.failed(by, state, answer.text);
  }
}
