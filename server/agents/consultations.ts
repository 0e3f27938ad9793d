/**
 * An agent asks somebody about a call, which is held meanwhile, and then brings them into it, or goes back to it alone. `agents.ts`
 * begins it and does not wait: desktops hear how it goes by their calls.
 *
 * 1. Whatever goes wrong, the agent has the call back, not held, and nobody else is called any more.
 * 2. An agent asks one at a time.
 * 3. Who was asked to be brought in at once is brought in by their answer.
 */
import type { Address, InteractionId, OpResult, TelephonyEvent, TelephonyPort } from '../voice/port.js';

export type Joining = 'transfer' | 'conference';

/** `calling`: nobody has answered yet. */
export interface Consultation {
  readonly to: string;
  readonly state: 'calling' | 'talking';
}

export interface Wanted {
  readonly agent: string;
  /** The DN of the agent. */
  readonly dn: string;
  /** The call that it is about. */
  readonly ixn: InteractionId;
  /** A DN, or a number outside. */
  readonly to: string;
  /** 3 */
  readonly as?: Joining | undefined;
}

interface Asked extends Wanted {
  readonly requestId: string;
  state: Consultation['state'];
  /** The call with whom is asked, from when it is dialled. */
  other: InteractionId | undefined;
}

const RING_MS = 32_000;

const refusal = (code: 'busy' | 'not-connected', text: string): OpResult => ({ ok: false, code, text });

export class Consultations {
  readonly #byAgent = new Map<string, Asked>();
  #begun = 0;

  constructor(
    private readonly voice: TelephonyPort,
    /** Somebody is being called, or has answered. */
    private readonly changed: (agent: string, ixn: InteractionId) => void,
  ) {}

  of(agent: string, ixn: string): Consultation | undefined {
    const asked = this.#byAgent.get(agent);
    return asked?.ixn === ixn ? { to: asked.to, state: asked.state } : undefined;
  }

  /** Answers when the call is held, and somebody is being called. */
  async begin(wanted: Wanted): Promise<OpResult> {
    const { agent, ixn } = wanted;
    const before = this.#byAgent.get(agent);
    if (before) return refusal('busy', `${before.to} is being asked already: retrieve the call first`);
    const asked: Asked = {
      ...wanted,
      ...{ requestId: `${ixn}/consult/${++this.#begun}`, state: 'calling', other: undefined },
    };
    this.#byAgent.set(agent, asked);
    const held = await this.voice.hold(ixn);
    if (held.ok) void this.#ask(asked).catch(() => this.#back(asked));
    else this.#end(asked);
    return held;
  }

  /** Who was asked comes into the call. When that is refused, the consultation goes on. */
  async complete(agent: string, ixn: InteractionId, as: Joining): Promise<OpResult> {
    const asked = this.#byAgent.get(agent);
    return asked?.ixn === ixn && asked.state === 'talking' && asked.other !== undefined
      ? this.voice[as](ixn, asked.other)
      : refusal('not-connected', 'nobody has answered who was asked about it: consult first, or say to whom');
  }

  /** The agent goes back to the call; undefined: nobody is asked about it. */
  back(agent: string, ixn: InteractionId): Promise<OpResult> | undefined {
    const asked = this.#byAgent.get(agent);
    return asked?.ixn === ixn ? this.#back(asked) : undefined;
  }

  /** What the network tells. */
  hear(event: TelephonyEvent): void {
    for (const asked of this.#byAgent.values()) {
      if (event.type === 'dialing' && event.request.requestId === asked.requestId) asked.other = event.ixn;
      if (event.ixn === asked.other && event.type === 'merged') this.#end(asked);
      if (event.type !== 'deleted') continue;
      // Until there is an answer, the dial says how it has ended.
      if (event.ixn === asked.other && asked.state === 'talking') void this.#back(asked);
      if (event.ixn === asked.ixn) this.#leave(asked);
    }
  }

  async #ask(asked: Asked): Promise<void> {
    const { voice, changed } = this;
    const { agent, dn, ixn, to, as, requestId } = asked;
    const address: Address = { kind: voice.deviceAt(to) === 'dn' ? 'dn' : 'number', value: to };
    const from = { kind: 'dn', value: dn } as const;
    const dial = voice.createCall({ requestId, from, to: address, ringTimeoutMs: RING_MS, parent: ixn });
    changed(agent, ixn);
    const answer = await dial;
    if (this.#byAgent.get(agent) !== asked) {
      // The agent has gone back before there was an answer.
      if (answer.connected) await voice.release(answer.ixn);
      return;
    }
    if (!answer.connected) {
      await this.#back(asked);
      return;
    }
    asked.other = answer.ixn;
    asked.state = 'talking';
    if (as === undefined) changed(agent, ixn);
    else if (!(await this.complete(agent, ixn, as)).ok) await this.#back(asked);
  }

  /** 1 */
  async #back(asked: Asked): Promise<OpResult> {
    if (this.#end(asked) && asked.other !== undefined) await this.voice.release(asked.other);
    return this.voice.retrieve(asked.ixn);
  }

  #leave(asked: Asked): void {
    this.#end(asked);
    if (asked.other !== undefined) void this.voice.release(asked.other).catch(() => undefined);
  }

  /** False: it was over. */
  #end(asked: Asked): boolean {
    return this.#byAgent.get(asked.agent) === asked && this.#byAgent.delete(asked.agent);
  }
}
