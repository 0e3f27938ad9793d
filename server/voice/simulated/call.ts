/**
 * One call of the simulated network, from dialling to its end. `customer-leg.ts` is who is outside, `agent-leg.ts` an agent's
 * phone; `network.ts` makes calls and finds them by their id, `transfer.ts` puts two together.
 *
 * 1. `dialing` until the result of the dial is there, then `up`, then `over`; `#end` is the only way to `over`.
 * 2. Whoever waits for something of this call (dial, prompt, route) is answered by then at the latest.
 * 3. Whoever is told an event may end the call within it: what goes on after telling must bear that.
 * 4. It goes on as long as two are in it, one of them from outside; a call to an agent, as long as the agent is there.
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
  type UserData,
} from '../port.js';
import { AgentLeg, type Fate, type Ringing } from './agent-leg.js';
import type { Party } from './behaviour.js';
import { CustomerLeg } from './customer-leg.js';
import type { Exchange, Untold } from './exchange.js';
import { viewOf, type Origin } from './origin.js';
import { Parties } from './parties.js';
import type { Outcome } from './progress.js';
import { gone, refusal } from './refusal.js';
import { Treatments } from './treatment.js';

/** Who ended it: the party of a leg, the caller of the port, or the network. */
type Ender = LegId | 'us' | 'network';

export class SimulatedCall {
  readonly #leg: LegId;
  #phase: 'dialing' | 'up' | 'over' = 'dialing';
  userData: UserData;
  #dialled: (result: CreateCallResult) => void = () => undefined;
  readonly #treatments: Treatments;
  readonly parties: Parties;
  /** Legs that were told of, and not that they are released. */
  readonly #announced = new Set<LegId>();
  #taken = false;
  isHeld = false;
  /** The route point where it is. */
  #at: string | undefined;

  /** `party`: who is outside; undefined: a call to an agent. */
  constructor(
    readonly ixn: InteractionId,
    readonly exchange: Exchange,
    readonly origin: Origin,
    party: Party | undefined,
  ) {
    this.parties = new Parties(ixn);
    this.#leg = this.parties.newLeg();
    this.#treatments = new Treatments(ixn, exchange, party?.kind === 'human' ? (party.presses ?? []) : []);
    this.userData = { ...origin.userData };
    if (party) {
      const number = origin.kind === 'dialled' ? origin.to.value : origin.ani;
      this.parties.customers = [new CustomerLeg(this.#leg, this, party, number, exchange.clock)];
    }
    if (origin.kind === 'arrived') this.#at = origin.routePoint;
    else if (origin.from.kind === 'routePoint') this.#at = origin.from.value;
  }

  /** Somebody has it, or it rings there. */
  get taken(): boolean {
    return this.#taken || (this.parties.customers.length > 0 && this.parties.agents.length > 0);
  }

  get from(): Address | undefined {
    return this.origin.kind === 'dialled' ? this.origin.from : undefined;
  }

  get view(): CallView {
    return viewOf(this.origin, { held: this.isHeld, at: this.#at, parties: this.parties });
  }

  /** It is there, and waits at its route point. */
  arrive(): void {
    this.#phase = 'up';
    this.parties.customers[0]?.losePatience();
    this.tell({ type: 'arrived', leg: this.#leg, to: { kind: 'routePoint', value: this.#at ?? '' } });
  }

  /** `first`: the DN of an agent who is called before the customer is. */
  dial(request: CreateCallRequest, first: string | undefined): Promise<CreateCallResult> {
    const result = new Promise<CreateCallResult>((resolve) => (this.#dialled = resolve));
    this.tell({ type: 'dialing', leg: this.#leg, request });
    if (this.isOver()) return result;
    if (request.to.kind === 'dn')
      this.#dialAgent(this.#leg, request, () => this.decided({ connected: true, state: CallState.Ok }));
    else if (first === undefined) this.parties.customers[0]?.dial(request);
    else {
      const agent = { to: { kind: 'dn', value: first }, ringTimeoutMs: request.ringTimeoutMs } as const;
      this.#dialAgent(this.parties.newLeg(), agent, () => this.parties.customers[0]?.dial(request));
    }
    return result;
  }

  /** What its customer hears; nobody hears anything while it is held, or with somebody else. */
  get treatments(): Treatments | Refusal {
    return this.unable ?? (this.#taken ? refusal('routed', `${this.ixn} is with somebody else`) : this.#treatments);
  }

  stopPlay(): void {
    this.#treatments.stop('stopped');
  }

  async route(request: RouteRequest): Promise<RouteResult> {
    const refused = this.unable;
    if (refused) return refused;
    if (this.parties.agents.length > 0) return refusal('busy', `${this.ixn} is with a DN already, or ringing there`);
    if (request.userData) this.updateUserData(request.userData, []);
    if (this.isOver()) return gone(this.ixn);
    return this.#pass(request);
  }

  hold(held: boolean): OpResult {
    if (this.#phase !== 'up') return this.#notUp();
    if (this.isHeld === held)
      return refusal(held ? 'held' : 'not-held', `${this.ixn} is ${held ? 'held already' : 'not held'}`);
    this.isHeld = held;
    this.tell({ type: held ? 'held' : 'retrieved', leg: this.parties.first ?? this.#leg });
    return { ok: true };
  }

  /** Its parties are in another call. */
  transferred(into: InteractionId): void {
    this.#end('us', CallState.Transferred, { text: `it is part of ${into} now` });
  }

  updateUserData(set: UserData, removed: readonly string[]): void {
    const kept = Object.entries(this.userData).filter(([key]) => !removed.includes(key));
    this.userData = { ...Object.fromEntries(kept), ...set };
    this.tell({ type: 'userDataChanged', set, removed });
  }

  release(): void {
    this.#end('us', CallState.Cleared, { text: 'released by the caller' });
  }

  /** Nothing but its end is told of a call that is over. */
  tell(event: Untold): void {
    if (!this.isOver()) this.#tell(event);
  }

  greets(beepAt: number): void {
    this.#treatments.beepAt = beepAt;
  }

  decided(outcome: Outcome, found?: string): void {
    if (found !== undefined) this.tell({ type: 'cpd', state: outcome.state, cause: found });
    if (this.isOver()) return;
    if (!outcome.connected) {
      const ender = { local: 'us', remote: this.#leg, failure: 'network' }[outcome.by] as Ender;
      return this.#end(ender, outcome.state, outcome.cause);
    }
    this.#phase = 'up';
    // the agent was called first
    if (this.taken) this.served();
    if (!this.isOver()) this.#dialled({ connected: true, state: outcome.state, ixn: this.ixn, leg: this.#leg });
  }

  /** 4 */
  left(party: CustomerLeg | AgentLeg, state: CallState): void {
    if (this.parties.goesOnWithout(party)) return this.without(party, 'remote', state);
    this.#end(party.leg, this.#phase === 'dialing' ? CallState.RemoteRelease : state, { text: 'a party hung up' });
  }

  /** Somebody talks to the customer now; `by`: at another place. */
  served(by?: Address): void {
    if (this.isOver()) return;
    this.#taken = true;
    this.stopPlay();
    if (by) this.#leave(by);
    if (!this.isOver()) for (const customer of this.parties.customers) customer.talk();
  }

  get unable(): Refusal | undefined {
    if (this.#phase !== 'up') return this.#notUp();
    return this.isHeld ? refusal('held', `${this.ixn} is held`) : undefined;
  }

  #tell(event: Untold): void {
    if ('leg' in event && event.type === 'released') {
      // one that never rang
      if (!this.#announced.delete(event.leg)) return;
    } else if ('leg' in event) this.#announced.add(event.leg);
    this.exchange.tell({ at: this.exchange.clock.now(), ixn: this.ixn, ...event });
  }

  isOver(): boolean {
    return this.#phase === 'over';
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
    else this.served(request.to);
    return { ok: true };
  }

  #ring(request: RouteRequest): Promise<RouteResult> | RouteResult {
    const leg = this.parties.newLeg();
    const taken = this.#callAgent(leg, request, {
      answered: () => this.served(request.to),
      failed: (by, state, text) => {
        this.tell({ type: 'released', leg, by, state });
        if (!request.confirm) this.#end('network', state, { text });
      },
    });
    if (!(taken instanceof AgentLeg)) return taken;
    return request.confirm ? taken.routed : { ok: true };
  }

  /** An agent is called as one end of a new call. */
  #dialAgent(leg: LegId, request: Ringing, answered: () => void): void {
    const taken = this.#callAgent(leg, request, {
      answered,
      failed: (by, state, text) => this.#end(by === 'remote' ? leg : 'us', state, { text }),
    });
    if (taken instanceof AgentLeg) return;
    const { code, text } = taken;
    if (code === 'busy') this.#end(leg, CallState.Busy, { text });
    else this.#end('network', CallState.GeneralError, { text });
  }

  #callAgent(leg: LegId, request: Ringing, fate: Fate): AgentLeg | Refusal {
    const phone = this.exchange.phone(request.to.value);
    if (!phone) return refusal('unreachable', `There is no DN ${request.to.value}`);
    const agent = new AgentLeg(leg, this, phone, request, {
      answered: () => fate.answered(),
      failed: (by, state, text) => {
        this.parties.remove(agent);
        fate.failed(by, state, text);
      },
    });
    this.parties.agents = [...this.parties.agents, agent];
    const refused = agent.ring();
    if (refused) this.parties.remove(agent);
    return refused ?? agent;
  }

  /** Routed to a route point where a strategy takes it, or its own does not. */
  #moveTo(to: Address): void {
    this.stopPlay();
    this.#leave(to);
    this.#at = to.value;
    this.tell({ type: 'arrived', leg: this.parties.first ?? this.#leg, to });
  }

  #leave(to: Address): void {
    if (this.#at === undefined) return;
    const from = this.#at;
    this.#at = undefined;
    this.tell({ type: 'diverted', leg: this.parties.first ?? this.#leg, from, to });
  }

  without(party: CustomerLeg | AgentLeg, by: 'local' | 'remote', state: CallState): void {
    this.parties.remove(party);
    party.end();
    this.tell({ type: 'released', leg: party.leg, by, state });
  }

  #end(ender: Ender, state: CallState, cause: Cause): void {
    if (this.isOver()) return;
    const by = (leg: LegId) => (ender === leg ? 'remote' : ender === 'network' ? 'failure' : 'local');
    const { all } = this.parties;
    this.#phase = 'over';
    for (const leg of [...this.#announced].reverse()) {
      this.#tell({ type: 'released', leg, by: by(leg), state });
      all.find((party) => party.leg === leg)?.end();
    }
    for (const party of all) party.end();
    this.#tell({ type: 'deleted' });
    this.exchange.over(this.ixn);
    this.#dialled({ connected: false, state, cause });
    this.#treatments.end(gone(this.ixn));
  }

  #notUp(): Refusal {
    return this.isOver() ? gone(this.ixn) : refusal('not-connected', `${this.ixn} is being dialled`);
  }
}
