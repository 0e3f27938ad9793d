/**
 * What a walk may give a strategy: values of options and parameters other than their defaults, fields of events other than those that its
 * conditions name, and what is asked of it from outside. `world.ts` draws of them.
 */
import { START } from '../support/centre.js';

const soon = new Date(START + 3_600_000).toISOString();

/** By name, for every strategy that has it; besides, a boolean is also the other, an enum any of its values, a number 0 and 1. */
export const inputs: Readonly<Record<string, readonly unknown[]>> = {
  _customer_number: [''],
  _desired_time: [soon],
  _paused: [true],
  _dial_attempt: [1],
  _restored_age: [100],
  _media_type: ['email'],
  _notification_message_file: ['https://texts/texts.json'],
  _do_not_call_items: ['60,0,24', '0,1,2'],
  _cannot_dial_buffer_time: [1e6],
  _plugin_on_dial_url: ['plugin-sample', 'https://plugins/scxml/session/start'],
  _on_customer_connect_treatment_url: ['https://applications/1.vxml'],
  _treatment_customer_connect: ['hello.wav'],
  _treatment_call_failure_answering_machine: ['{}'],
  _reporting: [{ originating: 'ixn-0' }],
  // What breaks an expression.
  _user_data: [
    null,
    ...['cancel', 'retry', 'route_to_rp', 'none'].map((plugin_action) => ({ plugin_action })),
    { plugin_wait: 5 },
    { plugin_greeting: 'hello.wav' },
    { plugin_keep: true },
  ],
  _interaction_id: ['ixn-1'],
  require_access_code: ['true'],
  require_ani: ['false'],
  treatment_for_no_match: ['sorry.wav'],
  app_callback_service: ['billing'],
  rejects_left: [1],
};

/** What belongs together, of which many are given one. */
export const together: readonly Readonly<Record<string, unknown>>[] = [
  { _enable_disposition_dialog: true },
  { _agent_preview: true, _agent_preview_allow_reject: 1 },
  { _wait_for_agent: true, _wait_for_user_confirm: true, _device_notification_id: 'device-1' },
  { _wait_for_agent: true, _wait_for_user_confirm: true, _on_user_confirm_timeout: 'CANCEL' },
  { _wait_for_agent: true, _wait_for_user_confirm: true, _cannot_dial_buffer_time: 14_400 },
  { _retain_session_until_ixn_deleted: true },
  { _treatment_customer_connect: 'hello.wav' },
  { _on_customer_connect_treatment_url: 'https://applications/1.vxml' },
  { _retain_session_until_ixn_deleted: true, _agent_transfer_confirm_timeout: 5 },
  { _agent_first_via_rp: true },
  { _agent_first_via_tg: true },
  { _agent_first_via_rp: true, _treatment_customer_connect: 'hello.wav' },
  { _agent_preview: true, _agent_preview_via_rp: true },
  { _plugin_on_dial_url: 'plugin-sample' },
  { _plugin_on_dial_url: 'https://plugins/scxml/session/start' },
];

/** What every session is given. */
export const given: Readonly<Record<string, unknown>> = {
  _customer_number: '5550001',
  _service_id: 'service-1',
  _service_name: 'billing',
  _user_data: {},
  _reporting: {},
  _route_point: '8999@SIP_Switch',
  _resource_group: 'CB_Resources',
  _trunk_group: 'Trunks@SIP_Switch',
  _urs_virtual_queue: 'VQ_Billing',
  _target: 'Billing@StatServer.GA',
};

const json = (...values: unknown[]): string[] => values.map((value) => JSON.stringify(value));

/** Fields of events of modules, by name. */
export const fields: Readonly<Record<string, readonly unknown[]>> = {
  callstate: [0, 5, 6, 9, 17],
  party: ['agent', 'customer'],
  sessionid: ['session-2'],
  resource: ['alice', 'boris'].map((agent) => ({
    agent,
    dn: '7001',
    switch: 'SIP_Switch',
    reservation: `of ${agent}`,
  })),
  targetobjectselected: ['Billing@StatServer.GA'],
  content: [
    'no JSON',
    ...json({ sessionid: 'session-2' }, { ewt: 600, pos: 4 }, { ewt: 1, pos: 0 }, { _id: 'service-2' }, { texts: 'a' }),
  ],
  extensions: [
    {},
    ...json({ action: 'cancel', message: 'm' }, { action: 'route_to_agent', message: 'm' }).map((text) => ({
      treatment_result: text,
    })),
  ],
  digits: ['', '1', '1234'],
  position: [1],
  lost: ['ringing', 'dialling'],
  resultof: ['associate'],
};

/** What `_event.data` of requests and of others' events may be; {} besides. */
export const asked: Readonly<Record<string, readonly object[]>> = {
  'plugin.reply': [
    { action: 'cancel', message: 'interaction_deleted' },
    { action: 'retry', message: 'interaction_deleted' },
    { action: 'route_to_agent', message: 'm' },
    { action: 'route_to_rp', message: '5000@SIP_Switch' },
  ],
  'done.invoke.invitation': ['accept', 'reject', 'cancel', 'timeout'].map((answer) => ({ answer })),
  'done.invoke.question': [
    { disposition: 'completed', reason: 'SOLD' },
    { disposition: 'retry_now' },
    { disposition: 'retry_later', customer_number: '5550002', desired_time: soon },
  ],
  callback_disposition: [{ disposition: 'completed', reason: 'SOLD' }],
};
