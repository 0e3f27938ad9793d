/** SCXML 1.0. */
import { errorData, type Semantics } from './semantics.js';

const nothing = (): undefined => undefined;

export const standard: Semantics = {
  paramsEverywhere: false,
  makesVariables: false,
  refusesNestedActions: false,
  failed: (error) => ({ name: error.event, type: 'platform', sendid: error.sendid, data: { ...errorData(error) } }),
  doneState: (id, data) => ({ name: `done.state.${id}`, type: 'platform', data }),
  received: (event) => event,
  cancelling: nothing,
  target: (target) => target,
  processor: (type) => type,
  sent: nothing,
  cancelled: nothing,
};
