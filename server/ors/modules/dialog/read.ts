/** From the elements of the dialog module, attributes evaluated, to treatments: what is to be done, as data. `perform.ts` does it. */
import { fromData } from '../../../../engine/datamodel/data.js';
import type { ModuleChild, ModuleEffect } from '../../../../engine/effect.js';
import type { Data } from '../../../../engine/event.js';
import type { DigitInput, Prompt } from '../../../voice/port.js';
import { asBoolean, asNumber, asObject, asText } from '../../arguments.js';
import type { TreatmentName } from './elements.js';

export type Treatment =
  | { readonly kind: 'prompts'; readonly prompts: readonly Prompt[]; readonly durationMs?: number | undefined }
  | { readonly kind: 'input'; readonly prompts: readonly Prompt[]; readonly input: DigitInput }
  | Verification
  | {
      readonly kind: 'application';
      readonly uri: string;
      readonly device: string | undefined;
      readonly timeoutMs: number | undefined;
      readonly parameters: Readonly<Record<string, unknown>>;
    }
  | { readonly kind: 'remote'; readonly destinations: readonly string[] }
  | { readonly kind: 'pause'; readonly durationMs: number };

interface Verification {
  readonly kind: 'verification';
  readonly prompts: readonly Prompt[];
  readonly retry: readonly Prompt[];
  readonly timeout: readonly Prompt[];
  readonly success: readonly Prompt[];
  readonly failure: readonly Prompt[];
  readonly input: DigitInput;
  readonly expected: string;
  readonly retries: number;
}

/** Error `invalidattribute` of the action. */
export class InvalidAttribute extends Error {}

export type Given = Pick<ModuleEffect, 'attributes' | 'children' | 'params'>;

export const readTreatment = (name: TreatmentName, given: Given): Treatment => readers[name](given);

/** A child of runtreatments has its parameters as elements. */
export const givenBy = ({ attributes, children }: ModuleChild): Given => ({
  attributes,
  children,
  params: Object.fromEntries(
    children
      .filter((child) => child.name === 'param')
      .map((param) => [asText(param.attributes['name']) ?? '', param.attributes['expr']]),
  ),
});

/** Without a limit of its own an input ends after this many seconds. */
const patience = 30;
const defaultRetries = 2;
const mostPrompts = 10;
const tones = new Set(['ringback', 'busy', 'fastbusy', 'silence']);
const ofVerification = ['iretry', 'ifailure', 'isuccess', 'itimeout'];

const readers: Readonly<Record<TreatmentName, (given: Given) => Treatment>> = {
  play: (given) => ({ kind: 'prompts', prompts: some(announced(given), '<prompts> with a <prompt>') }),
  playsound: ({ attributes }) => ({
    kind: 'prompts',
    prompts: [soundOf(attributes)],
    durationMs: milliseconds(attributes, 'duration'),
  }),
  collect: (given) => ({ kind: 'input', prompts: [], input: inputOf(given) }),
  playandcollect: (given) => ({ kind: 'input', prompts: announced(given), input: inputOf(given) }),
  playandverify: (given) => ({
    kind: 'verification',
    prompts: announced(given),
    retry: promptsOf(given, ['iretry']),
    timeout: promptsOf(given, ['itimeout']),
    success: promptsOf(given, ['isuccess']),
    failure: promptsOf(given, ['ifailure']),
    input: inputOf(given),
    expected: text(inputElement(given), 'verify_digits') ?? missing('verify_digits of <input>'),
    retries: number(inputElement(given), 'retries') ?? defaultRetries,
  }),
  start({ attributes, params }) {
    const type = asText(attributes['type']);
    if (type !== 'applid') throw new InvalidAttribute(`type "${type}" is not 'applid'`);
    return {
      kind: 'application',
      uri: asText(params['APP_URI']) ?? asText(params['APP_ID']) ?? missing('the parameter APP_URI'),
      device: asText(attributes['device']),
      timeoutMs: milliseconds(attributes, 'timeout'),
      parameters: Object.fromEntries(Object.entries(params).map(([name, value]) => [name, fromData(value)])),
    };
  },
  remote: ({ attributes }) => ({
    kind: 'remote',
    destinations: [
      asText(attributes['destination']) ?? missing('destination'),
      ...[asText(attributes['default'])].filter((otherwise) => otherwise !== undefined),
    ],
  }),
  pause: ({ attributes }) => ({
    kind: 'pause',
    durationMs: milliseconds(attributes, 'duration') ?? missing('duration'),
  }),
};

const missing = (what: string): never => {
  throw new InvalidAttribute(`${what} is missing`);
};

const some = <T>(list: readonly T[], what: string): readonly T[] => (list.length > 0 ? list : missing(what));

type Attributes = Given['attributes'];

const text = (attributes: Attributes, name: string): string | undefined => asText(attributes[name]);

const number = (attributes: Attributes, name: string): number | undefined => {
  const value: Data | undefined = attributes[name];
  if (value === undefined || value === '') return undefined;
  const count = asNumber(value);
  if (count === undefined || count < 0) throw new InvalidAttribute(`${name} is not a number of 0 or more`);
  return count;
};

/** Documents say seconds. */
const milliseconds = (attributes: Attributes, name: string): number | undefined => {
  const seconds = number(attributes, name);
  return seconds === undefined ? undefined : seconds * 1000;
};

const soundOf = (attributes: Attributes): Prompt => {
  const type = text(attributes, 'type') ?? '';
  const tone = tones.has(type) ? `tone:${type}` : undefined;
  return {
    file: text(attributes, 'resource') ?? tone ?? missing('resource'),
    loop: type === 'music' || tone !== undefined,
    startOnBeep: asObject(attributes['hints'])['am-beep-detection'] === 'on',
  };
};

const inputElement = ({ children }: Given): Attributes =>
  children.find(({ name }) => name === 'input')?.attributes ?? missing('<input>');

const inputOf = (given: Given): DigitInput => {
  const element = inputElement(given);
  const keys = { term: 'term_', abort: 'abort_', ignore: 'ignore_', backspace: 'backspace_', reset: 'reset_' };
  const times = { startMs: 'start_timeout', digitMs: 'digit_timeout', totalMs: 'total_timeout' };
  const maxDigits = number(element, 'max_digits');
  return {
    totalMs: patience * 1000,
    ...(maxDigits !== undefined && { maxDigits }),
    ...said(keys, (name) => text(element, `${name}digits`)),
    ...said(times, (name) => milliseconds(element, name)),
  };
};

/** Those of the names for which there is a value. */
const said = <Key extends string, T>(names: Readonly<Record<Key, string>>, value: (name: string) => T | undefined) =>
  Object.fromEntries(
    Object.entries<string>(names).flatMap(([key, name]) => {
      const found = value(name);
      return found === undefined ? [] : [[key, found]];
    }),
  ) as Partial<Record<Key, T>>;

const announced = (given: Given): Prompt[] => promptsOf(given);

/** Those of the types; without types all that are not for the outcomes of a verification. */
const promptsOf = ({ attributes, children }: Given, types?: readonly string[]): Prompt[] =>
  children
    .filter(({ name }) => name === 'prompts')
    .filter(({ attributes: { type } }) => {
      const own = asText(type) ?? 'ann';
      return types ? types.includes(own) : !ofVerification.includes(own);
    })
    .flatMap((group) => groupOf(group, asText(attributes['language'])));

const groupOf = ({ children }: ModuleChild, language: string | undefined): Prompt[] => {
  const prompts = children.filter(({ name }) => name === 'prompt');
  if (prompts.length < 1 || prompts.length > mostPrompts)
    throw new InvalidAttribute(`<prompts> has ${prompts.length} prompts, and not 1 to ${mostPrompts}`);
  return prompts.map(({ attributes }) => ({
    file: fileOf(attributes),
    ...(language !== undefined && { language }),
    ...(asBoolean(attributes['interrupt']) && { interrupt: true }),
  }));
};

/** What the adapter says itself is a URI. */
const kinds = {
  intid: 'announcement:',
  number: 'number:',
  userannid: 'user-announcement:',
  text: 'text:',
  file: '',
} as const;

const fileOf = (attributes: Attributes): string => {
  const files = Object.entries(kinds).flatMap(([name, scheme]) => {
    const value = text(attributes, name);
    return value === undefined ? [] : [scheme + value];
  });
  const [file] = files;
  if (file === undefined || files.length > 1)
    throw new InvalidAttribute(
      `<prompt> has ${files.length} of ${Object.keys(kinds).join(', ')}: it needs exactly one`,
    );
  return file;
};
