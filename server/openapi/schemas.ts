/** What bodies look like, by name. JSON Schema 2020-12, as OpenAPI 3.1 has it. */
import { phrases } from '../gms/errors.js';
import { codes } from '../problems.js';
import { statisticNames } from '../routing/statistic-names.js';
import { objectTypes } from '../routing/statistic-object.js';
import { callbackStates } from '../store/port.js';
import { configurationSchemas } from './configuration.js';
import { object, type Schema } from './operation.js';
import { agentSchemas } from './schemas-agents.js';

const string: Schema = { type: 'string' };
const integer: Schema = { type: 'integer' };
export const sessionId: Schema = { type: 'string', pattern: '^[0-9A-Z]{32}$' };

const detail = object({ message: string, 'line?': integer, 'column?': integer, 'file?': string });
const state: Schema = { enum: callbackStates };

export const schemas: Readonly<Record<string, Schema>> = {
  Problem: {
    ...object({ code: { enum: codes }, message: string, 'details?': { type: 'array', items: detail } }),
    description: 'What is wrong, where, and what to do. A code never changes its meaning.',
  },
  Done: object({}),
  SessionStarted: object({ sessionid: sessionId }),
  Session: object({
    sessionid: sessionId,
    uri: string,
    status: { enum: ['scheduled', 'active', 'done', 'error'] },
    configuration: { type: 'array', items: string },
    data: { type: 'object' },
    version: integer,
    startedAt: { type: 'number', description: 'Milliseconds since 1970; of a scheduled session, when it will.' },
  }),
  StartSession: {
    type: 'object',
    properties: {
      src: { ...string, description: 'A strategy by its name, or a file: or http(s): URL that is allowed' },
      idealtime: { type: ['integer', 'string'], description: 'Not before this, in milliseconds since 1970' },
    },
    required: ['src'],
    additionalProperties: { description: 'For the <data> of this id' },
  },
  EventData: { description: 'Its fields are those of _event.data, beside `paramtype` and `param`, its type and text' },
  CallbackError: object({
    code: integer,
    phrase: { enum: Object.keys(phrases) },
    message: string,
    exception: string,
    properties: { type: 'object' },
    'availability?': {
      type: 'object',
      description: 'Slots that are proposed: free places by when they begin',
      additionalProperties: { type: 'integer' },
    },
  }),
  FreeSlots: { type: 'object', description: 'Free places by when slots begin', additionalProperties: string },
  Slots: object({
    slots: {
      type: 'array',
      items: object({ utcTime: string, localTime: string, capacity: integer, total: integer }),
    },
    durationMin: integer,
    timezone: string,
  }),
  Execution: object({
    sessionid: sessionId,
    attempt: { type: 'integer', minimum: 1, description: "Which of the callback's sessions, counted from 1" },
    state,
    'reason?': string,
    desiredTime: { type: 'integer', description: 'Milliseconds since 1970' },
    'customerNumber?': string,
    properties: { type: 'object', description: 'What its strategy has said of it' },
    isLost: { type: 'boolean', description: 'The session has ended without saying what becomes of the callback' },
  }),
  CallbackRequest: {
    type: 'object',
    properties: { _customer_number: string, _desired_time: string, _callback_state: state, _copy_from_id: string },
    additionalProperties: { description: 'Options of the service (_name), or user data' },
  },
  CallbackChange: {
    type: 'object',
    properties: { _new_desired_time: string, _callback_state: state, _reason: string },
    additionalProperties: { description: 'What else is to be otherwise: options (_name), or user data' },
  },
  CallbackStarted: object({
    _id: string,
    '_dialog_id?': string,
    '_action?': string,
    '_text?': string,
    '_ok_title?': string,
  }),
  Callback: object({
    _id: string,
    _service_name: string,
    _url: string,
    _callback_state: state,
    '_callback_reason?': string,
    _expiration_time: string,
    _time_scheduled: string,
    _desired_time: string,
    '_customer_number?': string,
    '_ors_session_id?': string,
  }),
  FoundCallbacks: {
    type: 'array',
    items: {
      ...object({
        _id: string,
        desired_time: string,
        _callback_state: state,
        _expiration_time: string,
        '_customer_number?': string,
        url: string,
      }),
      additionalProperties: { ...string, description: 'What RINGBACK_RETURNED_KEYS names' },
    },
  },
  Lvq: object({
    'wcalls?': integer,
    'wpos?': integer,
    'time?': { ...integer, description: 'Seconds since 1970' },
    'hit?': { ...integer, description: 'Calls that went from this queue to an agent' },
    'calls?': { ...integer, description: 'Calls that wait' },
    'wt?': { type: 'number', description: 'Seconds that this call has waited' },
    'ewt?': { type: 'number', description: 'Seconds that it will wait; absent while too little is known' },
    'pos?': { ...integer, description: 'Its place' },
    'aqt?': { type: 'number', description: 'Seconds that a call takes; absent while too little is known' },
  }),
  PeekStatistic: {
    type: 'object',
    properties: {
      objectId: { ...string, description: 'Its name; a server or switch behind @ is not looked at' },
      objectType: { enum: objectTypes },
      metric: { enum: statisticNames },
      statisticType: { ...string, description: 'Another name of metric' },
      tenant: { ...string, description: 'Tenants share one contact centre' },
      notificationMode: { enum: ['NoNotification', 'Reset', 'Immediate'] },
    },
    required: ['objectId', 'objectType'],
  },
  Statistic: object({
    value: { type: ['number', 'null'], description: 'null while too little is known' },
    'message?': { ...string, description: 'Why it is not known' },
  }),
  Lists: object({
    lists: { type: 'object', additionalProperties: { type: 'object', additionalProperties: { type: 'object' } } },
  }),
  ListValue: object({
    value: { type: ['string', 'number', 'boolean'], description: 'true or false, where it pauses' },
  }),
  AuditEntries: object({
    entries: {
      type: 'array',
      items: object({
        at: string,
        user: string,
        address: string,
        did: string,
        'to?': { type: 'array', items: string },
        'status?': integer,
      }),
    },
  }),
  MatchingPatterns: object({ matching: { type: 'array', items: string } }),
  DeadLetters: object({
    deadLetters: {
      type: 'array',
      items: object({
        seq: integer,
        key: string,
        'session?': string,
        task: object({ kind: string, 'target?': string, 'event?': string }),
        attempts: integer,
        reason: string,
        since: string,
      }),
    },
  }),
  Reporting: object({
    entries: {
      type: 'array',
      items: object({
        key: string,
        at: integer,
        sessionid: string,
        kind: { enum: ['event', 'pairs', 'push'] },
        name: string,
        fields: { type: 'object' },
        'to?': object({
          mode: { enum: ['subscribe_notify', 'notify'] },
          type: string,
          target: string,
          provider: string,
        }),
      }),
    },
  }),
  ...agentSchemas,
  ...configurationSchemas,
  Live: object({ status: { const: 'live' } }),
  Ready: object({ status: { const: 'ready' } }),
};
