/**
 * Service templates: which strategy, which options. They are data, one JSON file each in `templates/`, and a list of the same name in
 * `templates/unused/` of options of the original that nothing here reads. This file reads and checks them. `services.ts` makes services of
 * them, `option.ts` knows the types.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isEmpty, optionTypes, valueOf, type Option, type OptionType } from './option.js';
import { messageOf } from '../problems.js';
import { mistakesInStrategies, type StrategyCase } from './strategies.js';

export interface Template {
  readonly name: string;
  readonly description: string;
  /** What a session is started with: a name under `strategies/`, a file: or an http(s): URL. Of a builtin: ''. */
  readonly strategy: string;
  /** Those of some of its callbacks. */
  readonly strategies?: readonly StrategyCase[];
  /** Its services run here, without a session: no callbacks. */
  readonly builtin?: boolean;
  readonly options: ReadonlyMap<string, Option>;
}

const UNUSED = 'unused';
const fieldsOfBuiltin = ['name', 'description'] as const;
const fieldsOfAll = [...fieldsOfBuiltin, 'strategy'] as const;

/** The options that a builtin service has at least. */
const neededBuiltin = { _type: 'enum', _service: 'enum' } as const satisfies Record<string, OptionType>;

/** The options that the callback services themselves read, and as what: each needs a default. */
const needed = {
  _type: 'enum',
  _service: 'string',
  _ttl: 'integer',
  _customer_lookup_keys: 'string',
  _mandatory_customer_lookup_keys: 'string',
  _overwritable_options: 'string',
  _request_execution_time_buffer: 'integer',
  _paused_services_list: 'string',
  _max_ors_submit_attempts: 'integer',
  _disallow_impossible_phone_numbers: 'boolean',
  _disallow_premium_phone_numbers: 'boolean',
  _fix_plus_on_int_phone_numbers: 'boolean',
  _enable_in_queue_checking: 'enum',
  _max_queued_callbacks_per_service: 'integer',
  _throttle_callbacks_per_service_1: 'integer',
  _throttle_ttl_1: 'integer',
  _throttle_callbacks_per_service_2: 'integer',
  _throttle_ttl_2: 'integer',
  _throttle_request_parameters: 'string',
  _throttle_request_parameters_limit: 'integer',
  _enable_throttle_header_parameters: 'boolean',
  _business_hours_service: 'string',
  _capacity_service: 'string',
  _max_request_by_time_bucket: 'integer',
  _request_time_bucket: 'enum',
  _enable_reject_out_of_office_hours: 'boolean',
  _reject_future_desired_time: 'string',
} as const satisfies Record<string, OptionType>;

/** The templates of a folder by name. Throws one Error that lists every mistake: file, option, field, what to write. */
export function readTemplates(folder: string): ReadonlyMap<string, Template> {
  const problems: string[] = [];
  const templates = readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const template = templateOf(name, readFileSync(join(folder, name), 'utf8'), problems);
      const unused = join(folder, UNUSED, name);
      if (!existsSync(unused)) return template;
      const others = unusedOf(join(UNUSED, name), readFileSync(unused, 'utf8'), problems);
      return { ...template, options: new Map([...others, ...template.options]) };
    });
  if (problems.length > 0) throw new Error(`The templates in ${folder} cannot be used:\n${problems.join('\n')}`);
  return new Map(templates.map((template) => [template.name, template]));
}

const unusedOf = (file: string, text: string, problems: string[]): ReadonlyMap<string, Option> => {
  const given = jsonOf(file, text, problems);
  const options: unknown[] = Array.isArray(given) ? given : [];
  options.forEach((option, index) =>
    problems.push(...mistakesIn(option, index).map((mistake) => `${file}: ${mistake}`)),
  );
  return new Map((options as Option[]).map((option) => [option.name, option]));
};

/** Adds to `problems` what is wrong with the text; the answer is of use only if nothing is. */
function templateOf(file: string, text: string, problems: string[]): Template {
  const template = jsonOf(file, text, problems) as Template & { readonly options?: unknown };
  const isBuiltin = template.builtin === true;
  for (const field of isBuiltin ? fieldsOfBuiltin : fieldsOfAll) {
    if (!isText(template[field])) problems.push(`${file}: ${field}: must be a text that is not empty`);
  }
  const options: unknown[] = Array.isArray(template.options) ? template.options : [];
  options.forEach((option, index) =>
    problems.push(...mistakesIn(option, index).map((mistake) => `${file}: ${mistake}`)),
  );
  const names = options.map((option) => (option as Option | null)?.name);
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    problems.push(`${file}: option ${String(name)}: name: is given twice`);
  }
  const usable = options.filter((option): option is Option => isText((option as Option | null)?.name));
  const byName = new Map(usable.map((option) => [option.name, option]));
  const allows = (name: string, value: unknown): boolean => {
    const option = byName.get(name);
    return option !== undefined && valueOf(option, value) === value;
  };
  problems.push(
    ...[...missingIn(byName, isBuiltin), ...mistakesInStrategies(template.strategies, allows)].map(
      (mistake) => `${file}: ${mistake}`,
    ),
  );
  return { ...template, ...(isBuiltin && { strategy: '' }), options: byName };
}

function missingIn(options: ReadonlyMap<string, Option>, isBuiltin: boolean): string[] {
  return Object.entries(isBuiltin ? neededBuiltin : needed).flatMap(([name, type]) => {
    const option = options.get(name);
    if (!option) return [`option ${name}: is missing`];
    if (option.type !== type) return [`option ${name}: type: must be ${type}`];
    return option.default === null ? [`option ${name}: default: must not be null`] : [];
  });
}

function jsonOf(file: string, text: string, problems: string[]): object {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === 'object' && value !== null) return value;
    problems.push(`${file}: must be a JSON object`);
  } catch (error) {
    problems.push(`${file}: is not JSON: ${messageOf(error)}`);
  }
  return {};
}

const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';

/** By field: whether it may be so, and what to write instead. */
const fields: Readonly<Record<keyof Option, readonly [(value: unknown, option: Option) => boolean, string]>> = {
  name: [(name) => typeof name === 'string' && /^_[a-z]\w*$/.test(name), 'must begin with an underscore'],
  type: [(type) => optionTypes.some((known) => known === type), `must be one of ${optionTypes.join(', ')}`],
  default: [isDefault, 'must be a value of the type, or null for none'],
  mandatory: [(mandatory) => typeof mandatory === 'boolean', 'must be true or false'],
  category: [isText, 'must be a text that is not empty'],
  description: [isText, 'must be a text that is not empty'],
  values: [
    (values, { type }) => {
      if (values === undefined) return type !== 'enum';
      const allowed = Array.isArray(values) && values.length > 0 && values.every(isText);
      return allowed && (type === 'enum' || type === 'boolean');
    },
    'must be a list of texts for an enum; a boolean may have one; nothing else has',
  ],
  minimum: [
    (minimum, { type }) => minimum === undefined || (type === 'integer' && Number.isInteger(minimum)),
    'must be a whole number, and only an integer has one',
  ],
  serviceOnly: [isFlag, 'must be true, false or absent'],
  advanced: [isFlag, 'must be true, false or absent'],
  requestParameter: [isFlag, 'must be true, false or absent'],
  numbered: [isFlag, 'must be true, false or absent'],
  since: [
    (since) => since === undefined || (isText(since) && /^\d+(\.\d+)+$/.test(since as string)),
    'must be a version, as 8.5.201.04',
  ],
  unused: [(why) => why === undefined || isText(why), 'must say why'],
};

function isFlag(value: unknown): boolean {
  return value === undefined || typeof value === 'boolean';
}

function isDefault(value: unknown, option: Option): boolean {
  if (value === null || (value === '' && option.type === 'string')) return true;
  if (isEmpty(value) || !optionTypes.includes(option.type)) return false;
  return valueOf(option, value) === value;
}

function mistakesIn(option: unknown, index: number): string[] {
  if (typeof option !== 'object' || option === null) return [`option ${index + 1}: must be a JSON object`];
  const given = option as Option;
  const where = `option ${isText(given.name) ? given.name : index + 1}`;
  return [
    ...Object.keys(given)
      .filter((field) => !Object.hasOwn(fields, field))
      .map((field) => `${where}: ${field}: is not a field of an option`),
    ...Object.entries(fields)
      .filter(([field, [isRight]]) => !isRight(given[field as keyof Option], given))
      .map(([field, [, rule]]) => `${where}: ${field}: ${rule}`),
  ];
}
