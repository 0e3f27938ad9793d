/**
 * Documents that were read from files, with all that they name, for the next session of the same one: a start asks the disk whether they
 * are still what they were, and reads nothing. `documents.ts` reads and keeps them, `fetching.ts` stamps what it reads.
 *
 * 1. A stamp is what the disk says of a file that a path leads to, after links: another file, another size or another time is another text.
 * 2. A file that has just been written has no stamp: it may be written again in the same moment.
 * 3. What came from elsewhere, or names what is not there, is read each time.
 */
import { statSync, type Stats } from 'node:fs';
import type { DocumentRecord } from '../store/port.js';

/** Times of files are told apart that are so far from each other, on any file system. (2) */
const YOUNG_MS = 2000;
const DOCUMENTS = 100;
/** Characters of one that is kept. */
const LARGEST = 1024 * 1024;

/** 1. Undefined: it is too young. (2) */
export const stampOf = ({ dev, ino, size, mtimeMs, ctimeMs }: Stats): string | undefined =>
  Math.abs(Date.now() - mtimeMs) < YOUNG_MS ? undefined : [dev, ino, size, mtimeMs, ctimeMs].join(' ');

/** Stamps of all that was read, by URL; a document of which one is unknown is not kept. (3) */
export type Stamps = ReadonlyMap<string, string | undefined>;

interface Kept {
  readonly record: DocumentRecord;
  readonly stamps: Stamps;
}

export class KeptDocuments {
  readonly #kept = new Map<string, Kept>();

  /** Undefined: it has to be read. */
  find(url: URL): DocumentRecord | undefined {
    const kept = this.#kept.get(url.href);
    if (!kept) return undefined;
    if ([...kept.stamps].every(([href, stamp]) => stamp === stampAt(href))) return kept.record;
    this.#kept.delete(url.href);
    return undefined;
  }

  keep(url: URL, record: DocumentRecord, stamps: Stamps): void {
    if ([...stamps.values()].includes(undefined) || charactersOf(record) > LARGEST) return;
    const [oldest] = this.#kept.keys();
    if (this.#kept.size >= DOCUMENTS && oldest !== undefined) this.#kept.delete(oldest);
    this.#kept.set(url.href, { record, stamps });
  }
}

/** At once: a strategy names a score of files, each of which would wait for its turn much longer than the disk takes. */
const stampAt = (href: string): string | undefined => {
  try {
    return stampOf(statSync(new URL(href)));
  } catch {
    return undefined;
  }
};

const charactersOf = ({ text, resources }: DocumentRecord): number =>
  Object.values(resources).reduce((sum, { length }) => sum + length, text.length);
