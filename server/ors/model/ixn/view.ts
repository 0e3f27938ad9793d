/** One interaction as strategies see it: `_genesys.ixn.interactions[id]`. ORS interface, object model. */
import type { Data } from '../../../../engine/event.js';
import { toData } from '../../../../engine/datamodel/data.js';
import type { CallParty, CallView, InteractionId, TelephonyPort } from '../../../voice/port.js';
import { media } from './library.js';

type InteractionView = { readonly g_uid: string } & Readonly<Record<string, Data>>;

/** There is one tenant. */
const TENANT = '1';

export const interactionView = (
  ixn: InteractionId,
  voice: Pick<TelephonyPort, 'call' | 'getUserData' | 'name'>,
): InteractionView | undefined => {
  const call = voice.call(ixn);
  return (
    call && {
      g_uid: ixn,
      tenantid: TENANT,
      ...(call.parent !== undefined && { parentid: call.parent }),
      udata: toData(voice.getUserData(ixn) ?? {}) ?? {},
      xdata: {},
      location: { media_server: voice.name },
      parties: Object.fromEntries(call.parties.map(partyOf)),
      ...(call.media === 'chat' ? { chat: chatOf(ixn, call) } : { voice: voiceOf(ixn, call) }),
    }
  );
};

/** While it is at a route point a call has one leg and two parties. */
const partyOf = ({ leg, device, devicetype }: CallParty): readonly [id: string, party: Data] => [
  devicetype === 'routepoint' ? `${leg}-${device}` : leg,
  { device, devicetype },
];

const voiceOf = (ixn: InteractionId, { type, ani, dnis, ced }: CallView): Data => ({
  type,
  media: media.TMediaVoice,
  ani,
  dnis,
  callid: ixn,
  connid: ixn,
  ...(ced !== undefined && { ced }),
});

const chatOf = (ixn: InteractionId, { type }: CallView): Data => ({
  type: type === 'inbound' ? 'InboundNew' : 'OutboundNew',
  media: media.TMediaChat,
  externalID: ixn,
});
