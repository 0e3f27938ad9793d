/**
 * Whose an interaction is: `attach`, `detach`, `associate`. It belongs to one session at most; what belongs to none may be taken by
 * any that knows its id, as a strategy that has a consultation takes the call that it is about.
 */
import type { InteractionId } from '../../../voice/port.js';
import { asText } from '../../arguments.js';
import { failed, notOurs, ownOf, refusal, type Perform } from './services.js';

/** The session hears `interaction.added`, then that it is done. */
export const attach: Perform = async (effect, context, services) => {
  const { voice, interactions } = services;
  const { requestid } = effect;
  const { interactionid, ixn: own } = await ownOf(effect, context, services);
  const ixn = own ?? interactions.free(interactionid);
  if (!ixn) {
    const isThere = voice.call(interactionid as InteractionId) !== undefined;
    const description = `${isThere ? 'another session has' : 'there is no'} interaction "${interactionid}"`;
    const error = isThere ? 'invalidstate' : 'invalidstate.null';
    context.finish('error.interaction.attach', { requestid, interactionid, error, description });
    return;
  }
  const device = voice.call(ixn)?.parties.at(-1)?.device ?? '';
  if (interactions.add(ixn, device, context.sessionid))
    context.finish('interaction.attach.done', { requestid, interactionid });
};

/** From here on the session hears nothing of it, and its end does not end the call. */
export const detach: Perform = async (effect, context, services) => {
  const { interactions } = services;
  const { requestid } = effect;
  const { interactionid, ixn } = await ownOf(effect, context, services);
  if (ixn) await interactions.detached(ixn);
  // Done again, it may find that it was done.
  if (ixn ?? (context.again ? interactions.free(interactionid) : undefined))
    context.finish('interaction.detach.done', { requestid, interactionid });
  else
    context.finish('error.interaction.detach', {
      ...failed(requestid, interactionid, notOurs(interactionid)),
      error: 'invalidstate',
    });
};

/**
 * To another session: that one hears `interaction.added` and `interaction.present`, this one `interaction.deleted`, with resultof
 * 'associate', and `interaction.notcontrolled`.
 */
export const associate: Perform = async (effect, context, services) => {
  const { interactions } = services;
  const { requestid } = effect;
  const to = asText(effect.attributes['sessionid']) ?? '';
  const { interactionid, ixn: own } = await ownOf(effect, context, services);
  // Done again, it may be there already.
  const ixn =
    own ?? interactions.free(interactionid) ?? (context.again ? interactions.find(interactionid, to) : undefined);
  if (!ixn || !interactions.move(ixn, to)) {
    const refused = ixn ? refusal('no-session', `there is no session "${to}" (any more)`) : notOurs(interactionid);
    context.finish('error.interaction.associate', failed(requestid, interactionid, refused));
    return;
  }
  if (to !== context.sessionid && own) {
    context.raise('interaction.deleted', { interactionid, resultof: 'associate' });
    context.raise('interaction.notcontrolled', { interactionid });
  }
  context.finish('interaction.associate.done', { requestid, interactionid });
};
