/**
 * Many in order, each once: for waiting lines of a hundred thousand. A list of short lists, so that whoever comes or goes moves
 * a few neighbours only.
 *
 * 1. `before` is a total order, and what it looks at stays as it is while the item is in the list.
 * 2. No part is empty, and none is longer than MOST.
 */
const MOST = 512;

export class Sorted<T> implements Iterable<T> {
  #parts: T[][] = [];
  #size = 0;

  /** Whether `a` comes first. */
  constructor(private readonly before: (a: T, b: T) => boolean) {}

  get size(): number {
    return this.#size;
  }

  get first(): T | undefined {
    return this.#parts[0]?.[0];
  }

  add(item: T): void {
    const at = Math.max(0, this.#partOf(item));
    const part = this.#parts[at];
    this.#size += 1;
    if (!part) {
      this.#parts.push([item]);
      return;
    }
    part.splice(this.#placeIn(part, item), 0, item);
    if (part.length > MOST) this.#parts.splice(at + 1, 0, part.splice(MOST / 2));
  }

  /** False when it was not there. */
  delete(item: T): boolean {
    const at = this.#partOf(item);
    const part = this.#parts[at];
    if (!part) return false;
    const place = this.#placeIn(part, item) - 1;
    if (part[place] !== item) return false;
    part.splice(place, 1);
    if (part.length === 0) this.#parts.splice(at, 1);
    this.#size -= 1;
    return true;
  }

  has(item: T): boolean {
    const part = this.#parts[this.#partOf(item)];
    return part !== undefined && part[this.#placeIn(part, item) - 1] === item;
  }

  /** How many come before it. */
  rank(item: T): number {
    const at = this.#partOf(item);
    const part = this.#parts[at];
    if (!part) return 0;
    let rank = this.#placeIn(part, item) - (part[this.#placeIn(part, item) - 1] === item ? 1 : 0);
    for (let index = 0; index < at; index++) rank += this.#parts[index]?.length ?? 0;
    return rank;
  }

  *[Symbol.iterator](): Iterator<T> {
    for (const part of this.#parts) yield* part;
  }

  /** The last part that does not begin behind the item; -1 when it comes before all. */
  #partOf(item: T): number {
    let [low, high] = [0, this.#parts.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const head = this.#parts[middle]?.[0];
      if (head !== undefined && this.before(item, head)) high = middle;
      else low = middle + 1;
    }
    return low - 1;
  }

  /** Behind all that do not come after it. */
  #placeIn(part: readonly T[], item: T): number {
    let [low, high] = [0, part.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.before(item, part[middle] as T)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
}
