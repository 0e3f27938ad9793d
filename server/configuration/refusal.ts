/** The problem of a configuration that has mistakes: all of them, each with where it is. */
import { Problem, problem } from '../problems.js';
import type { Mistake } from './configuration.js';

export const refusal = (mistakes: readonly Mistake[]): Problem => {
  const details = mistakes.map(({ path, message }) => ({ message: `${path.join('/')}: ${message}` }));
  const { status, code, message } = problem('CONFIGURATION_INVALID', details.length, details[0]?.message ?? '');
  return new Problem(status, code, message, details);
};
