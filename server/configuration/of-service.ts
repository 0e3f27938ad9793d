/** What is wrong with one service: its name, its template, each value. Pure. `mistakes.ts` looks at all of them. */
import { isObject } from '../json.js';
import { allowedBy, isEmpty, optionNamed, valueOf, type Option } from '../gms/option.js';
import { listOf } from '../gms/request.js';
import { OVERWRITABLE } from '../gms/resolve.js';
import type { Templates } from '../gms/services.js';
import { openOf } from '../gms/services/scenarios.js';
import type { Template } from '../gms/templates.js';
import { hasToken } from '../gms/token.js';
import type { Mistake } from './configuration.js';

/** As in the URLs of the service. Ids of callbacks begin with a digit, and `callback` is a part of the URLs. */
const NAME = /^(?!callback$|ringback$)[A-Za-z_][\w.-]{0,63}$/;
/** ECMAScript IdentifierName, as a request has them. */
const OWN = /^(?!__proto__$)[\p{ID_Start}$_][\p{ID_Continue}$]*$/u;
const SHOWN = 100;

export const mistakesInService = (name: string, given: unknown, templates: Templates): readonly Mistake[] => {
  const path = ['services', name];
  const { template: named, options = {}, ...rest } = isObject(given) ? given : {};
  const template = typeof named === 'string' ? templates.get(named) : undefined;
  const mistakenName = mistakeInName(name);
  const known = [...templates.keys()].join(', ');
  return [
    ...(mistakenName === undefined ? [] : [{ path, message: mistakenName }]),
    ...Object.keys(rest).map((field) => ({
      path: [...path, field],
      message: 'only template and options are known here',
    })),
    ...(template
      ? []
      : [{ path: [...path, 'template'], message: `template: ${shown(named)} is not there, allowed: ${known}` }]),
    ...(isObject(options)
      ? template
        ? mistakesInOptions([...path, 'options'], template, options)
        : []
      : [{ path: [...path, 'options'], message: 'must be values by option' }]),
  ];
};

export const mistakeInName = (name: string): string | undefined =>
  NAME.test(name)
    ? undefined
    : `"${name}" is no name of a service: a letter, then letters, digits, "_", "." and "-", at most 64`;

type Options = Readonly<Record<string, unknown>>;

const mistakesInOptions = (path: readonly string[], template: Template, options: Options): readonly Mistake[] => [
  ...Object.entries(options).flatMap(([name, value]) => {
    const message = mistakeInOption(template, name, value);
    return message === undefined ? [] : [{ path: [...path, name], message }];
  }),
  ...openOf(template, options).map((name) => ({
    path,
    message: `${name} has no value: no service of ${template.name} starts without, unless each request brings it`,
    isWarning: true as const,
  })),
];

export const mistakeInOption = (template: Template, name: string, value: unknown): string | undefined => {
  if (isEmpty(value)) return undefined;
  const option = optionNamed(template.options, name);
  if (!option) return unknownOption(template, name);
  if (hasToken(value)) return undefined;
  if (name === '_overwritable_options') return mistakeInOverwritable(value);
  return valueOf(option, value) === undefined
    ? `${name} has ${shown(value)}, allowed: ${allowedBy(option)}`
    : undefined;
};

const mistakeInOverwritable = (value: unknown): string | undefined => {
  const names = typeof value === 'string' ? listOf(value) : [shown(value)];
  if (names.every((name) => OVERWRITABLE.includes(name))) return undefined;
  return `_overwritable_options has ${shown(value)}, allowed: ${OVERWRITABLE.join(', ')}`;
};

/** Names without an underscore are the service's own. */
const unknownOption = ({ name: template, options }: Template, name: string): string | undefined => {
  if (!name.startsWith('_')) return OWN.test(name) ? undefined : `"${name}" is no name of a parameter`;
  const near = nearest(name, [...options.values()]);
  return `${template} has no option ${name}${near === undefined ? '' : `: is ${near} meant?`}`;
};

const nearest = (name: string, options: readonly Option[]): string | undefined => {
  const [best] = options
    .map((option) => ({ name: option.name, far: distance(name, option.name) }))
    .sort((a, b) => a.far - b.far);
  return best && best.far <= 3 ? best.name : undefined;
};

/** Levenshtein's. */
const distance = (a: string, b: string): number => {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, sign] of Array.from(a).entries()) {
    const next = [i + 1];
    for (const [j, other] of Array.from(b).entries())
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (sign === other ? 0 : 1)));
    row = next;
  }
  return row.at(-1) ?? 0;
};

const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value)).slice(0, SHOWN);
