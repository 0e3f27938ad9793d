/**
 * Our own module, `urn:ringback:callback`: what a strategy says about the callback that it executes. The update is written in
 * the same commit as the step, so the record never tells of a state that the session has not reached. `callback/elements.ts` has its
 * elements and events, `callback/telling.ts` what is told of it, `callback/expected.ts` the calls of customers that are expected.
 */
import type { Data } from '../../../engine/event.js';
import type { ActionContext, Module } from '../../host/module.js';
import type { Reporting } from '../../reporting/port.js';
import { callbackStates, type CallbackState } from '../../store/port.js';
import type { OpResult, TelephonyPort, UserData } from '../../voice/port.js';
import { asObject, asText } from '../arguments.js';
import { callbackTable } from './callback/elements.js';
import { Expected } from './callback/expected.js';
import { tellingActions } from './callback/telling.js';
import { errorOf } from './interaction/services.js';

export interface CallbackServices {
  readonly voice: Pick<TelephonyPort, 'userEvent' | 'notReady' | 'updateUserData'>;
  readonly reporting: Reporting;
}

export const callbackModule = ({ voice, reporting }: CallbackServices): Module =>
  module(voice, reporting, new Expected());

const module = (voice: CallbackServices['voice'], reporting: Reporting, expected: Expected): Module => ({
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
        const customerNumber = asText(attributes['customer_number']);
        const desiredTime = Date.parse(asText(attributes['desired_time']) ?? '');
        return {
          ...(customerNumber !== undefined && { customerNumber }),
          ...(!Number.isNaN(desiredTime) && { desiredTime }),
          ...(isState(state) && { state }),
          ...(reason !== undefined && { reason }),
          ...(Object.keys(properties).length > 0 && { properties }),
        };
      },
      perform({ attributes, requestid }, context) {
        const description = mistakeIn(asText(attributes['state']), asText(attributes['desired_time']));
        if (description !== undefined) context.raise('error.callback.update', { requestid, description });
      },
    },
    userevent: {
      ...callbackTable.actions.userevent,
      error: 'error.callback.userevent',
      async perform({ attributes, requestid }, context) {
        const { to, name, udata, extensions } = attributes;
        const [about, beside] = [udata, extensions].map((data) => asObject(data) as UserData);
        const result = await voice.userEvent(dnOf(to), asText(name) ?? '', about ?? {}, beside);
        answer('userevent', result, requestid, context);
      },
    },
    notready: {
      ...callbackTable.actions.notready,
      error: 'error.callback.notready',
      async perform({ attributes, requestid }, context) {
        const [reasons = {}, extensions = {}] = [attributes['reasons'], attributes['extensions']].map(
          (data) => asObject(data) as UserData,
        );
        answer('notready', await voice.notReady(dnOf(attributes['to']), { reasons, extensions }), requestid, context);
      },
    },
    ...tellingActions({ voice, reporting }),
    expect: {
      ...callbackTable.actions.expect,
      error: 'error.callback.expect',
      lasting: true,
      perform(effect, context) {
        expected.expect(effect, context);
      },
    },
    unexpect: {
      ...callbackTable.actions.unexpect,
      error: 'error.callback.unexpect',
      perform(effect, context) {
        expected.unexpect(effect, context);
      },
    },
    match: {
      ...callbackTable.actions.match,
      error: 'error.callback.match',
      perform(effect, context) {
        expected.match(effect, context);
      },
    },
  },
  ended(sessionid) {
    expected.forget(sessionid);
  },
});

const mistakeIn = (state: string | undefined, time: string | undefined): string | undefined => {
  if (state !== undefined && !isState(state))
    return `"${state}" is no callback state: use one of ${callbackStates.join(', ')}`;
  if (time === undefined || !Number.isNaN(Date.parse(time))) return undefined;
  return `desired_time: "${time}" is no time: write it as 2026-03-02T16:30:00Z`;
};

/** Also of `7001@SIP_Switch`. */
const dnOf = (to: Data | undefined) => ({ kind: 'dn', value: (asText(to) ?? '').replace(/@.*$/s, '') }) as const;

const answer = (
  name: 'userevent' | 'notready',
  result: OpResult,
  requestid: string,
  context: Pick<ActionContext, 'finish'>,
): void => {
  if (result.ok) context.finish(`callback.${name}.done`, { requestid });
  else context.finish(`error.callback.${name}`, { requestid, error: errorOf[result.code], description: result.text });
};

const isState = (state: string | undefined): state is CallbackState =>
  state !== undefined && (callbackStates as readonly string[]).includes(state);

const isDefined = (entry: [string, Data | undefined]): entry is [string, Data] => entry[1] !== undefined;
