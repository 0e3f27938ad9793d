/** `AgentReservations` for routers of one process, each with its own agents' states: first come, first served. */
import type { AgentReservations } from '../../../server/routing/cluster.js';

export class SharedReservations implements AgentReservations {
  readonly #holders = new Map<string, { readonly reservation: string; readonly untilMs: number }>();

  constructor(private readonly now: () => number) {}

  reserve(agent: string, reservation: string, untilMs: number): boolean {
    const holder = this.#holders.get(agent);
    if (holder && holder.reservation !== reservation && this.now() < holder.untilMs) return false;
    this.#holders.set(agent, { reservation, untilMs });
    return true;
  }

  release(agent: string, reservation: string): void {
    if (this.#holders.get(agent)?.reservation === reservation) this.#holders.delete(agent);
  }
}
