/**
 * The dialog module: what customers hear, and the keys that they press. `dialog/elements.ts` has the elements, `read.ts` makes
 * treatments of them, `perform.ts` lets a customer hear one, `run.ts` those that are under way.
 *
 * 1. Each action ends with one event, `dialog.<action>.done` or `error.dialog.<action>`, unless its session is over.
 * 2. When a session ends nothing of its treatments follows; a prompt goes on with its call, which may have been handed over.
 */
import type { ModuleEffect } from '../../../engine/effect.js';
import type { Action, ActionContext, Module, ModuleTable } from '../../host/module.js';
import { asText } from '../arguments.js';
import { notOurs } from './interaction/services.js';
import { treatmentActions, treatmentElements, type TreatmentName } from './dialog/elements.js';
import { refused, type Outcome } from './dialog/perform.js';
import { runTreatment, runTreatments, type Audience, type DialogServices, type Running } from './dialog/run.js';

const failed = ['requestid', 'interactionid', 'error', 'description'] as const;
const heard = ['requestid', 'interactionid'] as const;
const perhapsOnCall = ['requestid', 'interactionid?'] as const;
const ofCalls = [
  ...(['invalidattribute', 'invalidstate.null', 'invalidstate.hold'] as const),
  ...(['invalidstate.treating', 'invalidstate.routed'] as const),
];
const ofInput = [...ofCalls, 'cancelled', 'timeout'] as const;

export const dialogTable = {
  namespace: 'www.genesyslab.com/modules/dialog',
  actions: {
    ...treatmentActions,
    stop: { attributes: { interactionid: 'value' }, required: ['interactionid'] },
    /** Its children in order, without events of theirs. `interactionid`, for all that name none, is ours. */
    runtreatments: { attributes: { interactionid: 'value' }, children: treatmentElements },
  },
  events: {
    'dialog.play.done': heard,
    'error.dialog.play': failed,
    'dialog.playsound.done': heard,
    'error.dialog.playsound': failed,
    'dialog.collect.done': [...heard, 'digits', 'reason'],
    'error.dialog.collect': [...failed, 'digits?'],
    'dialog.playandcollect.done': [...heard, 'digits', 'reason'],
    'error.dialog.playandcollect': [...failed, 'digits?'],
    'dialog.playandverify.done': [...heard, 'digits', 'reason', 'verified'],
    'error.dialog.playandverify': [...failed, 'digits?'],
    'dialog.start.requestid': ['requestid'],
    'dialog.start.done': [...heard, 'extensions'],
    'error.dialog.start': failed,
    'dialog.remote.done': [...heard, 'destination'],
    'error.dialog.remote': failed,
    'dialog.pause.done': perhapsOnCall,
    'error.dialog.pause': [...perhapsOnCall, 'error', 'description'],
    'dialog.stop.done': heard,
    'error.dialog.stop': failed,
    'dialog.runtreatments.done': perhapsOnCall,
    'error.dialog.runtreatments': [...perhapsOnCall, 'error', 'description', 'digits?'],
  },
  errors: {
    'error.dialog.play': ofCalls,
    'error.dialog.playsound': ofCalls,
    'error.dialog.collect': ofInput,
    'error.dialog.playandcollect': ofInput,
    'error.dialog.playandverify': ofInput,
    'error.dialog.start': [...ofInput, 'remote'],
    'error.dialog.remote': [...ofCalls, 'cancelled', 'remote'],
    'error.dialog.pause': ['invalidattribute'],
    'error.dialog.stop': ['invalidstate.null'],
    'error.dialog.runtreatments': [...ofInput, 'remote'],
  },
} as const satisfies ModuleTable;

export const dialogModule = (services: DialogServices): Module => {
  const { interactions, voice } = services;
  /** By session. */
  const underWay = new Map<string, Set<Running & Pick<Audience, 'interactionid'>>>();

  const follow = async (running: Running, { sessionid, interactionid }: Audience): Promise<Outcome> => {
    const all = underWay.get(sessionid) ?? new Set();
    const one = { ...running, interactionid };
    underWay.set(sessionid, all.add(one));
    try {
      return await running.ended;
    } finally {
      all.delete(one);
      if (all.size === 0 && underWay.get(sessionid) === all) underWay.delete(sessionid);
    }
  };

  const audienceOf = async ({ attributes }: ModuleEffect, context: ActionContext): Promise<Audience> => {
    if (context.again) await interactions.known;
    const { sessionid, key, since } = context;
    return { sessionid, key, since, interactionid: asText(attributes['interactionid']) ?? '' };
  };

  const treatment = (name: TreatmentName): Action => ({
    ...dialogTable.actions[name],
    error: `error.dialog.${name}`,
    async perform(effect, context) {
      const audience = await audienceOf(effect, context);
      if (name === 'start') context.raise('dialog.start.requestid', { requestid: effect.requestid });
      const outcome = await follow(runTreatment(name, effect, audience, services), audience);
      settle(name, effect, context, outcome);
    },
  });

  const treatments = Object.fromEntries(
    (Object.keys(treatmentActions) as TreatmentName[]).map((name) => [name, treatment(name)]),
  );

  return {
    ...dialogTable,
    actions: {
      ...treatments,
      stop: {
        ...dialogTable.actions.stop,
        error: 'error.dialog.stop',
        async perform(effect, context) {
          const { sessionid, interactionid } = await audienceOf(effect, context);
          for (const one of underWay.get(sessionid) ?? []) if (one.interactionid === interactionid) one.leave();
          const ixn = interactions.find(interactionid, sessionid);
          settle('stop', effect, context, outcomeOf(ixn ? await voice.stopPlay(ixn) : notOurs(interactionid)));
        },
      },
      runtreatments: {
        ...dialogTable.actions.runtreatments,
        error: 'error.dialog.runtreatments',
        async perform(effect, context) {
          const audience = await audienceOf(effect, context);
          const running = runTreatments(effect.children, audience, services);
          settle('runtreatments', effect, context, await follow(running, audience));
        },
      },
    },
    /** 2 */
    ended: (sessionid) => {
      for (const one of underWay.get(sessionid) ?? []) one.leave();
    },
  };
};

const outcomeOf = (result: Awaited<ReturnType<DialogServices['voice']['stopPlay']>>): Outcome =>
  result.ok ? { ok: true, data: {} } : refused(result);

/** 1 */
const settle = (
  name: keyof typeof dialogTable.actions,
  { requestid, attributes }: ModuleEffect,
  context: ActionContext,
  outcome: Outcome,
): void => {
  const common = { requestid, interactionid: asText(attributes['interactionid']) };
  if (outcome.ok) context.finish(`dialog.${name}.done`, { ...common, ...outcome.data });
  else {
    const { error, description, data } = outcome;
    context.finish(`error.dialog.${name}`, { ...common, error, description, ...data });
  }
};
