/** What lies between two configurations: what has to be done to get from one to the other. Pure. */
import { isDeepStrictEqual } from 'node:util';
import type { Configuration, Path } from './configuration.js';

export interface Change {
  readonly path: Path;
  /** undefined: it is not there. */
  readonly before: unknown;
  readonly after: unknown;
}

/**
 * Services are all those there are: one that is not in `after` goes. Of lists only those count that `after` has, so that the switches
 * that operators throw meanwhile stay.
 */
export const differences = (before: Configuration, after: Configuration): readonly Change[] => [
  ...namesOf(before.services, after.services).flatMap((name) => {
    const [was, is] = [own(before.services, name), own(after.services, name)];
    if (!was || is?.template !== was.template) return changeOf(['services', name], was, is);
    return between(['services', name, 'options'], was.options, is.options);
  }),
  ...Object.keys(after.lists).flatMap((list) => {
    const [was, is] = [own(before.lists, list) ?? {}, own(after.lists, list) ?? {}];
    return namesOf(was, is).flatMap((section) =>
      between(['lists', list, section], own(was, section) ?? {}, own(is, section) ?? {}),
    );
  }),
];

type Named<T> = Readonly<Record<string, T>>;

const own = <T>(named: Named<T>, name: string): T | undefined => (Object.hasOwn(named, name) ? named[name] : undefined);

const namesOf = (before: Named<unknown>, after: Named<unknown>): readonly string[] => [
  ...new Set([...Object.keys(before), ...Object.keys(after)]),
];

const changeOf = (path: Path, before: unknown, after: unknown): readonly Change[] =>
  isDeepStrictEqual(before, after) ? [] : [{ path, before, after }];

const between = (path: Path, before: Named<unknown>, after: Named<unknown>): readonly Change[] =>
  namesOf(before, after).flatMap((name) => changeOf([...path, name], own(before, name), own(after, name)));
