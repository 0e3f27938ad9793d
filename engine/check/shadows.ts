/** Transitions that can never be taken, because an earlier one of the same state always is. SCXML 3.13 (selectTransitions) */
import { lineOf } from '../position.js';
import type { Transition } from '../document.js';
import { nameOf, type Node, type Outline } from './outline.js';
import type { Report } from './report.js';

export const judgeShadows = ({ nodes }: Outline, to: Report): void => {
  for (const node of nodes) if (node.kind !== 'history') judgeNode(node, to);
};

const judgeNode = (node: Node, to: Report): void => {
  /** The unconditional transitions so far, by each of their descriptors; '' is the eventless one. */
  const taken = new Map<string, Transition>();
  for (const transition of node.transitions) {
    const words = descriptorsOf(transition);
    const covers = words.map((word) => coverOf(word, taken));
    const [first] = covers;
    if (first && covers.every(Boolean)) {
      to.warn(
        transition.at,
        `this transition of ${nameOf(node)} is never taken: the one at ${lineOf(first.at)} always comes first`,
      );
    }
    if (!isUnconditional(transition)) continue;
    for (const word of words.filter((one) => !taken.has(one))) taken.set(word, transition);
  }
};

export const isUnconditional = ({ cond }: Transition): boolean => !cond || cond.text.trim() === 'true';

/** Without a trailing `.` or `.*`, which change nothing. SCXML 3.12.1 */
export const plainDescriptor = (descriptor: string): string => descriptor.replace(/(\.\*|\.)+$/, '');

const descriptorsOf = ({ events }: Transition): string[] => (events.length > 0 ? events.map(plainDescriptor) : ['']);

const coverOf = (word: string, taken: ReadonlyMap<string, Transition>): Transition | undefined => {
  if (word === '') return taken.get('');
  const parts = word.split('.');
  for (let length = parts.length; length > 0; length--) {
    const found = taken.get(parts.slice(0, length).join('.'));
    if (found) return found;
  }
  return taken.get('*');
};
