/** What strategies tell of their callbacks, through the Reporting port: status events, key-value pairs, and dialogs for a customer's device. */
import type { Action } from '../../../host/module.js';
import type { Reporting } from '../../../reporting/port.js';
import { targetOf, toldOf, type Subscription } from '../../../reporting/status.js';
import type { InteractionId, TelephonyPort, UserData } from '../../../voice/port.js';
import { asObject, asText } from '../../arguments.js';
import { errorOf } from '../interaction/services.js';
import { callbackTable } from './elements.js';

interface TellingServices {
  readonly voice: Pick<TelephonyPort, 'updateUserData'>;
  readonly reporting: Reporting;
}

type Telling = 'notify' | 'attach' | 'push' | 'report';

export const tellingActions = ({ voice, reporting }: TellingServices): Readonly<Record<Telling, Action>> => ({
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
});
