/** Compiled documents: one logic for all sessions of equal documents, the least recently used given up first. */
import { ScxmlLogic, type LogicOptions } from '../../engine/actor/logic.js';
import type { Data } from '../../engine/event.js';
import { compileText } from '../../engine/index.js';
import { DocumentError } from '../../engine/position.js';
import { restoreSession } from '../../engine/step/save.js';
import { documentProblem } from '../problems.js';
import type { SessionRecord } from '../store/port.js';
import type { DocumentSource, LoadedDocument } from './documents.js';
import type { Origin } from './live.js';
import { moduleTable, type Module } from './module.js';
import type { Processor } from './processor.js';

const capacity = 500;
/** Sessions that invoke each other deeper than this do not start. */
const invokeDepth = 32;

export class Charts {
  readonly #logics = new Map<string, ScxmlLogic>();

  constructor(
    private readonly modules: readonly Module[],
    private readonly processors: readonly Processor[],
    private readonly options: Pick<LogicOptions, 'perform' | 'reaches'>,
  ) {}

  /** Throws a Problem with everything that is wrong with the document. */
  logic(document: LoadedDocument): ScxmlLogic {
    const known = this.#logics.get(document.hash);
    if (known) this.#logics.delete(document.hash);
    const logic = known ?? this.#compile(document);
    this.#logics.set(document.hash, logic);
    const [oldest] = this.#logics.keys();
    if (this.#logics.size > capacity && oldest !== undefined) this.#logics.delete(oldest);
    return logic;
  }

  /** The document that `<invoke>` names, by `src` or by content. */
  async invoked(
    src: string | undefined,
    content: Data | undefined,
    { document, depth }: Origin,
    documents: DocumentSource,
  ): Promise<LoadedDocument> {
    if (depth >= invokeDepth) throw new Error(`sessions invoke each other more than ${invokeDepth} deep`);
    if (src !== undefined) return documents.load(src, document.uri);
    const text = textOf(content);
    if (text === undefined) throw new Error('an <invoke> needs src or content: a document to start');
    return documents.inline(text, document);
  }

  /** The variables of a session as it was saved; empty when its chart is not in memory any more. */
  variables({ document, state }: SessionRecord): Readonly<Record<string, unknown>> {
    const logic = this.#logics.get(document);
    return logic ? restoreSession(logic.chart, state).scope.variables() : {};
  }

  #compile({ text, uri, trusted, sandbox, resources }: LoadedDocument): ScxmlLogic {
    try {
      const chart = compileText(text, {
        uri,
        trusted,
        ...sandbox,
        resources,
        modules: moduleTable(this.modules),
        processors: this.processors.map(({ type }) => type),
      });
      return new ScxmlLogic(chart, this.options, text);
    } catch (error) {
      throw error instanceof DocumentError ? documentProblem(error) : error;
    }
  }
}

const textOf = (content: Data | undefined): string | undefined => {
  if (content === undefined || content === null) return undefined;
  if (typeof content === 'string') return content;
  const { $xml } = content as { $xml?: unknown };
  return typeof $xml === 'string' ? $xml : undefined;
};
