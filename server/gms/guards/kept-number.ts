/** The forms in which services keep a number: who looks one up has to ask for these. Neighbour: `number.ts`. Pure. */
import { valueOf } from '../option.js';
import type { Service } from '../services.js';
import { numberOf } from './number.js';

/** One form, unless services have different countries, or differ in whether they mend the plus. */
export const keptForms = (services: readonly Service[], number: string): readonly string[] => {
  const forms = services.map((service) => numberOf(number, configured(service)));
  return forms.length === 0 ? [number] : [...new Set(forms)];
};

const names = ['_fix_plus_on_int_phone_numbers', '_default_country'];

const configured = ({ template, values }: Service): ReadonlyMap<string, unknown> =>
  new Map(
    names.flatMap((name) => {
      const option = template.options.get(name);
      const given = values.get(name);
      const value = option && given !== undefined && given !== '' ? valueOf(option, given) : option?.default;
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
