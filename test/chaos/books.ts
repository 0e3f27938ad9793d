/**
 * What the network has told: who was dialled how often, which calls are up. A callback's calls carry its id, but for a customer's who
 * calls: what is written on that may fail.
 */
import type { CreateCallRequest, InteractionId, TelephonyEvent, UserData } from '../../server/voice/port.js';

const whoseIn = (data: UserData = {}): string => {
  const id = data['GMS_Service_ID'];
  return typeof id === 'string' ? id : '';
};

export class Books {
  readonly #up = new Map<InteractionId, string>();
  /** Of these, those with their customer, or on their way there. */
  readonly #customers = new Set<InteractionId>();
  readonly #dials = new Map<string, Set<string>>();
  readonly #talks = new Map<string, number>();
  /** What must never be. */
  readonly wrong: string[] = [];

  /** `userDataOf`: of a chat, which is there unannounced. */
  constructor(private readonly userDataOf: (ixn: InteractionId) => UserData | undefined = () => undefined) {}

  hear(event: TelephonyEvent): void {
    const { type, ixn } = event;
    if (type === 'dialing') this.#dialled(ixn, event.request);
    else if (type === 'arrived') this.#named(ixn, '');
    else if (type === 'userDataChanged' && this.#up.has(ixn)) this.#named(ixn, whoseIn(event.set));
    else if (type === 'merged' && this.#customers.has(ixn)) this.#customers.add(event.into);
    else if (type === 'deleted') this.#over(ixn);
    else if (type === 'ringing' || type === 'established') this.#rung(ixn, event);
  }

  #rung(ixn: InteractionId, { type, to }: Extract<TelephonyEvent, { type: 'ringing' | 'established' }>): void {
    if ((this.#up.get(ixn) ?? '') === '') this.#up.set(ixn, whoseIn(this.userDataOf(ixn)));
    if (type === 'established' && to.kind === 'dn') this.#talked(ixn);
  }

  /** The customer of a callback calls. */
  calls(ixn: InteractionId, callback: string): void {
    if (this.#up.has(ixn)) this.#named(ixn, callback);
  }

  /** The network went down with its process. */
  cutOff(): void {
    this.#up.clear();
    this.#customers.clear();
  }

  #over(ixn: InteractionId): void {
    this.#up.delete(ixn);
    this.#customers.delete(ixn);
  }

  #dialled(ixn: InteractionId, { requestId, userData, to }: CreateCallRequest): void {
    const callback = whoseIn(userData);
    this.#up.set(ixn, callback);
    if (to.kind === 'dn') return;
    if ([...this.#customers].some((each) => this.#up.get(each) === callback))
      this.wrong.push(`${callback}: the customer is dialled while a call is up`);
    this.#customers.add(ixn);
    const before = this.#dials.get(callback) ?? new Set();
    if (before.has(requestId)) this.wrong.push(`${callback}: request ${requestId} is dialled twice`);
    this.#dials.set(callback, before.add(requestId));
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
