/** A document as the host needs it; `ors/documents.ts` finds and loads them. */
import type { IsolatedKernel } from '../../engine/index.js';
import type { DocumentRecord } from '../store/port.js';

/** Where a document that is not trusted runs: with those of the same author, apart from all others. */
export interface Sandbox {
  readonly kernel: IsolatedKernel;
  readonly author: string;
}

export interface LoadedDocument extends DocumentRecord {
  /** Without trust. */
  readonly sandbox?: Sandbox;
}

export interface DocumentSource {
  /** `base` resolves a relative `src`. Rejects with a Problem. */
  load(src: string, base?: string): Promise<LoadedDocument>;
  /** A document that came as text, from `<content>`; as trusted as the one that held it. */
  inline(text: string, holder: DocumentRecord): Promise<LoadedDocument>;
  /** A document that was kept: the same, wherever it came from. */
  again(record: DocumentRecord): Promise<LoadedDocument>;
}
