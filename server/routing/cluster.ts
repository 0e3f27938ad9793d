/**
 * Agents that more than one router may take: `agent_reservation` of a SIP cluster (the guide, "Configuring Callback in SIP Cluster
 * Environment"). Whoever holds the agents' phones says which router has an agent; without one, this router has them all.
 */
export interface AgentReservations {
  /**
   * Whether this router has the agent from now on, until then or until `release`. Answers false while another has it. The same
   * reservation may be asked for again. A rejected promise counts as false.
   */
  reserve(agent: string, reservation: string, untilMs: number): boolean | Promise<boolean>;
  release(agent: string, reservation: string): void;
}

/** For routers of one process, each with its own agents' states: first come, first served. */
export class SharedReservations {
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
