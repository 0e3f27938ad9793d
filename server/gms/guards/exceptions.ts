/**
 * `_exceptions` of a service: the group of patterns that its customers' numbers must not match. Groups are the sections of the list
 * GMS_Patterns, each key a pattern; `../../admin/lists.ts` keeps them. Pure, but for what it remembers.
 *
 * 1. A number is looked at with its plus and as it came: who is refused under one of them is refused under both.
 * 2. A pattern that cannot be used is refused where it is configured; should one be there all the same, no start passes it.
 */
import { messageOf } from '../../problems.js';
import { callbackError } from '../errors.js';
import { patternOf, type Pattern } from './pattern.js';

export const PATTERNS = 'GMS_Patterns';

type Groups = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Exceptions {
  /** The names of the patterns of the group that match; undefined: there is no such group. Throws where one cannot be used. */
  matching(group: string, text: string): readonly string[] | undefined;
  /** Throws NUMBER_REJECTED, or BAD_CONFIGURATION. */
  requireNone(service: string, group: string, number: string): void;
}

/** Made once a pattern; this many are remembered. */
const REMEMBERED = 10_000;

export function exceptions(groups: () => Groups | undefined): Exceptions {
  const known = new Map<string, Pattern>();
  const pattern = (source: string): Pattern => {
    const made = known.get(source) ?? patternOf(source);
    if (known.size >= REMEMBERED) known.clear();
    known.set(source, made);
    return made;
  };

  function matching(group: string, text: string): readonly string[] | undefined {
    const all = groups() ?? {};
    const patterns = Object.hasOwn(all, group) ? all[group] : undefined;
    if (!patterns) return undefined;
    const forms = formsOf(text);
    return Object.entries(patterns)
      .filter(([name, source]) => {
        const matches = usable(group, name, () => pattern(source));
        return forms.some(matches);
      })
      .map(([name]) => name);
  }

  return {
    matching,
    requireNone(service, group, number) {
      const found = asConfigured(service, () => matching(group, number));
      if (!found) throw badExceptions(service, `there is no group "${group}" in the list ${PATTERNS}`);
      if (found.length > 0) throw callbackError('numberException');
    },
  };
}

/** Throws one Error that lists every pattern that cannot be used. */
export function requirePatterns(groups: Groups = {}): void {
  const mistakes = Object.entries(groups).flatMap(([group, patterns]) =>
    Object.entries(patterns).flatMap(([name, source]) => {
      const mistake = mistakeIn(source);
      return mistake === undefined ? [] : [`${group}: ${name}: ${mistake}`];
    }),
  );
  if (mistakes.length > 0) throw new Error(`The list ${PATTERNS} cannot be used:\n${mistakes.join('\n')}`);
}

/** What is wrong with a pattern; undefined: nothing. */
export function mistakeIn(source: string): string | undefined {
  try {
    patternOf(source);
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** 1 */
const formsOf = (text: string): readonly string[] => (/^\d/.test(text) ? [text, `+${text}`] : [text]);

function usable<T>(group: string, name: string, make: () => T): T {
  try {
    return make();
  } catch (error) {
    throw new Error(`the pattern ${name} of the group ${group} cannot be used: ${messageOf(error)}`, { cause: error });
  }
}

function asConfigured<T>(service: string, look: () => T): T {
  try {
    return look();
  } catch (error) {
    throw badExceptions(service, messageOf(error));
  }
}

const badExceptions = (service: string, message: string) =>
  callbackError('badOption', { service, option: '_exceptions', message });
