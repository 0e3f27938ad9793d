/**
 * Our own module, `urn:ringback:callback`: what a strategy says about the callback that it executes. The update is written in
 * the same commit as the step, so the record never tells of a state that the session has not reached.
 */
import type { Data } from '../../../engine/event.js';
import type { Module, ModuleTable } from '../../host/module.js';
import { callbackStates, type CallbackState } from '../../store/port.js';
import { asText } from '../arguments.js';

export const callbackTable = {
  namespace: 'urn:ringback:callback',
  actions: {
    /** `state`: the guide's callback states; `reason`: the guide's reasons in COMPLETED state. `<param>`: properties. */
    update: { attributes: { state: 'value', reason: 'value' }, params: true },
  },
  events: { 'error.callback.update': ['requestid', 'description'] },
} as const satisfies ModuleTable;

export const callbackModule = (): Module => ({
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
  },
});

const isState = (state: string | undefined): state is CallbackState =>
  state !== undefined && (callbackStates as readonly string[]).includes(state);

const isDefined = (entry: [string, Data | undefined]): entry is [string, Data] => entry[1] !== undefined;
