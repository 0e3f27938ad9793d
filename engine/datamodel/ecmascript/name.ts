/** Names that `<data>` and `<foreach>` may give to variables. SCXML 4.6, 5.3, B.2.2 */
import { ExpressionError } from '../datamodel.js';
import { isIdentifier } from './syntax.js';
import { constantNames, reservedNames, systemNames } from './identifier.js';

/** Names come from documents, so there are few of them. */
const judged = new Map<string, boolean>();

export const isVariableName = (name: string): boolean => {
  const known = judged.get(name);
  if (known !== undefined) return known;
  const taken = [reservedNames, constantNames, systemNames].some((names) => names.has(name));
  const legal = !taken && isIdentifier(name);
  judged.set(name, legal);
  return legal;
};

export const requireVariableName = (name: string): void => {
  if (!isVariableName(name)) throw new ExpressionError(`${JSON.stringify(name)} cannot be the name of a variable`);
};
