/** What a document cannot have, by its node; `visit.ts` refuses it with these words. */
import type { Rewriting } from './identifier.js';
import { Refusal, type AnyNode } from './syntax.js';

const refuse =
  (message: string) =>
  (_rewriting: Rewriting, { start }: AnyNode): never => {
    throw new Refusal(message, start);
  };

export const unavailable = {
  ImportExpression: refuse('import() is not available in a document'),
  AwaitExpression: refuse('await is not available: a step is synchronous'),
  WithStatement: refuse('with is not available in strict code'),
  DebuggerStatement: refuse('debugger is not available in a document'),
  StaticBlock: refuse('static blocks are not available in a document'),
};
