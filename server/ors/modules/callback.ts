/**
 * Our own module, `urn:ringback:callback`: what a strategy says about the callback that it executes. The update is written in
 * the same commit as the step, so the record never tells of a state that the session has not reached.
 */
import type { Data } from '../../../engine/event.js';
import type { Module, ModuleTable } from '../../host/module.js';
import type { Reporting } from '../../reporting/port.js';
import { targetOf, toldOf, type Subscription } from '../../reporting/status.js';
import { callbackStates, type CallbackState } from '../../store/port.js';
import type { InteractionId, TelephonyPort, UserData } from '../../voice/port.js';
import { asObject, asText } from '../arguments.js';
import { errorOf } from './interaction/services.js';

export const callbackTable = {
  namespace: 'urn:ringback:callback',
  actions: {
    /** `state`: the guide's callback states; `reason`: the guide's reasons in COMPLETED state. `<param>`: properties. */
    update: { attributes: { state: 'value', reason: 'value' }, params: true },
    /**
     * To the desktop at a DN (`to`, also as `7001@SIP_Switch`): TDistributeUserEvent. `udata` and `extensions` go as they are, those
     * of the guide's CallbackInvitationEvent and CallbackDispositionEvent among them. May come twice when the process ends meanwhile.
     */
    userevent: {
      attributes: { to: 'value', name: 'value', udata: 'value', extensions: 'value' },
      required: ['to', 'name'],
    },
    /**
     * A status event, `_cbe_*`, with what it tells: the guide, "Callback Status Notifications Events". `to`: the subscription, which
     * may want less of it or nothing (`../../reporting/status.ts`).
     */
    notify: { attributes: { event: 'value', fields: 'value', to: 'value' }, required: ['event', 'fields', 'to'] },
    /** Key-value pairs as user data of a call, whosesoever it is: the one that the callback was asked for in. */
    attach: { attributes: { interactionid: 'value', pairs: 'value' }, required: ['interactionid', 'pairs'] },
    /** To a customer's device: `message` is the dialog that it shows. `os` is iOS, gcm, fcm, comet ... (the guide, `_device_os`). */
    push: { attributes: { device: 'value', os: 'value', provider: 'value', message: 'value' }, required: ['message'] },
    /** Key-value pairs, `_CB_*`, all that are known now: the guide, "Callback KVPs". */
    report: { attributes: { pairs: 'value' }, required: ['pairs'] },
  },
  events: {
    'error.callback.update': ['requestid', 'description'],
    'callback.userevent.done': ['requestid'],
    'error.callback.userevent': ['requestid', 'error', 'description'],
    'error.callback.notify': ['requestid', 'error', 'description'],
    'error.callback.attach': ['requestid', 'error', 'description'],
    'callback.push.done': ['requestid'],
    'error.callback.push': ['requestid', 'error', 'description'],
    'error.callback.report': ['requestid', 'error', 'description'],
  },
} as const satisfies ModuleTable;

export interface CallbackServices {
  readonly voice: Pick<TelephonyPort, 'userEvent' | 'updateUserData'>;
  readonly reporting: Reporting;
}

export const callbackModule = ({ voice, reporting }: CallbackServices): Module => ({
  ...callbackTable,
  actions: {
    update: {
      ...callbackTable.actions.update,
      error: 'error.callback.update',
      passing: true,
      project({ attributes, params }) {
        const state = asText(attributes['state']);
        const reason = asText(attributes['reason']);
        const properties = Object.fromEntries(Object.entries(params).filter(isDefined));
        return {
          ...(isState(state) && { state }),
          ...(reason !== undefined && { reason }),
          ...(Object.keys(properties).length > 0 && { properties }),
        };
      },
      perform({ attributes, requestid }, context) {
        const state = asText(attributes['state']);
        if (state === undefined || isState(state)) return;
        const description = `"${state}" is no callback state: use one of ${callbackStates.join(', ')}`;
        context.raise('error.callback.update', { requestid, description });
      },
    },
    userevent: {
      ...callbackTable.actions.userevent,
      error: 'error.callback.userevent',
      async perform({ attributes, requestid }, context) {
        const { to, name, udata, extensions } = attributes;
        const value = (asText(to) ?? '').replace(/@.*$/s, '');
        const [about, beside] = [udata, extensions].map((data) => asObject(data) as UserData);
        const result = await voice.userEvent({ kind: 'dn', value }, asText(name) ?? '', about ?? {}, beside);
        if (result.ok) context.finish('callback.userevent.done', { requestid });
        else
          context.finish('error.callback.userevent', {
            requestid,
            error: errorOf[result.code],
            description: result.text,
          });
      },
    },
    notify: {
      ...callbackTable.actions.notify,
      error: 'error.callback.notify',
      async perform({ attributes: { event, fields, to } }, { key, since: at, sessionid }) {
        const name = asText(event) ?? '';
        const subscription = asObject(to) as unknown as Subscription;
        const told = toldOf(subscription, name, asObject(fields));
        if (!told) return;
        await reporting.tell({ key, at, sessionid, kind: 'event', name, fields: told, to: targetOf(subscription) });
      },
    },
    attach: {
      ...callbackTable.actions.attach,
      error: 'error.callback.attach',
      async perform({ attributes: { interactionid, pairs }, requestid }, context) {
        const said = Object.entries(asObject(pairs)).filter(([name]) => name.startsWith('_CB_'));
        const ixn = (asText(interactionid) ?? '') as InteractionId;
        const result = await voice.updateUserData(ixn, Object.fromEntries(said) as UserData);
        if (result.ok) return;
        const { code, text: description } = result;
        context.finish('error.callback.attach', { requestid, error: errorOf[code], description });
      },
    },
    push: {
      ...callbackTable.actions.push,
      error: 'error.callback.push',
      async perform({ attributes: { device, os, provider, message }, requestid }, context) {
        if (asText(device) === undefined) {
          const description = 'there is no device to push to: the request names one in _device_notification_id';
          context.finish('error.callback.push', { requestid, error: 'nodevice', description });
          return;
        }
        const { key, since: at, sessionid } = context;
        const fields = {
          device: asText(device),
          os: asText(os),
          provider: asText(provider),
          message: asObject(message),
        };
        await reporting.tell({ key, at, sessionid, kind: 'push', name: '', fields });
        context.finish('callback.push.done', { requestid });
      },
    },
    report: {
      ...callbackTable.actions.report,
      error: 'error.callback.report',
      perform: ({ attributes: { pairs } }, { key, since: at, sessionid }) =>
        reporting.tell({ key, at, sessionid, kind: 'pairs', name: '', fields: asObject(pairs) }),
    },
  },
});

const isState = (state: string | undefined): state is CallbackState =>
  state !== undefined && (callbackStates as readonly string[]).includes(state);

const isDefined = (entry: [string, Data | undefined]): entry is [string, Data] => entry[1] !== undefined;
