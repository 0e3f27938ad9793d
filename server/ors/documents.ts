/**
 * Documents for sessions: `src` -> text, and everything that has to be there before it is compiled. `places.ts` says what may
 * be read and what is trusted, `fetching.ts` reads, `references.ts` finds what a document needs, `kept.ts` has what was read before.
 *
 * 1. A document that is not trusted runs isolated, in the sandbox of its author: who writes into the same folder, or on the
 *    same host.
 * 2. A script runs with the trust of its document: one of a trusted document has to lie in a trusted place itself.
 * 3. A document whose sessions breach their sandbox again and again starts none for a while (`quarantine.ts`).
 * 4. A script, data or included text that does not exist, or cannot be fetched, is missing; one that is refused refuses the document.
 * 5. What is included is asked for as it is found, a few at a time, and all of it together has a limit.
 */
import { createHash } from 'node:crypto';
import type { IsolatedKernel } from '../../engine/index.js';
import type { Clock } from '../clock.js';
import type { DocumentSource, LoadedDocument, Sandbox } from '../host/documents.js';
import type { Log } from '../log.js';
import type { DocumentRecord } from '../store/port.js';
import { problem, Problem, type Code } from '../problems.js';
import { fetchText, type Fetched } from './fetching.js';
import { KeptDocuments } from './kept.js';
import { isTrusted, locate, type PlaceOptions } from './places.js';
import type { Quarantine } from './quarantine.js';
import { referencesOf, type Reference } from './references.js';

/** Who keeps documents out. */
interface Guard {
  readonly quarantine: Quarantine;
  readonly clock: Pick<Clock, 'now'>;
  readonly log: Pick<Log, 'warn'>;
}

const missing: ReadonlySet<Code> = new Set<Code>([
  'DOCUMENT_NOT_FOUND',
  'DOCUMENT_UNREACHABLE',
  'DOCUMENT_SOURCE_INVALID',
]);

/** Characters of all that a document names. (5) */
const ALL = 32 * 1024 * 1024;
/** Texts that are asked for at the same time. (5) */
const AT_ONCE = 8;
/** Texts whose references are remembered. */
const REMEMBERED = 500;

export class Documents implements DocumentSource {
  readonly #references = new Map<string, readonly Reference[]>();

  constructor(
    private readonly options: PlaceOptions,
    /** The kernel for documents that are not trusted, opened when the first of them comes. */
    private readonly kernel: () => Promise<IsolatedKernel>,
    private readonly guard?: Guard,
    private readonly kept = new KeptDocuments(),
  ) {}

  async load(src: string, base?: string): Promise<LoadedDocument> {
    const located = locate(src, base, this.options.strategies);
    const kept = this.kept.find(located);
    if (kept) return this.#begun(kept);
    const { text, url, stamp } = await fetchText(located, this.options);
    const trusted = await isTrusted(url, this.options);
    const stamps = new Map([[located.href, stamp]]);
    const record = await this.#record(text, url.href, url.href, trusted ? undefined : authorOf(url), stamps);
    this.kept.keep(located, record, stamps);
    return this.#begun(record);
  }

  async inline(text: string, { uri, author }: DocumentRecord): Promise<LoadedDocument> {
    return this.#begun(await this.#record(text, `${uri}#content`, uri, author, new Map()));
  }

  #begun(record: DocumentRecord): Promise<LoadedDocument> {
    this.#admit(record);
    return this.again(record);
  }

  /** Without an author the document is trusted. Stamps of what it names are added. */
  async #record(
    text: string,
    uri: string,
    base: string,
    author: string | undefined,
    stamps: Map<string, string | undefined>,
  ): Promise<DocumentRecord> {
    const texts = [...(await this.#resources(text, base, author === undefined, stamps))];
    const hash = sha256(JSON.stringify([author ?? null, text, ...texts]));
    return { text, uri, hash, author, resources: Object.fromEntries(texts) };
  }

  async again(record: DocumentRecord): Promise<LoadedDocument> {
    const { author } = record;
    return author === undefined ? record : { ...record, sandbox: await this.#sandbox(record, author) };
  }

  /** Resolves when a session can begin in it. */
  async #sandbox(record: DocumentRecord, author: string): Promise<Sandbox> {
    const kernel = await this.kernel();
    await kernel.ready();
    return { author, kernel: this.guard ? this.#watched(kernel, record, this.guard) : kernel };
  }

  /** 3 */
  #admit(record: DocumentRecord): void {
    const refusal = this.guard?.quarantine.refusal(record, this.guard.clock.now());
    if (refusal) throw refusal;
  }

  #watched(kernel: IsolatedKernel, { hash, uri }: DocumentRecord, { quarantine, clock, log }: Guard): IsolatedKernel {
    const breached = (): void => {
      if (!quarantine.breached(hash, clock.now())) return;
      log.warn({ document: uri }, 'document is in quarantine: its sources breach their sandbox again and again');
    };
    return { ...kernel, datamodel: (author, options) => kernel.datamodel(author, { ...options, breached }) };
  }

  /** All that a document names, and what its parts do. (5) */
  async #resources(
    text: string,
    base: string,
    trusted: boolean,
    stamps: Map<string, string | undefined>,
  ): Promise<ReadonlyMap<string, string>> {
    const texts = new Map<string, string>();
    const asked = new Set<string>();
    const isNew = ({ src, script }: Reference): boolean => !asked.has(`${script} ${src}`);
    let room = ALL;
    for (let next = this.#referencesOf(text, texts); next.some(isNew); next = this.#referencesOf(text, texts)) {
      const batch = next.filter(isNew).slice(0, AT_ONCE);
      for (const { src, script } of batch) asked.add(`${script} ${src}`);
      for (const resource of await Promise.all(
        batch.map((reference) => this.#resource(reference, base, trusted, stamps)),
      )) {
        if (!resource) continue;
        texts.set(...resource);
        room -= resource[1].length;
      }
      if (room < 0) throw problem('DOCUMENT_TOO_LARGE', `${base} with all that it names`, ALL);
    }
    return texts;
  }

  async #resource(
    { src, script }: Reference,
    base: string,
    trusted: boolean,
    stamps: Map<string, string | undefined>,
  ): Promise<[src: string, text: string] | undefined> {
    try {
      const url = locate(src, base, this.options.strategies);
      const { text, stamp } = script && trusted ? await this.#trusted(url) : await fetchText(url, this.options);
      stamps.set(url.href, stamp);
      return [src, text];
    } catch (error) {
      if (!(error instanceof Problem && missing.has(error.code))) throw error;
      stamps.set(src, undefined);
      return undefined;
    }
  }

  async #trusted(url: URL): Promise<Fetched> {
    const fetched = await fetchText(url, this.options);
    if (await isTrusted(fetched.url, this.options)) return fetched;
    throw problem('DOCUMENT_NOT_TRUSTED', fetched.url.href);
  }

  #referencesOf(text: string, texts: ReadonlyMap<string, string>): readonly Reference[] {
    const key = sha256(JSON.stringify([text, ...texts]));
    const known = this.#references.get(key);
    if (known) return known;
    const references = referencesOf(text, texts);
    const [oldest] = this.#references.keys();
    if (this.#references.size >= REMEMBERED && oldest !== undefined) this.#references.delete(oldest);
    this.#references.set(key, references);
    return references;
  }
}

const authorOf = (url: URL): string => (url.protocol === 'file:' ? new URL('.', url).href : url.origin);

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
