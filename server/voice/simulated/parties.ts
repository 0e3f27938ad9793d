/** Who is in a simulated call, by leg. `call.ts` has one of these and tells what happens; `transfer.ts` moves people from one to another. */
import type { InteractionId, LegId } from '../port.js';
import type { AgentLeg } from './agent-leg.js';
import type { CustomerLeg } from './customer-leg.js';

export class Parties {
  customers: readonly CustomerLeg[] = [];
  agents: readonly AgentLeg[] = [];
  #legs = 0;

  constructor(readonly ixn: InteractionId) {}

  newLeg(): LegId {
    return `${this.ixn}-${++this.#legs}` as LegId;
  }

  /** From the last that came to the first. */
  get all(): readonly (CustomerLeg | AgentLeg)[] {
    return [...this.agents, ...this.customers];
  }

  /** Whom the call is about: the first customer, who may have come from another call; else an agent. */
  get first(): LegId | undefined {
    return (this.customers[0] ?? this.agents[0])?.leg;
  }

  remove(party: CustomerLeg | AgentLeg): void {
    this.customers = this.customers.filter((other) => other !== party);
    this.agents = this.agents.filter((other) => other !== party);
  }

  /** Two talk, or will: with this one gone. */
  goesOnWithout(party: CustomerLeg | AgentLeg): boolean {
    const customers = this.customers.filter((other) => other !== party).length;
    const agents = this.agents.filter((other) => other !== party && other.answered).length;
    return customers > 0 && customers + agents >= 2;
  }

  /** An agent who has answered at this DN. */
  agentAt(dn: string): AgentLeg | undefined {
    return this.agents.find(({ answered, request }) => answered && request.to.value === dn);
  }
}
