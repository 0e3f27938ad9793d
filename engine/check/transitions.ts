/** Event descriptors, and transitions that would never stop. SCXML 3.5, 3.12.1 */
import type { Transition } from '../document.js';
import { nameOf, type Node, type Outline } from './outline.js';
import type { Report } from './report.js';

/**
 * Words joined by dots; one `*` alone or as the last part, or a dot at the end.
 * What differs is only a warning, since documents of the W3C suite hold `.*`.
 */
const descriptor = /^(\*|[^.*]+(\.[^.*]+)*(\.\*|\.)?)$/;

export const judgeTransitions = ({ nodes }: Outline, to: Report): void => {
  for (const node of nodes) {
    for (const transition of node.transitions) {
      judgeEvents(transition, to);
      if (node.kind !== 'history') judgeEnd(node, transition, to);
    }
  }
};

const judgeEvents = ({ events, at }: Transition, to: Report): void => {
  for (const event of events) {
    if (descriptor.test(event)) continue;
    to.warn(
      at,
      `event descriptor "${event}" is malformed: write names joined by dots, * only alone or as the last part`,
    );
  }
};

const judgeEnd = (node: Node, { events, cond, targets, at }: Transition, to: Report): void => {
  if (events.length > 0 || cond) return;
  if (targets.length === 0) {
    to.warn(at, `this transition of ${nameOf(node)} never stops: give it an event, a cond or a target`);
  } else if (node.id !== undefined && targets.includes(node.id)) {
    to.warn(at, `${nameOf(node)} enters itself again without end: give the transition an event or a cond`);
  }
};
