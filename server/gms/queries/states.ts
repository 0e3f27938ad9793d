/** States as queries name them. */
import { callbackStates, type CallbackState } from '../../store/port.js';
import { callbackError } from '../errors.js';

/** Of a list with commas; a `!` before a name means all others. */
export const statesOf = (text: string): readonly CallbackState[] => {
  const named = text.split(',').map((each) => each.trim());
  return callbackStates.filter((state) => named.some((name) => meant(name).includes(state)));
};

const meant = (name: string): readonly CallbackState[] => {
  const state = callbackStates.find((each) => each === name.replace(/^!/, ''));
  if (state === undefined) {
    const message = `There is no callback state ${JSON.stringify(name)}: use ${callbackStates.join(', ')}`;
    throw callbackError('badParameter', { message });
  }
  return name.startsWith('!') ? callbackStates.filter((each) => each !== state) : [state];
};
