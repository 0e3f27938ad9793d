/** Event descriptors. SCXML 3.5, 3.12.1 */
import type { Transition } from '../document.js';
import type { Outline } from './outline.js';
import type { Report } from './report.js';

/**
 * Words joined by dots; one `*` alone or as the last part, or a dot at the end.
 * What differs is only a warning, since documents of the W3C suite hold `.*`.
 */
const descriptor = /^(\*|[^.*]+(\.[^.*]+)*(\.\*|\.)?)$/;

export const judgeTransitions = ({ nodes }: Outline, to: Report): void => {
  for (const node of nodes) {
    for (const transition of node.transitions) judgeEvents(transition, to);
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
