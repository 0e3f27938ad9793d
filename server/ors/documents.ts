/**
 * Documents for sessions: `src` -> text, and everything that has to be there before it is compiled. `places.ts` says what may
 * be read and what is trusted, `fetching.ts` reads, `references.ts` finds what a document needs.
 *
 * 1. Only trusted documents are handed out: there is no isolated kernel yet to run others in.
 * 2. A script runs with the trust of its document, so it has to lie in a trusted place itself.
 * 3. A script or data that does not exist, or cannot be fetched, is missing; one that is refused refuses the document.
 */
import { createHash } from 'node:crypto';
import type { DocumentSource, LoadedDocument } from '../host/documents.js';
import { problem, Problem, type Code } from '../problems.js';
import { fetchText, type Fetched } from './fetching.js';
import { isTrusted, locate, type PlaceOptions } from './places.js';
import { referencesOf, type Reference } from './references.js';

const missing: ReadonlySet<Code> = new Set<Code>([
  'DOCUMENT_NOT_FOUND',
  'DOCUMENT_UNREACHABLE',
  'DOCUMENT_SOURCE_INVALID',
]);

/** Texts whose references are remembered. */
const REMEMBERED = 500;

export class Documents implements DocumentSource {
  readonly #references = new Map<string, readonly Reference[]>();

  constructor(private readonly options: PlaceOptions) {}

  async load(src: string, base?: string): Promise<LoadedDocument> {
    const { text, url } = await this.#trusted(locate(src, base, this.options.strategies));
    return this.#complete(text, url.href, url.href);
  }

  inline(text: string, { uri }: LoadedDocument): Promise<LoadedDocument> {
    return this.#complete(text, `${uri}#content`, uri);
  }

  async #complete(text: string, uri: string, base: string): Promise<LoadedDocument> {
    const loaded = await Promise.all(this.#referencesOf(text).map((reference) => this.#resource(reference, base)));
    const texts = new Map(loaded.filter((resource) => resource !== undefined));
    const hash = sha256(JSON.stringify([text, ...texts]));
    return { text, uri, hash, trusted: true, resources: (src) => texts.get(src) };
  }

  async #resource({ src, script }: Reference, base: string): Promise<[src: string, text: string] | undefined> {
    try {
      const url = locate(src, base, this.options.strategies);
      const { text } = script ? await this.#trusted(url) : await fetchText(url, this.options);
      return [src, text];
    } catch (error) {
      if (error instanceof Problem && missing.has(error.code)) return undefined;
      throw error;
    }
  }

  async #trusted(url: URL): Promise<Fetched> {
    const fetched = await fetchText(url, this.options);
    if (await isTrusted(fetched.url, this.options)) return fetched;
    throw problem('DOCUMENT_NOT_TRUSTED', fetched.url.href);
  }

  #referencesOf(text: string): readonly Reference[] {
    const key = sha256(text);
    const known = this.#references.get(key);
    if (known) return known;
    const references = referencesOf(text);
    const [oldest] = this.#references.keys();
    if (this.#references.size >= REMEMBERED && oldest !== undefined) this.#references.delete(oldest);
    this.#references.set(key, references);
    return references;
  }
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
