/**
 * One chat of the simulated contact centre: a customer, an agent when one has accepted it, and what they write. `chats.ts` has them
 * all, `chat-desk.ts` is where an agent has theirs.
 *
 * 1. One agent at a time is offered it. Who does not accept leaves it where it was; it ends when nobody waits for that (`confirm`).
 * 2. It ends when the customer or the agent leaves, or when we release it.
 */
import type { Clock } from '../../clock.js';
import type { ChatText, ChatWriter } from '../chat.js';
import {
  CallState,
  type Address,
  type CallView,
  type InteractionId,
  type LegId,
  type Refusal,
  type RouteRequest,
  type RouteResult,
  type UserData,
} from '../port.js';
import { alarmsOn, type Alarms } from './alarms.js';
import type { ChatDesktop } from './chat-desk.js';
import type { Untold } from './exchange.js';
import { gone, refusal } from './refusal.js';

interface Agent {
  readonly leg: LegId;
  readonly to: Address;
  readonly desk: ChatDesktop;
  readonly settle: (result: RouteResult) => void;
}

export class SimulatedChat {
  readonly texts: ChatText[] = [];
  #agent: Agent | undefined;
  #legs = 1;
  readonly #alarms: Alarms;

  constructor(
    readonly ixn: InteractionId,
    private readonly who: {
      readonly customer: string;
      /** Where it came in; undefined: we wrote first. */
      readonly entryPoint: string | undefined;
    },
    public userData: UserData,
    private readonly clock: Clock,
    private readonly tell: (event: Untold) => void,
  ) {
    this.#alarms = alarmsOn(clock);
  }

  get holder(): 'us' | 'other' {
    return this.#agent ? 'other' : 'us';
  }

  get view(): CallView {
    const { customer, entryPoint } = this.who;
    const agent = this.#agent;
    return {
      media: 'chat',
      type: entryPoint === undefined ? 'outbound' : 'inbound',
      ani: entryPoint === undefined ? '' : customer,
      dnis: entryPoint ?? customer,
      held: false,
      parties: [
        { leg: this.#customerLeg, device: customer, devicetype: 'unknown' },
        ...(agent ? [{ leg: agent.leg, device: agent.to.value, devicetype: 'agent' as const }] : []),
      ],
    };
  }

  arrive(): void {
    const { entryPoint } = this.who;
    if (entryPoint !== undefined)
      this.tell({ type: 'arrived', leg: this.#customerLeg, to: { kind: 'routePoint', value: entryPoint } });
  }

  write(from: ChatWriter, text: string): void {
    this.texts.push({ at: this.clock.now(), from, text });
    if (from !== 'us') this.tell({ type: 'text', from, text });
  }

  updateUserData(set: UserData, removed: readonly string[]): void {
    const kept = Object.entries(this.userData).filter(([key]) => !removed.includes(key));
    this.userData = { ...Object.fromEntries(kept), ...set };
    this.tell({ type: 'userDataChanged', set, removed });
  }

  /** 1 */
  route({ to, ringTimeoutMs, confirm, userData }: RouteRequest, desk: ChatDesktop | undefined): Promise<RouteResult> {
    if (this.#agent) return Promise.resolve(refusal('routed', `Chat ${this.ixn} is at DN ${this.#agent.to.value}`));
    if (!desk) return Promise.resolve(refusal('unreachable', `Nobody at ${to.kind} ${to.value} has chats`));
    if (userData) this.updateUserData(userData, []);
    return new Promise((resolve) => {
      const agent: Agent = { leg: this.#newLeg(), to, desk, settle: resolve };
      this.#agent = agent;
      const declined = (by: 'local' | 'remote', state: CallState, refused: Refusal): void => {
        this.#without(agent, by, state);
        resolve(refused);
        if (!confirm) this.end('us');
      };
      const isOffered = desk.offer({
        ixn: this.ixn,
        accept: () => {
          this.#accepted(agent);
        },
        reject: () => {
          declined('remote', CallState.RemoteRelease, refusal('rejected', `DN ${to.value} rejected it`));
        },
        leave: () => {
          this.end('agent');
        },
        write: (text) => {
          this.write('agent', text);
        },
      });
      if (!isOffered) {
        this.#agent = undefined;
        resolve(refusal('unreachable', `DN ${to.value} is unreachable`));
        return;
      }
      this.#alarms.set('offer', ringTimeoutMs, () => {
        const text = `DN ${to.value} did not accept it within ${ringTimeoutMs} ms`;
        declined('local', CallState.NoAnswer, refusal('no-answer', text));
      });
      this.tell({ type: 'ringing', leg: agent.leg, to });
      if (!confirm) resolve({ ok: true });
    });
  }

  /** 2 */
  end(who: 'customer' | 'agent' | 'us'): void {
    const agent = this.#agent;
    if (agent) this.#without(agent, who === 'agent' ? 'remote' : 'local', CallState.Ok);
    if (this.who.entryPoint !== undefined)
      this.tell({
        type: 'released',
        leg: this.#customerLeg,
        by: who === 'customer' ? 'remote' : 'local',
        state: CallState.Ok,
      });
    this.tell({ type: 'deleted' });
    agent?.settle(gone(this.ixn));
  }

  #accepted(agent: Agent): void {
    this.#alarms.clear('offer');
    this.tell({ type: 'established', leg: agent.leg, to: agent.to });
    agent.settle({ ok: true, agentLeg: agent.leg });
  }

  #without(agent: Agent, by: 'local' | 'remote', state: CallState): void {
    this.#alarms.clear('offer');
    this.#agent = undefined;
    agent.desk.end(this.ixn);
    this.tell({ type: 'released', leg: agent.leg, by, state });
  }

  get #customerLeg(): LegId {
    return `${this.ixn}-1` as LegId;
  }

  #newLeg(): LegId {
    return `${this.ixn}-${++this.#legs}` as LegId;
  }
}
