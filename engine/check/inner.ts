/** Documents that stand in the `<content>` of an `<invoke>`: whoever judges a document judges those too. SCXML 6.4 */
import type { Document, Inline, Invoke, State } from '../document.js';
import { isScxmlInvoke } from '../event.js';
import { isScxml } from '../parse/reading.js';

/** In the order of the text. What is invoked as something else than SCXML is not our business. */
export const innerDocuments = ({ children }: Document): Inline[] =>
  children.flatMap(withDescendants).flatMap(({ invokes }) => invokes.flatMap(innerOf));

const withDescendants = (state: State): State[] => [state, ...state.children.flatMap(withDescendants)];

const innerOf = ({ type, typeexpr, content }: Invoke): Inline[] => {
  const inline = content?.expr ? undefined : content?.inline;
  if (!inline || (type !== undefined && !isScxmlInvoke(type))) return [];
  return !typeexpr || isDocument(inline) ? [inline] : [];
};

/** A type that is worked out may be any. */
const isDocument = (inline: Inline): boolean =>
  'element' in inline && inline.element?.name === 'scxml' && isScxml(inline.element);
