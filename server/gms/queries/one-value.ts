/** A parameter of a query that is one text. */
import { callbackError } from '../errors.js';

/** undefined: it is not there. Throws BAD_PARAMETER where there are several. */
export const oneValue = (query: Readonly<Record<string, unknown>>, name: string): string | undefined => {
  const value = query[name];
  if (value === undefined || typeof value === 'string') return value;
  throw callbackError('badParameter', { message: `Parameter ${name} must be one value` });
};
