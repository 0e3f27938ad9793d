/**
 * The number of a customer: how it is written, and whether it may be called at all. libphonenumber is known here only. Pure.
 *
 * 1. Who starts a callback and who looks one up has the number written alike (`plusFixed`).
 * 2. Nothing is looked for in a text that is longer than any number, nor in one that has more in it than a number.
 */
import {
  isSupportedCountry,
  ParseError,
  parsePhoneNumberWithError,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { callbackError, type CallbackError } from '../errors.js';
import type { Options } from '../resolve.js';

/** 2 */
const LONGEST = 100;

/** In the form that is kept and looked up, as the service has it. */
export const numberOf = (given: string, options: Options): string =>
  options.get('_fix_plus_on_int_phone_numbers') === true ? plusFixed(given, options.get('_default_country')) : given;

/** Texts of digits that a number may be written with. */
const WRITTEN = /^[\d ().\-/]*$/;

/** The plus of an international number that came without it, or as the blank that forms make of it; all else stays as it is. */
function plusFixed(number: string, country: unknown): string {
  if (number.length > LONGEST || !WRITTEN.test(number)) return number;
  const digits = number.trim();
  if (!/^[1-9]/.test(digits) || isNational(digits, country)) return number;
  return parsed(`+${digits}`)?.isValid() === true ? `+${digits}` : number;
}

/** As it is written within its country, where it is somebody's. */
function isNational(digits: string, country: unknown): boolean {
  const number = parsed(digits, country);
  return number?.isValid() === true && digits.replace(/\D/g, '').length <= number.nationalNumber.length;
}

/** Throws NUMBER_REJECTED, or BAD_CONFIGURATION where the country is missing. */
export function requireCallable(service: string, number: string, options: Options): void {
  if (number.length > LONGEST) throw callbackError('numberInvalid');
  const checks = (['_disallow_impossible_phone_numbers', '_disallow_premium_phone_numbers'] as const).filter(
    (option) => options.get(option) === true,
  );
  if (!checks[0]) return;
  const found = parsed(number, requireCountry(service, checks[0], options));
  const wrong = checks.flatMap((option) => refusals[option](found) ?? [])[0];
  if (wrong) throw callbackError(wrong);
}

const refusals = {
  _disallow_impossible_phone_numbers(found: PhoneNumber | undefined) {
    if (!found) return 'numberFailed';
    return found.isPossible() ? undefined : 'numberInvalid';
  },
  _disallow_premium_phone_numbers: (found: PhoneNumber | undefined) =>
    found?.getType() === 'PREMIUM_RATE' ? 'numberPremium' : undefined,
} as const;

function requireCountry(service: string, option: string, options: Options): CountryCode {
  const country = options.get('_default_country');
  if (typeof country !== 'string' || country === '') throw callbackError('noCountry', { service, option });
  if (isSupportedCountry(country)) return country;
  throw unknownCountry(service, country);
}

const unknownCountry = (service: string, country: string): CallbackError =>
  callbackError('badOption', {
    service,
    option: '_default_country',
    message: `service ${service} has "${country.slice(0, 20)}", allowed: a country of ISO 3166 such as US or DE`,
  });

/** undefined: it is none. */
function parsed(number: string, country?: unknown): PhoneNumber | undefined {
  const known = typeof country === 'string' && isSupportedCountry(country) ? country : undefined;
  try {
    return parsePhoneNumberWithError(number, { ...(known && { defaultCountry: known }), extract: false });
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}
