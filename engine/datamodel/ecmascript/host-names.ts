/** Names that a platform adds to those of SCXML (`../../platform.ts`); `kernel/platform.ts` is what they mean in the guest. */

/** The object of the view. */
export const VIEW = '_genesys';

/** Host functions. A document may have variables of these names, but for `eval`: then it means those. */
export const hostNames: ReadonlySet<string> = new Set([
  ...['__Log', '__Raise', '__GetDocumentURL', '__GetCurrentStates'],
  'eval',
]);
/** It asks for the active states, as `In` does. */
export const CURRENT_STATES = '__GetCurrentStates';
