/**
 * `setuData({ key: value }, id)` and `deleteuData(key or keys, id)`: of the first interaction without an id; without keys all user
 * data goes. The strategy hears `interaction.udata.changed` when it is done; what fails is `error.interaction.setudata` or
 * `.deleteudata`, which are ours.
 */
import { fromData } from '../../../../engine/datamodel/data.js';
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { InteractionId, OpResult, UserData } from '../../../voice/port.js';
import { asObject, asText } from '../../arguments.js';
import { withoutMark } from '../../interactions/mark.js';
import { failed, notOurs, type InteractionServices, type Perform } from '../../modules/interaction/services.js';

export const userDataErrors = {
  set: 'error.interaction.setudata',
  remove: 'error.interaction.deleteudata',
} as const;

type Change = (ixn: InteractionId, what: Data | undefined, voice: InteractionServices['voice']) => Promise<OpResult>;

const changing =
  (error: string, change: Change): Perform =>
  async ({ attributes, requestid }, context, { voice, interactions }) => {
    const { sessionid, again } = context;
    const [what, id] = argumentsOf(attributes);
    if (again) await interactions.known;
    const interactionid = asText(id) ?? interactions.ownedBy(sessionid)[0] ?? '';
    const ixn = interactions.find(interactionid, sessionid);
    const result = ixn ? await change(ixn, what, voice) : notOurs(interactionid);
    if (!result.ok) context.finish(error, failed(requestid, interactionid, result));
  };

const argumentsOf = ({ args }: ModuleEffect['attributes']): readonly (Data | undefined)[] =>
  Array.isArray(args) ? (args as readonly Data[]) : [];

export const setUserData = changing(userDataErrors.set, (ixn, what, voice) =>
  voice.updateUserData(ixn, asObject(what) as UserData),
);

export const deleteUserData = changing(userDataErrors.remove, (ixn, what, voice) => {
  const keys = fromData(what);
  const named = Array.isArray(keys) ? keys.map(String) : typeof keys === 'string' ? [keys] : undefined;
  return voice.updateUserData(ixn, {}, named ?? Object.keys(withoutMark(voice.getUserData(ixn) ?? {})));
});
