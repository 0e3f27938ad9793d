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
}

interface LegEvent {
  readonly type: 'ringing' | 'established';
  readonly leg: LegId;
  readonly to: RouteRequest['to'];
}

/** What becomes of the leg, told to its call. */
export interface Fate {
  answered(): void;
  failed(by: 'local' | 'remote', state: CallState): void;
  hungUp(): void;
}

export class AgentLeg {
  /** Answered when the agent answers, or when it is certain that none will. */
  readonly routed: Promise<RouteResult>;
  readonly #alarms: Alarms;
  #settle: (result: RouteResult) => void = () => undefined;

  constructor(
    readonly leg: LegId,
    readonly call: LegOwner,
    readonly phone: Phone,
    readonly request: RouteRequest,
    readonly fate: Fate,
  ) {
    this.#alarms = alarmsOn(call.exchange.clock);
    this.routed = new Promise((resolve) => (this.#settle = resolve));
  }

  ring(): 'ringing' | 'busy' | 'unreachable' {
    const { to, ringTimeoutMs } = this.request;
    this.#alarms.set('ring', ringTimeoutMs, () => this.#unanswered());
    const taken = this.phone.ring({
      ixn: this.call.ixn,
      answer: () => this.#answered(),
      reject: () => this.#failed('remote', CallState.RemoteRelease, refusal('rejected', `DN ${to.value} rejected it`)),
      hangUp: () => this.fate.hungUp(),
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
