/** All executable content of a document, for the judges that ask for it wherever it stands. */
import type { Action, Block } from '../document.js';
import type { Node, Outline } from './outline.js';

export const blocksOf = ({ state, initial, transitions }: Node): Block[] => [
  ...(initial ? [initial.content] : []),
  ...transitions.map(({ content }) => content),
  ...(state?.onentry ?? []),
  ...(state?.onexit ?? []),
];

/** What stands inside an action. */
export const innerBlocks = (action: Action): readonly Block[] => {
  if (action.kind === 'foreach') return [action.content];
  return action.kind === 'if' ? action.branches.map(({ content }) => content) : [];
};

/** Scripts of the document, then everything in states, `<finalize>` too. */
export const actionsOf = ({ document, nodes }: Outline): Action[] => [
  ...document.scripts,
  ...nodes.flatMap((node) => [...blocksOf(node), ...finalizers(node)]).flatMap(deep),
];

const finalizers = ({ state }: Node): Block[] =>
  (state?.invokes ?? []).flatMap(({ finalize }) => (finalize ? [finalize] : []));

const deep = (block: Block): Action[] => block.flatMap((action) => [action, ...innerBlocks(action).flatMap(deep)]);
