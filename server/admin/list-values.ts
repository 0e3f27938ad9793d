/**
 * Transaction lists that mean something to the server, and what is wrong with one of their values: for who sets a key
 * (`routes-lists.ts`) as for who applies a configuration (`../configuration/mistakes.ts`). Pure.
 */
import { mistakeIn, PATTERNS } from '../gms/guards/exceptions.js';

const listValues = new Map<string, (value: string) => string | undefined>([
  [PATTERNS, mistakeIn],
  ['GMS_Resources', (value) => (value.trim() === '' ? 'must be a number that customers call' : undefined)],
]);

/** Undefined: nothing, as with every value of a list that only strategies look up. */
export const mistakeInValue = (list: string, value: string): string | undefined => listValues.get(list)?.(value);
