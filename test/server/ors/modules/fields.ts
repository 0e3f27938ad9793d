/** Holds what a session heard to the table of events of a module: each event is there, with the fields that it says. */
import { expect } from 'chai';
import type { ModuleTable } from '../../../../server/host/module.js';

/** `done.start.<sessionid>` is the row of every event that begins so. */
const rowOf = (events: NonNullable<ModuleTable['events']>, name: string): readonly string[] | undefined =>
  events[name] ??
  Object.entries(events).find(([row]) => row.endsWith('>') && name.startsWith(row.replace(/<.*$/, '')))?.[1];

export const holdToTable = ({ events = {} }: ModuleTable, heard: readonly (readonly [string, unknown])[]): void => {
  for (const [name, data] of heard) {
    const row = rowOf(events, name);
    expect(row, `${name} is in the table of events`).not.to.equal(undefined);
    const always = row?.filter((field) => !field.endsWith('?')) ?? [];
    const all = row?.map((field) => field.replace('?', ''));
    expect(data, name).to.include.all.keys(always);
    expect(all, name).to.include.members(Object.keys(data as object));
  }
};
