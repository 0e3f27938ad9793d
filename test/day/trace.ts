/** What happened on a simulated day as a hash: ids that the server draws (sessions, callbacks) by the order in which they came. */
import { createHash } from 'node:crypto';

const DRAWN = /\b(?:[0-9A-Z]{32}|\d+-[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12})\b/g;

export class Trace {
  readonly #hash = createHash('sha256');
  readonly #ids = new Map<string, string>();
  length = 0;

  add(entry: object): void {
    this.length += 1;
    this.#hash.update(JSON.stringify(entry).replace(DRAWN, (id) => this.#ordinal(id)));
  }

  /** It is over. */
  digest(): string {
    return this.#hash.digest('hex');
  }

  #ordinal(id: string): string {
    const known = this.#ids.get(id) ?? `#${this.#ids.size + 1}`;
    this.#ids.set(id, known);
    return known;
  }
}
