/**
 * The interaction module (`ixn`): calls of sessions. `interaction/` has the actions; `../interactions.ts` knows whose a call is, and
 * `../interactions/told.ts` what the network's events are to a strategy. What ORS leaves to hints, and the fields that we add, are
 * said beside the action.
 */
import type { Action, Module, ModuleTable } from '../../host/module.js';
import { ixnModel, ixnTable } from '../model/ixn.js';
import { userDataErrors } from '../model/ixn/user-data.js';
import { accept, hold, retrieve, terminate } from './interaction/call.js';
import { associate, attach, detach } from './interaction/control.js';
import { createMessage, getContent, sendMessage } from './interaction/chat.js';
import { createCall } from './interaction/create-call.js';
import { merge } from './interaction/merge.js';
import { redirect } from './interaction/redirect.js';
import type { InteractionServices, Perform } from './interaction/services.js';

const one = { attributes: { interactionid: 'value' }, required: ['interactionid'] } as const;
const done = ['requestid', 'interactionid'] as const;
const failed = ['requestid', 'interactionid', 'error', 'description'] as const;
const held = ['invalidstate.null', 'invalidstate.ringing', 'invalidstate.hold', 'invalidstate'] as const;
const routed = [
  ...(['invalidstate.null', 'invalidstate.ringing', 'invalidstate.hold', 'invalidstate.treating'] as const),
  ...(['invalidstate.routed', 'remote', 'invaliddestination'] as const),
];

export const interactionTable = {
  namespace: 'www.genesyslab.com/modules/interaction',
  actions: {
    /**
     * `timeout`: seconds of ringing. `type="predictive"`: with progress detection. `hints`: `prefix`, `timeguard` (ms),
     * `keepOnMachine`, `extensions.CPNDigits`, `parent` (the call about which somebody is asked: a consultation), and
     * `extensions["iscc-ar-..."]` (the agent who is called is reserved for it). `from`: a route point, a trunk group, or the
     * DN of an agent, who is called first. The done event also has `callstate`; so has the error event, and `lost`
     * ('dialling' or 'ringing') when the call went down with the process that had dialled it: how far it had come; `party` is who
     * could not be had of a call from an agent's DN: 'agent' or 'customer'. `from` and `to` may be the `resource` of
     * queue.submit.done: its reservation is accepted when that agent answers, and given back when not.
     */
    createcall: {
      attributes: {
        from: 'value',
        to: 'value',
        type: 'literal',
        reason: 'value',
        udata: 'value',
        hints: 'value',
        timeout: 'value',
      },
      required: ['from', 'to'],
    },
    /**
     * `to`: a DN (`number@switch`), or the `resource` of queue.submit.done, whose reservation the outcome confirms; `_STOP_` ends
     * the call. `detach`: it is nobody's before it is routed. `hints.confirm` false: do not wait for the answer; `hints.udata` is
     * attached before it rings; `hints.extensions.CPNDigits` is shown. The error event also has `reason`: why there was no answer.
     */
    redirect: {
      attributes: {
        interactionid: 'value',
        from: 'value',
        to: 'value',
        type: 'value',
        hints: 'value',
        timeout: 'value',
        detach: 'literal',
      },
      required: ['interactionid', 'to'],
    },
    terminate: {
      attributes: { interactionid: 'value', reason: 'value', resource: 'value', hints: 'value' },
      required: ['interactionid'],
    },
    accept: { attributes: { interactionid: 'value', resource: 'value' }, required: ['interactionid'] },
    hold: one,
    retrieve: one,
    attach: one,
    detach: one,
    /** `active` is the consultation about `interactionid`, which goes on. `type`: conference (default), or transfer: who asked leaves. */
    merge: {
      attributes: { interactionid: 'value', active: 'value', type: 'literal' },
      required: ['interactionid', 'active'],
    },
    /** `media`: TMediaChat, by name or number; `to`: the customer; `msgsrc`: the first text. */
    createmessage: {
      attributes: { type: 'literal', media: 'value', to: 'value', server: 'value', msgsrc: 'value', udata: 'value' },
    },
    sendmessage: { attributes: { interactionid: 'value', msgsrc: 'value' }, required: ['interactionid', 'msgsrc'] },
    getcontent: one,
    associate: { attributes: { interactionid: 'value', sessionid: 'value' }, required: ['interactionid', 'sessionid'] },
  },
  events: {
    'interaction.added': ['interactionid', 'focusdeviceid'],
    'interaction.present': ['interactionid'],
    'interaction.deleted': ['interactionid', 'resultof', 'lost?'],
    'interaction.notcontrolled': ['interactionid'],
    'interaction.onrouterequest': ['interactionid', 'focusdeviceid'],
    'interaction.onmerge': ['frominteractionid', 'tointeractionid'],
    'interaction.partystatechanged': ['interactionid', 'partystate', 'focusdeviceid', 'partyid', 'hints'],
    'interaction.ondivert': [
      ...['interactionid', 'divertingdeviceid', 'divertingpartyid', 'divertingpartystate'],
      ...['newdestinationid', 'hints'],
    ],
    'interaction.abandoned': ['interactionid', 'focusdeviceid'],
    'interaction.udata.changed': ['interactionid'],
    'voice.createcall.done': [...done, 'callstate'],
    'error.voice.createcall': ['requestid', 'error', 'description', 'callstate?', 'party?', 'lost?'],
    'interaction.redirect.done': done,
    'error.interaction.redirect': [...failed, 'reason'],
    'interaction.terminate.done': done,
    'error.interaction.terminate': failed,
    'interaction.accept.done': done,
    'error.interaction.accept': failed,
    'voice.hold.done': done,
    'error.voice.hold': failed,
    'voice.retrieve.done': done,
    'error.voice.retrieve': failed,
    'interaction.merge.done': done,
    'error.interaction.merge': failed,
    'interaction.attach.done': done,
    'error.interaction.attach': failed,
    'interaction.detach.done': done,
    'error.interaction.detach': failed,
    'interaction.associate.done': done,
    'error.interaction.associate': failed,
    'chat.message': ['interactionid', 'text'],
    'msgbased.createmessage.done': [...done, 'srid'],
    'error.msgbased.createmessage': ['requestid', 'error', 'description'],
    'msgbased.sendmessage.done': done,
    'error.msgbased.sendmessage': failed,
    'chat.getcontent.done': [...done, 'content'],
    'error.chat.getcontent': failed,
    [userDataErrors.set]: failed,
    [userDataErrors.remove]: failed,
  },
  errors: {
    'error.voice.createcall': ['invalidsource', 'invaliddestination', 'timeout'],
    'error.interaction.redirect': routed,
    'error.interaction.terminate': ['invalidstate.null'],
    'error.interaction.accept': ['invalidstate.null'],
    'error.voice.hold': held,
    'error.voice.retrieve': held,
    'error.interaction.merge': [
      ...(['invalidstate.null', 'invalidstate.ringing', 'invalidstate.hold', 'invalidstate', 'remote'] as const),
      'invaliddestination',
    ],
    'error.interaction.attach': ['invalidstate.null', 'invalidstate'],
    'error.interaction.detach': ['invalidstate'],
    'error.interaction.associate': ['invalidstate.null', 'invalidsession'],
    'error.msgbased.createmessage': ['Request Invalid'],
    'error.msgbased.sendmessage': ['Request Invalid'],
    'error.chat.getcontent': ['Request Invalid'],
    [userDataErrors.set]: ['invalidstate.null'],
    [userDataErrors.remove]: ['invalidstate.null'],
  },
  model: ixnTable,
} as const satisfies ModuleTable;

type Name = keyof typeof interactionTable.actions;

const performers: Readonly<Record<Name, readonly [perform: Perform, error: keyof typeof interactionTable.events]>> = {
  createcall: [createCall, 'error.voice.createcall'],
  redirect: [redirect, 'error.interaction.redirect'],
  terminate: [terminate, 'error.interaction.terminate'],
  accept: [accept, 'error.interaction.accept'],
  hold: [hold, 'error.voice.hold'],
  retrieve: [retrieve, 'error.voice.retrieve'],
  attach: [attach, 'error.interaction.attach'],
  detach: [detach, 'error.interaction.detach'],
  createmessage: [createMessage, 'error.msgbased.createmessage'],
  sendmessage: [sendMessage, 'error.msgbased.sendmessage'],
  getcontent: [getContent, 'error.chat.getcontent'],
  associate: [associate, 'error.interaction.associate'],
  merge: [merge, 'error.interaction.merge'],
};

export const interactionModule = (services: InteractionServices): Module => {
  const action = (name: Name): Action => {
    const [perform, error] = performers[name];
    return {
      ...interactionTable.actions[name],
      error,
      perform: (effect, context) => perform(effect, context, services),
    };
  };
  const names = Object.keys(interactionTable.actions) as Name[];
  const model = ixnModel(services);
  return {
    ...interactionTable,
    model,
    actions: Object.fromEntries(names.map((name) => [name, action(name)])),
    opened: () => services.interactions.open(),
    ended: async (sessionid) => {
      model.forget(sessionid);
      await Promise.all(services.interactions.release(sessionid).map((ixn) => services.voice.release(ixn)));
    },
  };
};
