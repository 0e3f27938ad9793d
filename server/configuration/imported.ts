/**
 * Exported option sections of GMS as a configuration: `[service.NAME]`, then `key=value`, one a line; `#` and `;` begin comments. Pure.
 *
 * 1. What cannot be taken is told with its line and left out; the rest is taken. Nothing is guessed.
 */
import { isEmpty, optionNamed, valueOf } from '../gms/option.js';
import type { Templates } from '../gms/services.js';
import type { Template } from '../gms/templates.js';
import { hasToken } from '../gms/token.js';
import type { Configuration, Definition } from './configuration.js';
import { mistakeInName, mistakeInOption } from './of-service.js';

interface Left {
  readonly line: number;
  readonly message: string;
}

export interface Imported {
  readonly services: Configuration['services'];
  readonly options: number;
  readonly left: readonly Left[];
}

interface Section {
  readonly name: string;
  readonly line: number;
  readonly values: Map<string, { readonly value: string; readonly line: number }>;
}

const SERVICE = 'service.';

export const imported = (text: string, templates: Templates): Imported => {
  const left: Left[] = [];
  const services: Record<string, Definition> = {};
  for (const section of sectionsOf(text, left)) {
    const definition = serviceOf(section, templates, left);
    if (definition) services[section.name.slice(SERVICE.length)] = definition;
  }
  const options = Object.values(services).flatMap((service) => Object.keys(service.options)).length;
  return { services, options, left: left.sort((a, b) => a.line - b.line) };
};

/** A section that comes again goes on. */
const sectionsOf = (text: string, left: Left[]): readonly Section[] => {
  const sections = new Map<string, Section>();
  let current: Section | undefined;
  for (const [index, raw] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    const [line, words] = [index + 1, raw.trim()];
    if (words === '' || /^[#;]/.test(words)) continue;
    const name = /^\[(.+)\]$/.exec(words)?.[1]?.trim();
    if (name !== undefined) {
      current = sections.get(name) ?? { name, line, values: new Map() };
      sections.set(name, current);
    } else if (!takes(current, words, line))
      left.push({ line, message: `"${words.slice(0, 60)}" is no key=value of a section` });
  }
  return [...sections.values()];
};

const takes = (section: Section | undefined, words: string, line: number): boolean => {
  const [, key, value = ''] = /^([^=]*[^=\s])\s*=\s*(.*)$/.exec(words) ?? [];
  if (key === undefined) return false;
  section?.values.set(key, { value: unquoted(value), line });
  return section !== undefined;
};

const unquoted = (text: string): string => /^"(.*)"$/.exec(text)?.[1] ?? text;

const serviceOf = ({ name, line, values }: Section, templates: Templates, left: Left[]): Definition | undefined => {
  const kind = values.get('_service')?.value ?? 'callback';
  const template = templates.get(kind);
  const wrong = name.startsWith(SERVICE) ? mistakeInName(name.slice(SERVICE.length)) : 'only [service.NAME] is taken';
  if (wrong !== undefined || !template) {
    left.push({ line, message: `[${name}] is not taken: ${wrong ?? `there is no template for _service=${kind}`}` });
    return undefined;
  }
  const options: Record<string, unknown> = {};
  for (const [option, { value, line: at }] of values) {
    const mistake = mistakeIn(template, option, value);
    if (mistake !== undefined) left.push({ line: at, message: `[${name}] ${option} is not taken: ${mistake}` });
    else if (!isEmpty(value)) options[option] = typed(template, option, value);
  }
  return { template: template.name, options };
};

/** Older files have `_type=ors` for what runs in the server: the guide says to change it. */
const mistakeIn = (template: Template, option: string, value: string): string | undefined =>
  option === '_type' && template.builtin === true && value === 'ors'
    ? 'it runs in the server (builtin)'
    : mistakeInOption(template, option, value);

const typed = ({ options }: Template, name: string, value: string): unknown => {
  const option = optionNamed(options, name);
  return option && !hasToken(value) ? valueOf(option, value) : value;
};
