/** How a call of the simulated network came to be: dialled by us, or by somebody outside. `call.ts` is what becomes of it. */
import type { CallParty, CallView, CreateCallRequest, InteractionId, LegId, UserData } from '../port.js';

/** A call from outside, or, with `parent`, of an agent who asks about another call. */
export interface InboundCall {
  readonly ani: string;
  readonly dnis: string;
  /** Where it arrives. */
  readonly routePoint: string;
  readonly ced?: string;
  readonly parent?: InteractionId;
  readonly userData?: UserData;
}

export type Origin = (CreateCallRequest & { readonly kind: 'dialled' }) | (InboundCall & { readonly kind: 'arrived' });

interface Now {
  readonly held: boolean;
  readonly at: string | undefined;
  readonly leg: LegId;
  readonly agent: { readonly leg: LegId; readonly request: { readonly to: { readonly value: string } } } | undefined;
}

export const viewOf = (origin: Origin, { held, at, leg, agent }: Now): CallView => {
  const facts = factsOf(origin);
  const customer = facts.type === 'outbound' ? facts.dnis : facts.ani;
  const parties: CallParty[] = [{ leg, device: customer, devicetype: 'unknown' }];
  if (at !== undefined) parties.push({ leg, device: at, devicetype: 'routepoint' });
  if (agent) parties.push({ leg: agent.leg, device: agent.request.to.value, devicetype: 'agent' });
  return { ...facts, held, parties };
};

const factsOf = (origin: Origin): Omit<CallView, 'held' | 'parties'> => {
  if (origin.kind === 'dialled')
    return { type: 'outbound', ani: origin.displayNumber ?? origin.from.value, dnis: origin.to.value };
  const { ani, dnis, ced, parent } = origin;
  return {
    type: parent === undefined ? 'inbound' : 'consult',
    ani,
    dnis,
    ...(ced !== undefined && { ced }),
    ...(parent !== undefined && { parent }),
  };
};
