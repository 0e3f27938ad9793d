/** The dialog module: `<dialog:playsound>`. Events: `dialog.playsound.done`, `error.dialog.playsound`, with `requestid`. */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { ActionContext, Module, ModuleTable } from '../../host/module.js';
import type { Clock } from '../../clock.js';
import type { InteractionId, PlayResult, TelephonyPort } from '../../voice/port.js';
import { asNumber, asObject, asText } from '../arguments.js';
import type { Interactions } from '../interactions.js';

export interface DialogServices {
  readonly voice: TelephonyPort;
  readonly interactions: Interactions;
  readonly clock: Clock;
}

export const dialogTable = {
  namespace: 'www.genesyslab.com/modules/dialog',
  actions: {
    /**
     * `type` `'music'` goes on until something else happens to the call, any other type plays `resource` once. `duration`
     * in seconds ends either. `hints`: `am-beep-detection` "on" waits for the beep of an answering machine (the guide).
     */
    playsound: {
      attributes: { interactionid: 'value', type: 'value', resource: 'value', duration: 'value', hints: 'value' },
      required: ['interactionid', 'resource'],
    },
  },
} as const satisfies ModuleTable;

export const dialogModule = (services: DialogServices): Module => ({
  namespace: dialogTable.namespace,
  actions: {
    playsound: {
      ...dialogTable.actions.playsound,
      error: 'error.dialog.playsound',
      perform: (effect, context) => playSound(effect, context, services),
    },
  },
});

const playSound = async (effect: ModuleEffect, context: ActionContext, services: DialogServices): Promise<void> => {
  const { attributes, requestid } = effect;
  const interactionid = asText(attributes['interactionid']) ?? '';
  if (context.again) await services.interactions.known;
  const ixn = services.interactions.find(interactionid, context.sessionid);
  const result = ixn ? await play(ixn, effect, context.key, services) : undefined;
  if (result?.ok) context.finish('dialog.playsound.done', { requestid, interactionid });
  else
    context.finish('error.dialog.playsound', {
      requestid,
      interactionid,
      error: 'invalidstate.null',
      description: result?.text ?? `interaction "${interactionid}" does not belong to this session (any more)`,
    });
};

const play = async (
  ixn: InteractionId,
  { attributes }: ModuleEffect,
  requestId: string,
  { voice, clock }: DialogServices,
): Promise<PlayResult> => {
  const hints = asObject(attributes['hints']);
  const duration = asNumber(attributes['duration']);
  let timer: unknown;
  // Settles only where the adapter breaks: a prompt that was stopped has ended.
  const stopping = new Promise<never>((_, reject) => {
    if (duration === undefined) return;
    timer = clock.setTimeout(() => {
      voice.stopPlay(ixn).catch(reject);
    }, duration * 1000);
  });
  const playing = voice.play({
    requestId,
    ixn,
    prompt: {
      file: asText(attributes['resource']) ?? '',
      loop: attributes['type'] === 'music',
      startOnBeep: hints['am-beep-detection'] === 'on',
    },
  });
  try {
    return await Promise.race([playing, stopping]);
  } finally {
    clock.clearTimeout(timer);
  }
};
