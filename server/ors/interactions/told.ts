/**
 * What the network's events are to a strategy: the asynchronous events of ORS's interaction module. `../interactions.ts` knows to
 * which session they go; `interaction.added`, `present`, `deleted` and `notcontrolled`, which are about that, are told there.
 *
 * `hints.callstate` is a CallState; `cause` and `ccevent` are there where the guide gives them.
 */
import type { Data } from '../../../engine/event.js';
import { CallState, type InteractionId, type LegId, type TelephonyEvent } from '../../voice/port.js';

interface Told {
  readonly name: string;
  readonly data: Readonly<Record<string, Data>>;
}

/** The guide, calls that are forwarded to, and diverted from, a device. */
const forwarded = { callstate: CallState.Forwarded, cause: 7, ccevent: 8 };
const redirected = { callstate: CallState.Redirected, cause: 7, ccevent: 13 };

/** Who a leg is. */
export interface Heard {
  readonly device: string;
  /** It came with the interaction: the customer's. */
  readonly first: boolean;
}

type WhoIs = (leg: LegId) => Heard | undefined;

export const heardIn = (event: TelephonyEvent): Heard | undefined => {
  if (event.type === 'dialing') return { device: event.request.to.value, first: true };
  if (event.type === 'arrived') return { device: event.to.value, first: true };
  if (event.type === 'joined') return { device: event.to.value, first: false };
  return event.type === 'ringing' && event.to.kind !== 'number' ? { device: event.to.value, first: false } : undefined;
};

type Tell<T extends TelephonyEvent['type']> = (
  event: TelephonyEvent & { readonly type: T },
  whoIs: WhoIs,
) => Told | undefined;

const tellings: { readonly [T in TelephonyEvent['type']]?: Tell<T> } = {
  arrived: ({ ixn, leg, to }) => party(ixn, leg, 'queued', to.value, forwarded),
  ringing: ({ ixn, leg, to }) => party(ixn, leg, 'ringing', to.value),
  established: ({ ixn, leg, to }) => party(ixn, leg, 'established', to.value),
  joined: ({ ixn, leg, to }) => party(ixn, leg, 'established', to.value),
  held: ({ ixn, leg }, whoIs) => party(ixn, leg, 'held', whoIs(leg)?.device ?? '', { callstate: CallState.Held }),
  retrieved: ({ ixn, leg }, whoIs) => party(ixn, leg, 'established', whoIs(leg)?.device ?? ''),
  diverted: ({ ixn, leg, from, to }) => ({
    name: 'interaction.ondivert',
    data: {
      interactionid: ixn,
      divertingdeviceid: from,
      divertingpartyid: leg,
      divertingpartystate: 'queued',
      newdestinationid: to.value,
      hints: redirected,
    },
  }),
  merged: ({ ixn, into }) => ({
    name: 'interaction.onmerge',
    data: { frominteractionid: ixn, tointeractionid: into },
  }),
  text: ({ ixn, from, text }) =>
    from === 'customer' ? { name: 'chat.message', data: { interactionid: ixn, text } } : undefined,
  userDataChanged: ({ ixn }) => ({ name: 'interaction.udata.changed', data: { interactionid: ixn } }),
  released({ ixn, leg, state }, whoIs) {
    const who = whoIs(leg);
    if (state === CallState.Abandoned)
      return { name: 'interaction.abandoned', data: { interactionid: ixn, focusdeviceid: who?.device ?? '' } };
    // Of the customer's leg, `interaction.deleted` says it.
    return who && !who.first ? party(ixn, leg, 'released', who.device, { callstate: state }) : undefined;
  },
};

export const toldOf = (event: TelephonyEvent, whoIs: WhoIs): Told | undefined =>
  (tellings[event.type] as Tell<TelephonyEvent['type']> | undefined)?.(event, whoIs);

const party = (
  interactionid: InteractionId,
  partyid: LegId,
  partystate: string,
  focusdeviceid: string,
  hints: Readonly<Record<string, number>> = { callstate: CallState.Ok },
): Told => ({
  name: 'interaction.partystatechanged',
  data: { interactionid, partystate, focusdeviceid, partyid, hints },
});
