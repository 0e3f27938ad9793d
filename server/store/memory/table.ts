/**
 * Rows by their key, with the changes of one commit kept apart.
 *
 * 1. What has changed since the last `keep` or `undo` is in the table, and `undo` takes it back.
 */
export class Table<K, V> {
  readonly #rows = new Map<K, V>();
  readonly #before = new Map<K, V | undefined>();

  get(key: K): V | undefined {
    return this.#rows.get(key);
  }

  all(): V[] {
    return [...this.#rows.values()];
  }

  set(key: K, row: V): void {
    this.#remember(key);
    this.#rows.set(key, row);
  }

  delete(key: K): void {
    this.#remember(key);
    this.#rows.delete(key);
  }

  /** Deletes what matches. */
  drop(matches: (row: V) => boolean): void {
    for (const [key, row] of this.#rows) if (matches(row)) this.delete(key);
  }

  /** The keys that changed. */
  keep(): K[] {
    const changed = [...this.#before.keys()];
    this.#before.clear();
    return changed;
  }

  undo(): void {
    for (const [key, row] of this.#before) {
      if (row === undefined) this.#rows.delete(key);
      else this.#rows.set(key, row);
    }
    this.#before.clear();
  }

  #remember(key: K): void {
    if (!this.#before.has(key)) this.#before.set(key, this.#rows.get(key));
  }
}
