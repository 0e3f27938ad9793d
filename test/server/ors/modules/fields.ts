/** Holds what a session heard to the tables of a module: each event is there, with the fields and the words of `error` that they say. */
import { expect } from 'chai';
import type { ModuleTable } from '../../../../server/host/module.js';

/** `done.start.<sessionid>` is the row of every event that begins so. */
const rowOf = (events: NonNullable<ModuleTable['events']>, name: string): readonly string[] | undefined =>
  events[name] ??
  Object.entries(events).find(([row]) => row.endsWith('>') && name.startsWith(row.replace(/<.*$/, '')))?.[1];

/** `<HTTP status>` stands for any number; `unknown` is never listed. */
const isListed = (word: unknown, words: readonly string[]): boolean =>
  typeof word === 'string' &&
  (word === 'unknown' || words.includes(word) || (words.includes('<HTTP status>') && /^\d{3}$/.test(word)));

/** `<event> <error>` of all that a module documents. */
export const documentedErrors = ({ errors = {} }: ModuleTable): string[] =>
  Object.entries(errors).flatMap(([name, words]) => words.map((word) => `${name} ${word}`));

export const holdToTable = (
  { events = {}, errors = {} }: ModuleTable,
  heard: readonly (readonly [string, unknown])[],
): void => {
  for (const [name, data] of heard) {
    const row = rowOf(events, name);
    expect(row, `${name} is in the table of events`).not.to.equal(undefined);
    const always = row?.filter((field) => !field.endsWith('?')) ?? [];
    const all = row?.map((field) => field.replace('?', ''));
    expect(data, name).to.include.all.keys(always);
    expect(all, name).to.include.members(Object.keys(data as object));
    const { error } = data as { error?: unknown };
    const words = errors[name];
    if (words)
      expect(isListed(error, words), `${name}: error "${String(error)}" is none of ${words.join()}`).to.equal(true);
  }
};
