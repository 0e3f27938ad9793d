/** What a document names and needs before it can be compiled: scripts and data by `src`, and what it includes. SCXML 5.3, 5.8 */
import type { Action, Block, Document, State } from '../../engine/document.js';
import { read } from '../../engine/parse/document.js';

export interface Reference {
  readonly src: string;
  /** Whether it is run, or becomes a part of the document. */
  readonly script: boolean;
}

/**
 * Each once; none for a text that is no document, which `compile` explains. `texts`: those that are known. What they name is among
 * the references, so whoever has loaded one that is included asks again.
 */
export const referencesOf = (text: string, texts: ReadonlyMap<string, string> = new Map()): readonly Reference[] => {
  const included: Reference[] = [];
  const resources = (src: string): string | undefined => {
    included.push({ src, script: true });
    return texts.get(src);
  };
  const { document } = read(text, { resources });
  const found = new Map<string, Reference>();
  for (const reference of [...included, ...(document ? inDocument(document) : [])]) {
    const known = found.get(reference.src);
    if (!known?.script) found.set(reference.src, reference);
  }
  return [...found.values()];
};

type Found = readonly Reference[];

const inDocument = ({ initial, data, scripts, children }: Document): Found => [
  ...data.flatMap(({ src }) => named(src, false)),
  ...inBlock(initial?.content),
  ...inBlock(scripts),
  ...children.flatMap(inState),
];

const inState = ({ initial, data, onentry, onexit, transitions, invokes, children }: State): Found => [
  ...data.flatMap(({ src }) => named(src, false)),
  ...inBlock(initial?.content),
  ...[...onentry, ...onexit].flatMap(inBlock),
  ...transitions.flatMap(({ content }) => inBlock(content)),
  ...invokes.flatMap(({ finalize }) => inBlock(finalize)),
  ...children.flatMap(inState),
];

const inBlock = (block: Block | undefined): Found => block?.flatMap(inAction) ?? [];

const inAction = (action: Action): Found => {
  switch (action.kind) {
    case 'script':
      return named(action.src, true);
    case 'if':
      return action.branches.flatMap(({ content }) => inBlock(content));
    case 'foreach':
      return inBlock(action.content);
    default:
      return [];
  }
};

const named = (src: string | undefined, script: boolean): Found => (src === undefined ? [] : [{ src, script }]);
