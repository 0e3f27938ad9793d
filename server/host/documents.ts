/** A document as the host needs it; `ors/documents.ts` finds and loads them. */
import type { IsolatedKernel } from '../../engine/index.js';

/** Where a document that is not trusted runs: with those of the same author, apart from all others. */
export interface Sandbox {
  readonly kernel: IsolatedKernel;
  readonly author: string;
}

export interface LoadedDocument {
  readonly text: string;
  readonly uri: string;
  /** Of the text and everything loaded with it: sessions of equal documents share one chart. */
  readonly hash: string;
  readonly trusted: boolean;
  /** Without trust. */
  readonly sandbox?: Sandbox;
  /** Scripts and data that the document names by `src`, already fetched. */
  readonly resources: (src: string) => string | undefined;
}

export interface DocumentSource {
  /** `base` resolves a relative `src`. Rejects with a Problem. */
  load(src: string, base?: string): Promise<LoadedDocument>;
  /** A document that came as text, from `<content>`; as trusted as the one that held it. */
  inline(text: string, holder: LoadedDocument): Promise<LoadedDocument>;
}
