/** What the actions on interactions need, and how an action on a call that is there ends: done, or the error event. */
import type { ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { ActionContext } from '../../../host/module.js';
import type { RouterPort } from '../../../routing/port.js';
import type { ChatPort } from '../../../voice/chat.js';
import type { InteractionId, Refusal, TelephonyPort } from '../../../voice/port.js';
import { asText } from '../../arguments.js';
import type { Interactions } from '../../interactions.js';

export interface InteractionServices {
  readonly voice: TelephonyPort;
  /** Where the network has chats. */
  readonly chat?: ChatPort | undefined;
  readonly router: Pick<RouterPort, 'confirm'>;
  readonly interactions: Interactions;
}

export type Perform = (effect: ModuleEffect, context: ActionContext, services: InteractionServices) => Promise<void>;

/** SIP Server's default and the recommended maximum. The guide, `_ixn_createcall_timeout`. */
export const ringSeconds = 32;

/** What an action was refused for: by the network, or before it was asked. */
interface Refused {
  readonly ok: false;
  readonly code: Refusal['code'] | 'unsupported' | 'no-session';
  readonly text: string;
}

/** ORS interface, error.interaction.redirect (8.1.4), for all actions; `invalidsession` is ours. */
export const errorOf: Record<Refused['code'], string> = {
  gone: 'invalidstate.null',
  'not-connected': 'invalidstate.ringing',
  held: 'invalidstate.hold',
  'not-held': 'invalidstate',
  treating: 'invalidstate.treating',
  routed: 'invalidstate.routed',
  'no-answer': 'remote',
  busy: 'remote',
  rejected: 'remote',
  unreachable: 'invaliddestination',
  'bad-argument': 'invaliddestination',
  unsupported: 'unknown',
  'no-session': 'invalidsession',
};

export const refusal = <C extends Refused['code']>(code: C, text: string): Refused & { readonly code: C } => ({
  ok: false,
  code,
  text,
});

export const notOurs = (interactionid: string): Refusal =>
  refusal('gone', `interaction "${interactionid}" does not belong to this session (any more)`);

/** The interaction that the action names, if the session has it. An action that is done again waits until that is known. */
export const ownOf = async (
  { attributes }: ModuleEffect,
  { sessionid, again }: ActionContext,
  { interactions }: InteractionServices,
): Promise<{ readonly interactionid: string; readonly ixn: InteractionId | undefined }> => {
  const interactionid = asText(attributes['interactionid']) ?? '';
  if (again) await interactions.known;
  return { interactionid, ixn: interactions.find(interactionid, sessionid) };
};

type Result = { readonly ok: true } | Refused;

/** What an action asks of a call; what it answers is the end of the action. `after`: refused thus when done again, it was done. */
interface Operation {
  readonly done: string;
  readonly error: string;
  readonly after?: Refusal['code'];
  readonly run: (ixn: InteractionId, effect: ModuleEffect, services: InteractionServices) => Promise<Result> | Result;
}

/** An action that is one operation on a call of the session. */
export const onCall =
  ({ done, error, after, run }: Operation): Perform =>
  async (effect, context, services) => {
    const { interactionid, ixn } = await ownOf(effect, context, services);
    const result = ixn ? await run(ixn, effect, services) : notOurs(interactionid);
    const { requestid } = effect;
    if (result.ok || (context.again && after !== undefined && result.code === after))
      context.finish(done, { requestid, interactionid });
    else context.finish(error, failed(requestid, interactionid, result));
  };

export const failed = (requestid: string, interactionid: string, { code, text }: Refused): Record<string, Data> => ({
  requestid,
  interactionid,
  error: errorOf[code],
  description: text,
});
