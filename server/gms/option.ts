/**
 * One option of a service template, and how a given value becomes one of its type. `templates.ts` reads options from files,
 * `resolve.ts` decides whose value counts. Pure.
 *
 * 1. A value arrives as JSON or as the text of a form field; both mean the same.
 * 2. An empty text is no value: the option is left open, whatever its type.
 */

export const optionTypes = ['boolean', 'integer', 'string', 'enum', 'json'] as const;
export type OptionType = (typeof optionTypes)[number];

export interface Option {
  readonly name: string;
  readonly type: OptionType;
  /** null: there is none, the option is unset unless somebody sets it. */
  readonly default: unknown;
  /** Must have a value in the end. */
  readonly mandatory: boolean;
  readonly category: string;
  readonly description: string;
  /** What an enum may be, or to what a boolean is restricted ("false"). */
  readonly values?: readonly string[];
  /** Of an integer, the least it may be. */
  readonly minimum?: number;
  /** Only the service's configuration sets it; a request cannot. */
  readonly serviceOnly?: boolean;
  /** Of no interest to most: shown when it is asked for. */
  readonly advanced?: boolean;
  /** Usually said by the request, and better not configured. */
  readonly requestParameter?: boolean;
  /** The version of the original that has it first. */
  readonly since?: string;
  /** A family: its name and then a number, or a date. */
  readonly numbered?: boolean;
  /** Nothing here reads it, and why. It is checked and kept; its default is not told to anybody. */
  readonly unused?: string;
}

/** The option that a name means: the one of that name, or a family that it belongs to. */
export const optionNamed = (options: ReadonlyMap<string, Option>, name: string): Option | undefined => {
  const option = options.get(name);
  if (option) return option;
  const family = options.get(name.replace(/_?\d+$/, ''));
  return family?.numbered === true ? family : undefined;
};

export const isEmpty = (given: unknown): boolean => given === undefined || given === null || given === '';

/** The value as the option's type, or undefined when it cannot be one. `given` is not empty. */
export function valueOf(option: Option, given: unknown): unknown {
  return readers[option.type](given, option);
}

/** What the option allows, for an error. */
export function allowedBy({ type, values = [], minimum }: Option): string {
  switch (type) {
    case 'boolean':
      return values.length > 0 ? values.join(', ') : 'true, false';
    case 'integer':
      return minimum === undefined ? 'a whole number' : `a whole number, ${minimum} or more`;
    case 'string':
      return 'a text';
    case 'enum':
      return values.join(', ');
    case 'json':
      return 'a JSON object or array';
  }
}

/** 32 bits, as the options of the guide: as seconds that is 68 years, and any sum with a date is still a date. */
export const LARGEST = 2 ** 31 - 1;

const readers: Readonly<Record<OptionType, (given: unknown, option: Option) => unknown>> = {
  boolean(given, { values }) {
    const text = textOf(given)?.toLowerCase() ?? '';
    return values?.includes(text) === false ? undefined : { true: true, false: false }[text];
  },
  integer(given, { minimum = -LARGEST }) {
    const text = textOf(given)?.trim() ?? '';
    const number = /^[+-]?\d+$/.test(text) ? Number(text) : NaN;
    return number >= minimum && number <= LARGEST ? number : undefined;
  },
  string: textOf,
  enum: (given, { values = [] }) => values.find((value) => value === textOf(given)),
  json(given) {
    const value = typeof given === 'string' ? parsed(given) : given;
    return typeof value === 'object' && value !== null ? value : undefined;
  },
};

function textOf(given: unknown): string | undefined {
  if (typeof given === 'string') return given;
  return typeof given === 'number' || typeof given === 'boolean' ? String(given) : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
