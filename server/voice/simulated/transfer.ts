/** Two simulated calls become one: a transfer that is completed, or a conference. `call.ts` is a call, `parties.ts` who is in it. */
import { CallState, type InteractionId, type OpResult, type UserData } from '../port.js';
import type { SimulatedCall } from './call.js';
import { refusal } from './refusal.js';

/** Whoever is in `active` comes into `held`, which goes on. In a transfer the agent who consulted leaves. */
export function join(held: SimulatedCall, active: SimulatedCall, as: 'transfer' | 'conference'): OpResult<Joined> {
  const refused = refusalOf(held, active);
  if (refused) return refused;
  active.tell({ type: 'merged', into: held.ixn });
  // whoever hears of it may end either
  if (active.isOver() || held.isOver()) return refusal('gone', `${active.ixn} or ${held.ixn} has ended`);
  const came = move(active, held);
  active.transferred(held.ixn);
  inherit(held, active.userData);
  for (const { leg, to } of came) held.tell({ type: 'joined', leg, to });
  if (held.isHeld) held.hold(false);
  if (as === 'transfer') leave(held, consultingIn(active));
  held.served(came[0]?.to);
  return { ok: true, ixn: held.ixn };
}

/** What was attached to the consultation, where the call has no such key. */
const inherit = (held: SimulatedCall, userData: UserData): void => {
  const own = Object.entries(userData).filter(([key]) => !Object.hasOwn(held.userData, key));
  if (own.length > 0 && !held.isOver()) held.updateUserData(Object.fromEntries(own), []);
};

/** An agent who had nobody else in the call stays, so that the customer is not alone. */
const leave = (held: SimulatedCall, consulting: string | undefined): void => {
  const agent = consulting === undefined ? undefined : held.parties.agentAt(consulting);
  if (agent && held.parties.goesOnWithout(agent)) held.without(agent, 'local', CallState.Transferred);
};

const move = (from: SimulatedCall, to: SimulatedCall) => {
  const { customers, agents, all } = from.parties;
  from.parties.customers = from.parties.agents = [];
  for (const party of all) party.moveTo(to.parties.newLeg(), to);
  to.parties.customers = [...to.parties.customers, ...customers];
  to.parties.agents = [...to.parties.agents, ...agents];
  return all;
};

interface Joined {
  readonly ixn: InteractionId;
}

/** The DN of the agent who asked somebody about another call. */
export const consultingIn = ({ origin }: SimulatedCall): string | undefined =>
  origin.kind === 'dialled' && origin.parent !== undefined && origin.from.kind === 'dn' ? origin.from.value : undefined;

const refusalOf = (held: SimulatedCall, active: SimulatedCall) => {
  if (held === active) return refusal('bad-argument', `${held.ixn} cannot be put into itself`);
  if (active.unable) return active.unable;
  if (!held.isHeld) return held.unable ?? refusal('not-held', `${held.ixn} is not held`);
  return held.parties.agents.some(({ answered }) => !answered) ||
    active.parties.agents.some(({ answered }) => !answered)
    ? refusal('busy', `${held.ixn} or ${active.ixn} rings at an agent`)
    : undefined;
};
