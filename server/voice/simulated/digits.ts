/** What one key that a customer presses does to the digits so far: a pure function. `treatment.ts` lets customers press keys in time. */
import type { DigitInput } from '../port.js';

interface Pressed {
  readonly digits: string;
  readonly ended?: 'max' | 'term' | 'abort';
}

type Special = 'abort' | 'term' | 'ignore' | 'reset' | 'backspace';

/** In this order, where a key has several meanings. */
const special: Readonly<Record<Special, (digits: string) => Pressed>> = {
  abort: () => ({ digits: '', ended: 'abort' }),
  term: (digits) => ({ digits, ended: 'term' }),
  ignore: (digits) => ({ digits }),
  reset: () => ({ digits: '' }),
  backspace: (digits) => ({ digits: digits.slice(0, -1) }),
};

export function press(input: DigitInput, digits: string, key: string): Pressed {
  const meaning = (Object.keys(special) as Special[]).find((name) => input[name]?.includes(key));
  if (meaning) return special[meaning](digits);
  const more = digits + key;
  return more.length === input.maxDigits ? { digits: more, ended: 'max' } : { digits: more };
}
