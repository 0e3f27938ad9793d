/** The elements of our own module as the engine reads them, and what strategies hear of it. */
import type { ModuleTable } from '../../../host/module.js';

export const callbackTable = {
  namespace: 'urn:ringback:callback',
  actions: {
    /**
     * `state`: the guide's callback states; `reason`: the guide's reasons in COMPLETED state, or an agent's. `<param>`: properties.
     * `desired_time` (ISO) and `customer_number`: it was rescheduled.
     */
    update: {
      attributes: { state: 'value', reason: 'value', desired_time: 'value', customer_number: 'value' },
      params: true,
    },
    /**
     * To the desktop at a DN (`to`, also as `7001@SIP_Switch`): TDistributeUserEvent. `udata` and `extensions` go as they are, those
     * of the guide's CallbackInvitationEvent and CallbackDispositionEvent among them. May come twice when the process ends meanwhile.
     */
    userevent: {
      attributes: { to: 'value', name: 'value', udata: 'value', extensions: 'value' },
      required: ['to', 'name'],
    },
    /**
     * The phone at a DN becomes NotReady, after its call if it has one: TAgentSetNotReady. `reasons` and `extensions`: why, by keys as
     * `ReasonCode`; desktops see it as the reason.
     */
    notready: { attributes: { to: 'value', reasons: 'value', extensions: 'value' }, required: ['to'] },
    /**
     * A status event, `_cbe_*`, with what it tells: the guide, "Callback Status Notifications Events". `to`: the subscription, which
     * may want less of it or nothing (`../../../reporting/status.ts`).
     */
    notify: { attributes: { event: 'value', fields: 'value', to: 'value' }, required: ['event', 'fields', 'to'] },
    /** Key-value pairs as user data of a call, whosesoever it is: the one that the callback was asked for in. */
    attach: { attributes: { interactionid: 'value', pairs: 'value' }, required: ['interactionid', 'pairs'] },
    /** To a customer's device: `message` is the dialog that it shows. `os` is iOS, gcm, fcm, comet ... (the guide, `_device_os`). */
    push: { attributes: { device: 'value', os: 'value', provider: 'value', message: 'value' }, required: ['message'] },
    /**
     * The customer will call `number`, from `phone`, or with `code`; until `unexpect`, callback.matched or the end of the session.
     * `expected.ts` says what no two may be expected by.
     */
    expect: { attributes: { number: 'value', phone: 'value', code: 'value' }, required: ['number'] },
    unexpect: { attributes: { requestid: 'value' }, required: ['requestid'] },
    /** Whose call it is that came to `number` from `phone`, with `code`: its callback's session, which is not asked again. */
    match: { attributes: { number: 'value', phone: 'value', code: 'value' }, required: ['number'] },
    /** Key-value pairs, `_CB_*`, all that are known now: the guide, "Callback KVPs". */
    report: { attributes: { pairs: 'value' }, required: ['pairs'] },
  },
  events: {
    'error.callback.update': ['requestid', 'description'],
    'callback.userevent.done': ['requestid'],
    'error.callback.userevent': ['requestid', 'error', 'description'],
    'callback.notready.done': ['requestid'],
    'error.callback.notready': ['requestid', 'error', 'description'],
    'error.callback.notify': ['requestid', 'error', 'description'],
    'error.callback.attach': ['requestid', 'error', 'description'],
    'callback.expected': ['requestid'],
    'callback.matched': ['requestid'],
    'error.callback.expect': ['requestid', 'error', 'description'],
    'error.callback.unexpect': ['requestid', 'error', 'description'],
    'callback.match.done': ['requestid', 'sessionid'],
    'error.callback.match': ['requestid', 'error', 'description'],
    'callback.push.done': ['requestid'],
    'error.callback.push': ['requestid', 'error', 'description'],
    'error.callback.report': ['requestid', 'error', 'description'],
  },
} as const satisfies ModuleTable;
