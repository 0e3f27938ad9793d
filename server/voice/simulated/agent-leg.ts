/** The leg of a simulated call to an agent's phone: rings, and is answered or not. Its call is `call.ts`. */
import type { Clock } from '../../clock.js';
import {
  CallState,
  type InteractionId,
  type LegId,
  type Refusal,
  type RouteRequest,
  type RouteResult,
} from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import type { Phone } from './phone.js';
import { gone, refusal } from './refusal.js';

/** What the leg needs of its call. */
export interface LegOwner {
  readonly ixn: InteractionId;
  readonly exchange: { readonly clock: Clock };
  tell(event: LegEvent): void;
  left(agent: AgentLeg, state: CallState): void;
}

/** Where it rings, and how long. */
export type Ringing = Pick<RouteRequest, 'to' | 'ringTimeoutMs'>;

interface LegEvent {
  readonly type: 'ringing' | 'established';
  readonly leg: LegId;
  readonly to: RouteRequest['to'];
}

/** What becomes of the leg, told to its call. */
export interface Fate {
  answered(): void;
  failed(by: 'local' | 'remote', state: CallState): void;
}

export class AgentLeg {
  /** Answered when the agent answers, or when it is certain that none will. */
  readonly routed: Promise<RouteResult>;
  answered = false;
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

  ring(): 'ringing' | 'busy' | 'unreachable' {
    const { to, ringTimeoutMs } = this.request;
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
    if (taken === 'ringing') this.call.tell({ type: 'ringing', leg: this.leg, to });
    else this.#alarms.clearAll();
    return taken;
  }

  /** The call is over, and with it this leg. */
  end(): void {
    this.#alarms.clearAll();
    this.phone.end(this.call.ixn, 'ended');
    this.#settle(gone(this.call.ixn));
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
    this.#alarms.clearAll();
    this.#settle(answer);
    this.fate.failed(by, state);
  }
}
