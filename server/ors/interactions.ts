/**
 * Which session an interaction belongs to, and what the network's events mean to it. The modules that act on calls
 * (`modules/interaction.ts`, `modules/dialog.ts`) share one of these.
 *
 * 1. An interaction belongs to one session at most; a session may have many.
 * 2. After `interaction.deleted` nothing more is said about an interaction.
 */
import type { ActionContext } from '../host/module.js';
import type { InteractionId, TelephonyEvent } from '../voice/port.js';

export class Interactions {
  readonly #owners = new Map<InteractionId, ActionContext>();

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

  /** The network's sink. */
  report(event: TelephonyEvent): void {
    if (event.type !== 'deleted') return;
    const owner = this.#owners.get(event.ixn);
    this.#owners.delete(event.ixn);
    owner?.raise('interaction.deleted', { interactionid: event.ixn, resultof: 'deletion' });
  }

  /** The session is over: its calls go on without it. */
  release(sessionid: string): void {
    for (const [ixn, owner] of this.#owners) if (owner.sessionid === sessionid) this.#owners.delete(ixn);
  }
}
