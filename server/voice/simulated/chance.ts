/** A number in [0, 1) that depends on its arguments only: the simulation draws by name, so no draw disturbs another. */
export function chance(...parts: readonly (string | number)[]): number {
  // FNV-1a, then the final mix of MurmurHash3, because FNV alone spreads short texts badly.
  let hash = 0x811c9dc5;
  for (const unit of new TextEncoder().encode(JSON.stringify(parts))) hash = Math.imul(hash ^ unit, 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
