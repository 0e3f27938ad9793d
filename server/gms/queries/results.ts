/** What is answered to one request about many callbacks: which of them it was done for, and why not for the others. */
import { callbackErrorOf } from '../errors.js';

type Named = Readonly<Record<string, string>>;

export interface Results {
  readonly success: readonly Named[];
  readonly errors: readonly Readonly<Record<string, unknown>>[];
}

/** `named`: the callback or the number, as the request has it. */
export const failed = (named: Named, error: unknown): Readonly<Record<string, unknown>> => {
  const { code, phrase, message } = callbackErrorOf(error).body;
  return { code, phrase, ...named, message };
};
