/**
 * One call of the simulated network, from dialling to its end. `progress.ts` has worked out what the dial comes to;
 * `network.ts` makes calls and finds them by their id; `agent-leg.ts` is the second leg.
 *
 * 1. `dialing` until the result of the dial is there, then `up`, then `over`; `#end` is the only way to `over`.
 * 2. Whoever waits for something of this call (dial, prompt, route) is answered by then at the latest.
 * 3. Whoever is told an event may end the call within it: what goes on after telling must bear that.
 */
import {
  CallState,
  type Address,
  type CallView,
  type Cause,
  type CreateCallRequest,
  type CreateCallResult,
  type InteractionId,
  type LegId,
  type OpResult,
  type Refusal,
  type RouteRequest,
  type RouteResult,
  type TelephonyEvent,
  type UserData,
} from '../port.js';
import { AgentLeg } from './agent-leg.js';
import { alarmsOn, type Alarms } from './alarms.js';
import { TIMES, type Party } from './behaviour.js';
import { viewOf, type Origin } from './origin.js';
import type { Phone } from './phone.js';
import { progressOf, type Outcome } from './progress.js';
import { gone, refusal } from './refusal.js';
import { Treatments, type Studio } from './treatment.js';

/** What a call needs of the network that it is in. */
export interface Exchange extends Studio {
  tell(event: TelephonyEvent): void;
  phone(dn: string): Phone | undefined;
  /** `somebody` answers there at once; at `us` a call waits for a strategy. */
  routePoint(name: string): 'somebody' | 'us' | undefined;
  over(ixn: InteractionId): void;
}

type Untold<E> = E extends unknown ? Omit<E, 'at' | 'ixn'> : never;
/** Who ended it: the party of a leg, the caller of the port, or the network. */
type Ender = LegId | 'us' | 'network';

export class SimulatedCall {
  readonly #leg: LegId;
  readonly #alarms: Alarms;
  #phase: 'dialing' | 'up' | 'over' = 'dialing';
  #userData: UserData;
  #dialled: (result: CreateCallResult) => void = () => undefined;
  readonly #treatments: Treatments;
  #agent: AgentLeg | undefined;
  #legs = 1;
  #taken = false;
  #held = false;
  /** The route point where it is. */
  #at: string | undefined;

  constructor(
    readonly ixn: InteractionId,
    readonly exchange: Exchange,
    readonly origin: Origin,
    readonly party: Party,
  ) {
    this.#leg = `${ixn}-1` as LegId;
    this.#alarms = alarmsOn(exchange.clock);
    this.#treatments = new Treatments(ixn, exchange, party.kind === 'human' ? (party.presses ?? []) : []);
    this.#userData = { ...origin.userData };
    this.#at = origin.kind === 'dialled' ? origin.from.value : origin.routePoint;
  }

  get userData(): UserData {
    return this.#userData;
  }

  /** Somebody has it, or it rings there. */
  get taken(): boolean {
    return this.#taken || this.#agent !== undefined;
  }

  get view(): CallView {
    return viewOf(this.origin, { held: this.#held, at: this.#at, leg: this.#leg, agent: this.#agent });
  }

  /** It is there, and waits at its route point. */
  arrive(): void {
    this.#phase = 'up';
    this.#losePatience();
    this.tell({ type: 'arrived', leg: this.#leg, to: { kind: 'routePoint', value: this.#at ?? '' } });
  }

  dial(request: CreateCallRequest): Promise<CreateCallResult> {
    const progress = progressOf(this.party, request.ringTimeoutMs, request.cpd);
    const result = new Promise<CreateCallResult>((resolve) => (this.#dialled = resolve));
    if (progress.answerMs !== undefined)
      this.#alarms.set('answer', progress.answerMs, () => this.#answered(request.to));
    this.#alarms.set('result', progress.resultMs, () => this.#decided(progress.outcome, progress.found));
    this.tell({ type: 'dialing', leg: this.#leg, request });
    if (progress.rings) this.tell({ type: 'ringing', leg: this.#leg, to: request.to });
    return result;
  }

  /** What its customer hears; nobody hears anything while it is held, or with somebody else. */
  get treatments(): Treatments | Refusal {
    return this.#unable() ?? (this.#taken ? refusal('routed', `${this.ixn} is with somebody else`) : this.#treatments);
  }

  stopPlay(): void {
    this.#treatments.stop('stopped');
  }

  async route(request: RouteRequest): Promise<RouteResult> {
    const refused = this.#unable();
    if (refused) return refused;
    if (this.#agent) return refusal('busy', `${this.ixn} is with a DN already, or ringing there`);
    if (request.userData) this.updateUserData(request.userData, []);
    if (this.#isOver()) return gone(this.ixn);
    return this.#pass(request);
  }

  hold(held: boolean): OpResult {
    if (this.#phase !== 'up') return this.#notUp();
    if (this.#held === held)
      return refusal(held ? 'held' : 'not-held', `${this.ixn} is ${held ? 'held already' : 'not held'}`);
    this.#held = held;
    this.tell({ type: held ? 'held' : 'retrieved', leg: this.#leg });
    return { ok: true };
  }

  /** An agent puts it into another call. */
  merge(into: InteractionId): void {
    this.tell({ type: 'merged', into });
    this.#end('us', CallState.Transferred, { text: `it is part of ${into} now` });
  }

  updateUserData(set: UserData, removed: readonly string[]): void {
    const kept = Object.entries(this.#userData).filter(([key]) => !removed.includes(key));
    this.#userData = { ...Object.fromEntries(kept), ...set };
    this.tell({ type: 'userDataChanged', set, removed });
  }

  release(): void {
    this.#end('us', CallState.Cleared, { text: 'released by the caller' });
  }

  /** Nothing but its end is told of a call that is over. */
  tell(event: Untold<TelephonyEvent>): void {
    if (!this.#isOver()) this.#tell(event);
  }

  #tell(event: Untold<TelephonyEvent>): void {
    this.exchange.tell({ at: this.exchange.clock.now(), ixn: this.ixn, ...event });
  }

  #isOver(): boolean {
    return this.#phase === 'over';
  }

  #losePatience(): void {
    if (this.party.kind === 'human' && this.party.patienceMs !== undefined) {
      this.#alarms.set('party', this.party.patienceMs, () => this.#partyHangsUp(CallState.Abandoned));
    }
  }

  #answered(to: Address): void {
    this.#losePatience();
    if (this.party.kind === 'machine') this.#greet(this.party.greetingMs ?? TIMES.greetingMs, this.party.beep ?? true);
    this.tell({ type: 'established', leg: this.#leg, to });
  }

  #greet(greetingMs: number, beep: boolean): void {
    this.#treatments.beepAt = this.exchange.clock.now() + greetingMs;
    if (beep) this.#alarms.set('party', greetingMs, () => this.tell({ type: 'beep', leg: this.#leg }));
  }

  #decided(outcome: Outcome, found: string | undefined): void {
    if (found !== undefined) this.tell({ type: 'cpd', state: outcome.state, cause: found });
    if (this.#isOver()) return;
    if (!outcome.connected) {
      const enders = { local: 'us', remote: this.#leg, failure: 'network' } as const;
      return this.#end(enders[outcome.by], outcome.state, outcome.cause);
    }
    this.#phase = 'up';
    this.#dialled({ connected: true, state: outcome.state, ixn: this.ixn, leg: this.#leg });
  }

  #pass(request: RouteRequest): Promise<RouteResult> | RouteResult {
    const { kind, value } = request.to;
    const there = this.exchange.routePoint(value);
    // Whoever sends a call to `number@switch` cannot say what is there.
    if (kind === 'dn' && !there) return this.#ring(request);
    if (kind === 'number' || kind === 'trunkGroup') {
      return refusal('bad-argument', `The simulated network routes to a DN, route point or queue, not to a ${kind}`);
    }
    if (!there) return refusal('unreachable', `There is no ${kind} ${value}`);
    if (there === 'us') this.#moveTo(request.to);
    else this.#served(request.to);
    return { ok: true };
  }

  #ring(request: RouteRequest): Promise<RouteResult> | RouteResult {
    const phone = this.exchange.phone(request.to.value);
    if (!phone) return refusal('unreachable', `There is no DN ${request.to.value}`);
    this.#legs += 1;
    const leg = `${this.ixn}-${this.#legs}` as LegId;
    const agent = new AgentLeg(leg, this, phone, request, {
      answered: () => this.#served(request.to),
      failed: (by, state) => {
        this.#agent = undefined;
        this.tell({ type: 'released', leg, by, state });
        if (!request.confirm) this.#end('network', state, { text: 'the DN that the call was sent to did not take it' });
      },
      hungUp: () => this.#end(leg, CallState.RemoteRelease, { text: 'the agent hung up' }),
    });
    this.#agent = agent;
    const taken = agent.ring();
    if (taken === 'ringing') return request.confirm ? agent.routed : { ok: true };
    this.#agent = undefined;
    return refusal(taken, `DN ${request.to.value} is ${taken}`);
  }

  /** Somebody talks to the customer now. */
  #served(by: Address): void {
    if (this.#isOver()) return;
    this.#taken = true;
    this.stopPlay();
    this.#leave(by);
    if (this.#isOver() || this.party.kind !== 'human') return;
    this.#alarms.set('party', this.party.talkMs ?? TIMES.talkMs, () => this.#partyHangsUp(CallState.RemoteRelease));
  }

  /** Routed to a route point where a strategy takes it, or its own does not. */
  #moveTo(to: Address): void {
    this.stopPlay();
    this.#leave(to);
    this.#at = to.value;
    this.tell({ type: 'arrived', leg: this.#leg, to });
  }

  #leave(to: Address): void {
    if (this.#at === undefined) return;
    const from = this.#at;
    this.#at = undefined;
    this.tell({ type: 'diverted', leg: this.#leg, from, to });
  }

  #partyHangsUp(state: CallState): void {
    const inDetection = this.#phase === 'dialing';
    this.#end(this.#leg, inDetection ? CallState.RemoteRelease : state, { text: 'the called party hung up' });
  }

  #end(ender: Ender, state: CallState, cause: Cause): void {
    if (this.#isOver()) return;
    const by = (leg: LegId) => (ender === leg ? 'remote' : ender === 'network' ? 'failure' : 'local');
    const agent = this.#agent;
    this.#phase = 'over';
    this.#alarms.clearAll();
    if (agent) {
      this.#tell({ type: 'released', leg: agent.leg, by: by(agent.leg), state });
      agent.end();
    }
    this.#tell({ type: 'released', leg: this.#leg, by: by(this.#leg), state });
    this.#tell({ type: 'deleted' });
    this.exchange.over(this.ixn);
    this.#dialled({ connected: false, state, cause });
    this.#treatments.end(gone(this.ixn));
  }

  #unable(): Refusal | undefined {
    if (this.#phase !== 'up') return this.#notUp();
    return this.#held ? refusal('held', `${this.ixn} is held`) : undefined;
  }

  #notUp(): Refusal {
    return this.#isOver() ? gone(this.ixn) : refusal('not-connected', `${this.ixn} is being dialled`);
  }
}
