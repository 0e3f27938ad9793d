/**
 * What a program's text says of its platform: `{uri, roots: [{root, namespace, functions, library}]}`, for `kernel/platform.ts`.
 *
 * 1. A program that names nothing of it has none: its sessions are as they would be without a platform.
 * 2. It has the roots of `_genesys` that its sources name, and all of them where they do something else with `_genesys`.
 * 3. A library is rewritten as sources are, so it counts down the fuel, and its free names are intrinsics only.
 */
import type { PlatformModel } from '../../platform.js';
import { hostNames, VIEW } from './host-names.js';
import { intrinsicNames } from './intrinsics.js';
import { EVERY, namesRead } from './reach.js';
import { rewrite } from './rewrite.js';
import type { Source } from './program.js';

export interface Hosting {
  /** The document's. */
  readonly uri: string;
  readonly models: readonly PlatformModel[];
}

/** What a document names of the platform. */
export interface Hosted {
  /** Its text in the program; undefined: nothing (1). */
  readonly text: string | undefined;
  readonly roots: readonly string[];
}

export const hostedBy = (sources: readonly Source[], hosting: Hosting | undefined): Hosted => {
  const view = names(sources, (name) => name === VIEW);
  if (!hosting || !(view || names(sources, (name) => hostNames.has(name)))) return { text: undefined, roots: [] };
  const models = view ? named(sources, hosting.models) : [];
  const roots = models.map(rootText).join(',\n');
  return { text: `{uri:${JSON.stringify(hosting.uri)},roots:[${roots}]}`, roots: models.map(({ root }) => root) };
};

/** 2 */
const named = (sources: readonly Source[], models: readonly PlatformModel[]): readonly PlatformModel[] => {
  const roots = namesRead(sources.flatMap(({ rewritten }) => rewritten?.reach ?? []));
  const own = models.filter(({ root }) => roots.has(root));
  return roots.has(EVERY) || own.length === 0 ? models : own;
};

const names = (sources: readonly Source[], is: (name: string) => boolean): boolean =>
  sources.some(({ rewritten }) => rewritten?.free.some(({ name }) => is(name)));

/** Models come from modules: there are few, and they stay. */
const known = new WeakMap<PlatformModel, string>();

const rootText = (model: PlatformModel): string => {
  const made = known.get(model) ?? textOf(model);
  known.set(model, made);
  return made;
};

const textOf = ({ root, namespace, functions, library = '{}' }: PlatformModel): string => {
  const { text, free } = rewrite('value', library);
  const foreign = free.find(({ name }) => !intrinsicNames.has(name));
  if (foreign) throw new Error(`the library of _genesys.${root} names "${foreign.name}", which is no intrinsic`);
  const facts = JSON.stringify({ root, namespace, functions });
  return `{...${facts},library:($)=>(\n${text}\n)}`;
};
