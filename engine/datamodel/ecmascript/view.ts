/**
 * What crosses between the host and the guest's `_genesys`, as JSON: views go in, calls come out. For the scopes of both kernels.
 *
 * 1. A root whose view is the object that the guest has already does not go in again.
 */
import type { Data } from '../../event.js';
import type { View } from '../../platform.js';
import type { Position } from '../../position.js';
import type { Called } from '../datamodel.js';
import { guestJson, type ParseXml } from './xml.js';

/** By root, what the guest has. */
export type Shown = Record<string, Readonly<Record<string, Data>>>;

const nothing: Shown[string] = {};

/** Some roots of a document's, a bit for each; the last bit is for all that have none of their own. */
export type Roots = number;
export const NO_ROOTS: Roots = 0;
const LAST = 30;

const bitOf = (index: number): Roots => 1 << Math.min(index, LAST);

export const rootsOf = (some: readonly string[], roots: readonly string[]): Roots =>
  some.reduce((bits, root) => bits | bitOf(roots.indexOf(root)), NO_ROOTS);
export const everyRoot = (roots: readonly string[]): Roots => rootsOf(roots, roots);

/** Those of the wanted roots that have changed, which the guest has from now on (1); undefined when none has. */
export const viewJson = (
  roots: readonly string[],
  wanted: Roots,
  view: View | undefined,
  shown: Shown,
  parseXml: ParseXml,
): string | undefined => {
  const changed: Record<string, Data> = {};
  for (const [index, root] of roots.entries()) {
    if ((wanted & bitOf(index)) === NO_ROOTS) continue;
    const now = view?.(root) ?? nothing;
    if (shown[root] === now) continue;
    shown[root] = now;
    changed[root] = now;
  }
  return Object.keys(changed).length > 0 ? guestJson(changed, parseXml) : undefined;
};

/** As the guest's `note` writes it. */
export const calledIn = (json: string, at: Position): Called[] =>
  (JSON.parse(json) as [string | null, string, Data[]][]).map(([namespace, name, args]) => ({
    namespace: namespace ?? undefined,
    name,
    args,
    at,
  }));
