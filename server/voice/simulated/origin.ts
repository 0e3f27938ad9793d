/** How a call of the simulated network came to be: dialled by us, or by somebody outside. `call.ts` is what becomes of it. */
import type { CallParty, CallView, CreateCallRequest, InteractionId, UserData } from '../port.js';
import type { Parties } from './parties.js';

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
  readonly parties: Parties;
}

export const viewOf = (origin: Origin, { held, at, parties: { customers, agents } }: Now): CallView => ({
  ...factsOf(origin),
  held,
  parties: [
    ...customers.map(({ leg, number: device }): CallParty => ({ leg, device, devicetype: 'unknown' })),
    ...(at === undefined || !customers[0]
      ? []
      : [{ leg: customers[0].leg, device: at, devicetype: 'routepoint' as const }]),
    ...agents.map(({ leg, to, passing }): CallParty => ({
      leg,
      device: passing?.name ?? to.value,
      devicetype: passing ? 'routepoint' : 'agent',
    })),
  ],
});

const factsOf = (origin: Origin): Omit<CallView, 'held' | 'parties'> => {
  if (origin.kind === 'dialled')
    return {
      type: origin.parent === undefined ? 'outbound' : 'consult',
      ani: origin.displayNumber ?? origin.from.value,
      dnis: origin.to.value,
      ...(origin.parent !== undefined && { parent: origin.parent }),
    };
  const { ani, dnis, ced, parent } = origin;
  return {
    type: parent === undefined ? 'inbound' : 'consult',
    ani,
    dnis,
    ...(ced !== undefined && { ced }),
    ...(parent !== undefined && { parent }),
  };
};
