/** The script of a trace, from standard input: a JSON list of `{"event":name,"data":any}` and `{"advance":ms}`. */
import { JsonError, parseJson } from '../json.js';

export type Step = { readonly event: string; readonly data?: unknown } | { readonly advance: number };

/** The script is wrong; the message says where and what it should be. */
export class ScriptError extends Error {
  override readonly name = 'ScriptError';
}

const isStep = (step: unknown): step is Step => {
  if (typeof step !== 'object' || step === null) return false;
  const { event, advance } = step as { event?: unknown; advance?: unknown };
  if (event !== undefined) return typeof event === 'string' && event !== '' && advance === undefined;
  return typeof advance === 'number' && advance >= 0 && Number.isFinite(advance);
};

/** An empty text is an empty list. */
export const stepsOf = (text: string): readonly Step[] => {
  const steps = text.trim() === '' ? [] : parsed(text);
  if (!Array.isArray(steps)) throw new ScriptError('standard input must be a JSON list of steps');
  return steps.map((step: unknown, index) => {
    if (isStep(step)) return step;
    throw new ScriptError(`step ${index + 1} must be {"event":"name","data":any} or {"advance":milliseconds}`);
  });
};

const parsed = (text: string): unknown => {
  try {
    return parseJson(text);
  } catch (error) {
    if (error instanceof JsonError) throw new ScriptError(`standard input is no JSON: ${error.message}`);
    throw error;
  }
};
