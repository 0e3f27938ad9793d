/** Compiled documents: one logic for all sessions of equal documents, the least recently used given up first. */
import { ScxmlLogic, type LogicOptions } from '../../engine/actor/logic.js';
import type { Chart } from '../../engine/chart.js';
import type { Data } from '../../engine/event.js';
import { compileText } from '../../engine/index.js';
import type { PlatformModel } from '../../engine/platform.js';
import { DocumentError } from '../../engine/position.js';
import { restoreSession, type SavedSession } from '../../engine/step/save.js';
import { documentProblem } from '../problems.js';
import type { SessionRecord, Store } from '../store/port.js';
import type { DocumentSource, LoadedDocument } from './documents.js';
import type { Origin } from './live.js';
import { moduleTable, type Module } from './module.js';
import { platformOf } from './platform.js';
import type { Processor } from './processor.js';

const capacity = 500;
/** Sessions that invoke each other deeper than this do not start. */
const invokeDepth = 32;

interface Known {
  readonly document: LoadedDocument;
  readonly logic: ScxmlLogic;
}

/** Charts of trusted documents, for several hosts of one process: by what modules show of themselves, and the document. */
export type Compiled = Map<string, Chart>;

export class Charts {
  readonly #known = new Map<string, Known>();
  readonly #platform: readonly PlatformModel[];
  readonly #surroundings: string;

  constructor(
    private readonly modules: readonly Module[],
    private readonly processors: readonly Processor[],
    private readonly options: Pick<LogicOptions, 'perform' | 'reaches' | 'view'>,
    private readonly source: DocumentSource,
    private readonly store: Pick<Store, 'document'>,
    private readonly compiled?: Compiled,
  ) {
    this.#platform = platformOf(modules);
    this.#surroundings = JSON.stringify(this.#platform);
  }

  /** Throws a Problem with everything that is wrong with the document. */
  logic(document: LoadedDocument): ScxmlLogic {
    const { hash } = document;
    const known = this.#known.get(hash);
    if (known) this.#known.delete(hash);
    const logic = known?.logic ?? this.#compile(document);
    this.#known.set(hash, { document, logic });
    const [oldest] = this.#known.keys();
    if (this.#known.size > capacity && oldest !== undefined) this.#known.delete(oldest);
    return logic;
  }

  /** The document that a session was started with, and keeps. */
  async kept(hash: string): Promise<Known> {
    const known = this.#known.get(hash);
    if (known) return known;
    const record = await this.store.document(hash);
    if (!record) throw new Error(`the store has no document ${hash}`);
    const document = await this.source.again(record);
    return { document, logic: this.logic(document) };
  }

  /** The document that `<invoke>` names, by `src` or by content. */
  async invoked(
    src: string | undefined,
    content: Data | undefined,
    { document, depth }: Origin,
  ): Promise<LoadedDocument> {
    if (depth >= invokeDepth) throw new Error(`sessions invoke each other more than ${invokeDepth} deep`);
    if (src !== undefined) return this.source.load(src, document.uri);
    const text = textOf(content);
    if (text === undefined) throw new Error('an <invoke> needs src or content: a document to start');
    return this.source.inline(text, document);
  }

  /** The variables of a session as it was saved. */
  async variables({ document, state }: SessionRecord): Promise<Readonly<Record<string, unknown>>> {
    const { logic } = await this.kept(document);
    return restoreSession(logic.chart, JSON.parse(state) as SavedSession).scope.variables();
  }

  #compile(document: LoadedDocument): ScxmlLogic {
    try {
      return new ScxmlLogic(this.#chart(document), this.options, document.text);
    } catch (error) {
      throw error instanceof DocumentError ? documentProblem(error) : error;
    }
  }

  #chart({ text, uri, hash, author, sandbox, resources }: LoadedDocument): Chart {
    const compiled = author === undefined ? this.compiled : undefined;
    const key = `${hash} ${uri} ${this.#surroundings}`;
    const chart =
      compiled?.get(key) ??
      compileText(text, {
        uri,
        trusted: author === undefined,
        ...sandbox,
        resources: (src) => (Object.hasOwn(resources, src) ? resources[src] : undefined),
        modules: moduleTable(this.modules),
        platform: this.#platform,
        processors: this.processors.map(({ type }) => type),
      });
    compiled?.set(key, chart);
    return chart;
  }
}

const textOf = (content: Data | undefined): string | undefined => {
  if (content === undefined || content === null) return undefined;
  if (typeof content === 'string') return content;
  const { $xml } = content as { $xml?: unknown };
  return typeof $xml === 'string' ? $xml : undefined;
};
