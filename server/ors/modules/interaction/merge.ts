/**
 * `<ixn:merge>`, ours: two calls become one. ORS's own words for it were not to be found; those of T-Library are transfer and conference.
 */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { ActionContext } from '../../../host/module.js';
import type { InteractionId, OpResult, TelephonyPort } from '../../../voice/port.js';
import { asText } from '../../arguments.js';
import { failed, notOurs, ownOf, refusal, type InteractionServices, type Perform } from './services.js';

type Merge = Pick<TelephonyPort, 'transfer' | 'conference'>;

const kinds: Readonly<Record<string, (voice: Merge, held: InteractionId, active: InteractionId) => Promise<OpResult>>> =
  {
    transfer: (voice, held, active) => voice.transfer(held, active),
    conference: (voice, held, active) => voice.conference(held, active),
  };

/**
 * The call that is left is `interactionid`; of the other one, `active`, the session hears interaction.onmerge and deleted. Those who
 * are in it now talk on when the session ends.
 */
export const merge: Perform = async (effect, context, services) => {
  const { requestid } = effect;
  const { interactionid, ixn: held } = await ownOf(effect, context, services);
  const result = held ? await joined(held, effect, context, services) : notOurs(interactionid);
  if (!result.ok) {
    context.finish('error.interaction.merge', failed(requestid, interactionid, result));
    return;
  }
  if (held) services.interactions.handOver(held, true);
  context.finish('interaction.merge.done', { requestid, interactionid });
};

const joined = async (
  held: InteractionId,
  { attributes }: ModuleEffect,
  { sessionid, again }: ActionContext,
  { voice, interactions }: InteractionServices,
): Promise<OpResult | ReturnType<typeof refusal>> => {
  const type = asText(attributes['type']) ?? 'conference';
  const join = Object.hasOwn(kinds, type) ? kinds[type] : undefined;
  if (!join) return refusal('unsupported', `type is none of ${Object.keys(kinds).join(', ')}`);
  const other = asText(attributes['active']) ?? '';
  const active = interactions.find(other, sessionid);
  if (active) return join(voice, held, active);
  // Done again, it may find that the other call has become a part of this one, which is not held any more then.
  return again && voice.call(held)?.held === false ? { ok: true } : notOurs(other);
};
