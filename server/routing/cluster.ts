/**
 * Agents that more than one router may take: `agent_reservation` of a SIP cluster (the guide, "Configuring Callback in SIP Cluster
 * Environment"). Whoever holds the agents' phones says which router has an agent; without one, this router has them all. This server has one router
 * and ships no cluster; whoever puts several routers before one floor passes this to each (`routing.ts`).
 */
export interface AgentReservations {
  /**
   * Whether this router has the agent from now on, until then or until `release`. Answers false while another has it. The same
   * reservation may be asked for again. A rejected promise counts as false.
   */
  reserve(agent: string, reservation: string, untilMs: number): boolean | Promise<boolean>;
  release(agent: string, reservation: string): void;
}
