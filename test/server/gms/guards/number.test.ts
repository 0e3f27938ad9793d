import { expect } from 'chai';
import fc from 'fast-check';
import { CallbackError } from '../../../../server/gms/errors.js';
import { numberOf, requireCallable } from '../../../../server/gms/guards/number.js';

const checked = (country: string | undefined, more: Readonly<Record<string, unknown>> = {}) =>
  new Map(
    Object.entries({
      _disallow_impossible_phone_numbers: true,
      _disallow_premium_phone_numbers: true,
      _fix_plus_on_int_phone_numbers: true,
      _default_country: country,
      ...more,
    }),
  );

const bodyOf = (number: string, options: ReadonlyMap<string, unknown>) => {
  try {
    requireCallable('billing', number, options);
    return undefined;
  } catch (error) {
    if (error instanceof CallbackError) return { status: error.status, ...error.body };
    throw error;
  }
};

const INVALID =
  'Customer Number is not allowed, because it is invalid. Check option _disallow_impossible_phone_numbers';
const FAILED =
  'Customer Number is not allowed, because it failed validating. Check option _disallow_impossible_phone_numbers';
const PREMIUM =
  "Customer Number is not allowed, because it's a premium number. Check option _disallow_premium_phone_numbers";

const refused: readonly (readonly [number: string, country: string, message: string | undefined])[] = [
  ['16504661230', 'US', undefined],
  ['+16504661230', 'DE', undefined],
  ['(650) 466-1230', 'US', undefined],
  ['555-5461206', 'US', undefined],
  ['0911 4711-0815', 'DE', undefined],
  ['5115', 'US', INVALID],
  ['1234567890123456789', 'US', FAILED],
  ['911', 'US', INVALID],
  ['bad', 'DE', FAILED],
  ['+5', 'US', FAILED],
  ['call 16504661230 now', 'US', FAILED],
  ['16504661230\u0000', 'US', FAILED],
  ["16504661230'; DROP TABLE callback; --", 'US', FAILED],
  ['9'.repeat(101), 'US', INVALID],
  ['19005551234', 'US', PREMIUM],
  ['+1 900 555 1234', 'DE', PREMIUM],
  ['0900 1234567', 'DE', PREMIUM],
];

const kept: readonly (readonly [given: string, country: string, kept: string])[] = [
  // The guide, "Customer Phone Numbers".
  ['12345678901', 'US', '+12345678901'],
  ['16504661230', 'US', '+16504661230'],
  ['16504661230', 'DE', '+16504661230'],
  [' 16504661230', 'US', '+16504661230'],
  ['4991147110815', 'DE', '+4991147110815'],
  ['4991147110815', 'US', '+4991147110815'],
  ['1 (650) 466-1230', 'US', '+1 (650) 466-1230'],
  ['+16504661230', 'US', '+16504661230'],
  ['6504661230', 'US', '6504661230'],
  ['555-5461206', 'US', '555-5461206'],
  ['0911 47110815', 'DE', '0911 47110815'],
  ['5115', 'US', '5115'],
  ['01822256', 'US', '01822256'],
  ['a16504661230', 'US', 'a16504661230'],
];

describe('numbers of customers', () => {
  for (const [number, country, message] of refused) {
    it(`${message === undefined ? 'takes' : 'refuses'} ${JSON.stringify(number.slice(0, 30))} in ${country}`, () => {
      expect(bodyOf(number, checked(country))).to.deep.equal(
        message && {
          status: 400,
          code: 40040,
          phrase: 'NUMBER_REJECTED',
          message,
          exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionNumber',
          properties: {},
        },
      );
    });
  }

  it('looks at what the options say only, and at nothing longer than a number whatever they say', () => {
    const premium = checked('US', { _disallow_impossible_phone_numbers: false });
    expect(bodyOf('5115', premium)).to.equal(undefined);
    expect(bodyOf('bad', premium)).to.equal(undefined);
    expect(bodyOf('19005551234', premium)?.message).to.equal(PREMIUM);
    const impossible = checked('US', { _disallow_premium_phone_numbers: false });
    expect(bodyOf('19005551234', impossible)).to.equal(undefined);
    const neither = checked(undefined, {
      _disallow_impossible_phone_numbers: false,
      _disallow_premium_phone_numbers: false,
    });
    expect(bodyOf('bad', neither)).to.equal(undefined);
    expect(bodyOf('9'.repeat(101), neither)?.message).to.equal(INVALID);
  });

  for (const option of ['_disallow_impossible_phone_numbers', '_disallow_premium_phone_numbers']) {
    it(`needs a country for ${option}`, () => {
      const other = new Map([[option, true]]);
      const message = `Service option billing / _default_country is not configured. But option ${option} is set. We cannot validate phone numbers without knowing the country.`;
      expect(bodyOf('16504661230', other)).to.deep.equal({
        status: 500,
        code: 50020,
        phrase: 'BAD_CONFIGURATION',
        message,
        exception: 'com.genesyslab.gsg.services.callback.CallbackExceptionConfiguration',
        properties: { service: 'billing' },
      });
    });
  }

  it('says that a country is none', () => {
    expect(bodyOf('16504661230', checked('XX'))?.message).to.equal(
      'Option _default_country is invalid: service billing has "XX", allowed: a country of ISO 3166 such as US or DE',
    );
  });

  for (const [given, country, expected] of kept) {
    it(`keeps ${JSON.stringify(given)} of ${country} as ${expected}`, () => {
      expect(numberOf(given, checked(country))).to.equal(expected);
    });
  }

  it('keeps a number as it is where the plus is not mended', () => {
    const options = checked('US', { _fix_plus_on_int_phone_numbers: false });
    expect(numberOf('16504661230', options)).to.equal('16504661230');
  });

  it('keeps what is kept: a number has one form, whatever it is', () => {
    const text = fc.oneof(
      fc.string({ unit: fc.constantFrom(...Array.from('0123456789+ -()')) }),
      fc.string({ maxLength: 200 }),
    );
    fc.assert(
      fc.property(text, fc.constantFrom('US', 'DE', 'AR', 'XX', undefined), (number, country) => {
        const once = numberOf(number, checked(country));
        expect(numberOf(once, checked(country))).to.equal(once);
      }),
      { numRuns: 300 },
    );
  });
});
