/**
 * Which session an interaction belongs to, and what the network's events mean to it. The modules that act on calls
 * (`modules/interaction.ts`, `modules/dialog.ts`) share one of these.
 *
 * 1. An interaction belongs to one session at most; a session may have many.
 * 2. After `interaction.deleted` nothing more is said about an interaction.
 * 3. A call that its session has handed to nobody, or is still dialling, is left over when the session ends: `release` names it.
 */
import type { ActionContext } from '../host/module.js';
import type { InteractionId, TelephonyEvent } from '../voice/port.js';

interface Dial {
  readonly sessionid: string;
  ixn: InteractionId | undefined;
  end: TelephonyEvent | undefined;
}

export class Interactions {
  readonly #owners = new Map<InteractionId, ActionContext>();
  /** Somebody else has it, or is being asked to take it. */
  readonly #handedOver = new Set<InteractionId>();
  /** By the key of the request; the interaction is known when it was announced. */
  readonly #dials = new Map<string, Dial>();

  /** From here on the session is dialling, until `dialled`. */
  dialling(key: string, sessionid: string): void {
    this.#dials.set(key, { sessionid, ixn: undefined, end: undefined });
  }

  /** Answers the end of a call that was over before anybody could own it: to be reported when somebody does. */
  dialled(key: string): TelephonyEvent | undefined {
    const end = this.#dials.get(key)?.end;
    this.#dials.delete(key);
    return end;
  }

  /** ORS interface: `interaction.added`. False when the session is over: the interaction belongs to nobody. */
  add(interactionid: InteractionId, focusdeviceid: string, owner: ActionContext): boolean {
    this.#owners.set(interactionid, owner);
    if (owner.raise('interaction.added', { interactionid, focusdeviceid })) return true;
    this.#owners.delete(interactionid);
    return false;
  }

  /** An id from a strategy is any text: it is an interaction only if the session has it. */
  find(id: unknown, sessionid: string): InteractionId | undefined {
    const interactionid = id as InteractionId;
    return this.#owners.get(interactionid)?.sessionid === sessionid ? interactionid : undefined;
  }

  /** The session's call is offered to somebody, or comes back from there. */
  handOver(ixn: InteractionId, handedOver: boolean): void {
    if (handedOver) this.#handedOver.add(ixn);
    else this.#handedOver.delete(ixn);
  }

  /** The network's sink. */
  report(event: TelephonyEvent): void {
    if (event.type === 'dialing') {
      const dial = this.#dials.get(event.request.requestId);
      if (dial) dial.ixn = event.ixn;
    }
    if (event.type !== 'deleted') return;
    for (const dial of this.#dials.values()) if (dial.ixn === event.ixn) dial.end = event;
    const owner = this.#owners.get(event.ixn);
    this.#forget(event.ixn);
    owner?.raise('interaction.deleted', { interactionid: event.ixn, resultof: 'deletion' });
  }

  /** The session is over. Answers the calls that nobody has now (3); the others go on without it. */
  release(sessionid: string): readonly InteractionId[] {
    const dialling = [...this.#dials].filter(([, dial]) => dial.sessionid === sessionid);
    const owned = [...this.#owners].filter(([, owner]) => owner.sessionid === sessionid).map(([ixn]) => ixn);
    const left = owned.filter((ixn) => !this.#handedOver.has(ixn));
    for (const [key] of dialling) this.#dials.delete(key);
    for (const ixn of owned) this.#forget(ixn);
    return [...left, ...dialling.flatMap(([, { ixn }]) => ixn ?? [])];
  }

  #forget(ixn: InteractionId): void {
    this.#owners.delete(ixn);
    this.#handedOver.delete(ixn);
  }
}
