/**
 * `<ixn:merge>`, ours: two calls become one. ORS's own words for it were not to be found; those of T-Library are transfer and conference.
 */
import type { InteractionId, OpResult, TelephonyPort } from '../../../voice/port.js';
import { asText } from '../../arguments.js';
import { failed, notOurs, ownOf, refusal, type Perform } from './services.js';

type Merge = Pick<TelephonyPort, 'transfer' | 'conference'>;

const kinds: Readonly<Record<string, (voice: Merge, held: InteractionId, active: InteractionId) => Promise<OpResult>>> =
  {
    transfer: (voice, held, active) => voice.transfer(held, active),
    conference: (voice, held, active) => voice.conference(held, active),
  };

/** The call that is left is `interactionid`; of the other one, `active`, the session hears interaction.onmerge and deleted. */
export const merge: Perform = async (effect, context, services) => {
  const { requestid, attributes } = effect;
  const { interactionid, ixn: held } = await ownOf(effect, context, services);
  const other = asText(attributes['active']) ?? '';
  const active = services.interactions.find(other, context.sessionid);
  const type = asText(attributes['type']) ?? 'conference';
  const joins = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!joins) refuse(refusal('unsupported', `type is none of ${Object.keys(kinds).join(', ')}`));
  else if (!held) refuse(notOurs(interactionid));
  // Done again, it may find that the other call has become a part of this one.
  else if (!active && context.again) finish();
  else if (!active) refuse(notOurs(other));
  else {
    const result = await joins(services.voice, held, active);
    if (result.ok) finish();
    else refuse(result);
  }

  function finish(): void {
    context.finish('interaction.merge.done', { requestid, interactionid });
  }
  function refuse(why: Parameters<typeof failed>[2]): void {
    context.finish('error.interaction.merge', failed(requestid, interactionid, why));
  }
};
