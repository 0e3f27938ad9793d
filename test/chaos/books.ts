/**
 * What the network has told: who was dialled how often, which calls are up. A callback's calls carry its id, but for a customer's who
 * calls: what is written on that may fail.
 */
import type { InteractionId, TelephonyEvent, UserData } from '../../server/voice/port.js';

const whoseIn = (data: UserData = {}): string => {
  const id = data['GMS_Service_ID'];
  return typeof id === 'string' ? id : '';
};

export class Books {
  readonly #up = new Map<InteractionId, string>();
  readonly #dials = new Map<string, Set<string>>();
  readonly #talks = new Map<string, number>();
  /** What must never be. */
  readonly wrong: string[] = [];

  hear(event: TelephonyEvent): void {
    const { type, ixn } = event;
    if (type === 'dialing') this.#dialled(ixn, whoseIn(event.request.userData), event.request.requestId);
    else if (type === 'arrived') this.#named(ixn, '');
    else if (type === 'userDataChanged' && this.#up.has(ixn)) this.#named(ixn, whoseIn(event.set));
    else if (type === 'deleted') this.#up.delete(ixn);
    else if (type === 'established' && event.to.kind === 'dn') this.#talked(ixn);
  }

  /** The customer of a callback calls. */
  calls(ixn: InteractionId, callback: string): void {
    if (this.#up.has(ixn)) this.#named(ixn, callback);
  }

  /** The network went down with its process. */
  cutOff(): void {
    this.#up.clear();
  }

  #dialled(ixn: InteractionId, callback: string, requestId: string): void {
    if ([...this.#up.values()].includes(callback))
      this.wrong.push(`${callback}: the customer is dialled while a call is up`);
    const before = this.#dials.get(callback) ?? new Set();
    if (before.has(requestId)) this.wrong.push(`${callback}: request ${requestId} is dialled twice`);
    this.#dials.set(callback, before.add(requestId));
    this.#up.set(ixn, callback);
  }

  /** '': nothing is said of whose it is. */
  #named(ixn: InteractionId, callback: string): void {
    this.#up.set(ixn, callback === '' ? (this.#up.get(ixn) ?? 'a caller') : callback);
  }

  #talked(ixn: InteractionId): void {
    const callback = this.#up.get(ixn) ?? '';
    this.#talks.set(callback, this.talks(callback) + 1);
  }

  get up(): readonly string[] {
    return [...this.#up].map((each) => each.join(' of '));
  }
  dials(callback: string): number {
    return this.#dials.get(callback)?.size ?? 0;
  }
  /** How often an agent has answered. */
  talks(callback: string): number {
    return this.#talks.get(callback) ?? 0;
  }
}
