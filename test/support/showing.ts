/** A view of `_genesys` by its roots. */
import type { View } from '../../engine/platform.js';

export const showing =
  (roots: Readonly<Record<string, ReturnType<View>>>): View =>
  (root) =>
    roots[root];
